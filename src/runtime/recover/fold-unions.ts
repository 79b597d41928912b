import type { ValidationFailure } from "../spec.js";

/**
 * Ajv reports every branch of a union that does not fit, one after the other, and then the union itself: forty failures where
 * one thing is wrong. This keeps the failures of the branch that was meant (its type and its tag fit), or, where none or
 * several were meant, one failure of the union that says what is allowed.
 */
export function foldUnions(failures: readonly ValidationFailure[]): ValidationFailure[] {
  const kept: ValidationFailure[] = [];
  for (const failure of failures) {
    if (failure.keyword === "contains") kept.splice(branchStart(kept, failure));
    if (failure.keyword !== "anyOf" && failure.keyword !== "oneOf") {
      kept.push(failure);
      continue;
    }
    const start = branchStart(kept, failure);
    kept.push(...foldUnion(kept.splice(start), failure));
  }
  return kept.filter(({ keyword }) => keyword !== "if");
}

/** Index of the first failure of the run at the end of `kept` that belongs to a branch of `union`. */
function branchStart(kept: readonly ValidationFailure[], union: ValidationFailure): number {
  const { instancePath, schemaPath } = union;
  const parent = schemaPath.slice(0, schemaPath.lastIndexOf("/") + 1);
  let start = kept.length;
  while (start > 0) {
    const before = kept[start - 1];
    if (before === undefined) break;
    const within = before.instancePath === instancePath || before.instancePath.startsWith(`${instancePath}/`);
    // A keyword beside the union shares its parent; a branch lies below the union, or elsewhere when it is a $ref.
    const isBeside = before.schemaPath.startsWith(parent) && !/^(\$defs|definitions)\//.test(before.schemaPath.slice(parent.length));
    const isBranch = before.schemaPath.startsWith(`${schemaPath}/`) || !isBeside;
    if (!within || !isBranch) break;
    start--;
  }
  return start;
}

function foldUnion(failures: readonly ValidationFailure[], union: ValidationFailure): readonly ValidationFailure[] {
  if (failures.length === 0) return [union];
  const branches = new Map<string, ValidationFailure[]>();
  for (const failure of failures) {
    const key = branchKey(failure, union.schemaPath);
    branches.set(key, [...(branches.get(key) ?? []), failure]);
  }
  const depth = union.instancePath.split("/").length;
  const meant = [...branches.values()].filter((branch) => !branch.some((failure) => missesTheBranch(failure, union, depth)));
  const best = meant.sort((a, b) => a.length - b.length)[0];
  if (best !== undefined && (meant.length === 1 || (meant[1]?.length ?? 0) > best.length)) return best;
  return [{ ...union, params: { ...union.params, allowed: allowed(failures, union, depth) } }];
}

/** `anyOf/1`, or the definition a branch refers to. */
function branchKey(failure: ValidationFailure, unionPath: string): string {
  const path = failure.schemaPath;
  return (
    (path.startsWith(`${unionPath}/`) ? path.slice(unionPath.length + 1) : path.replace(/^.*#\/(\$defs|definitions)\//, "")).split(
      "/",
      1,
    )[0] ?? ""
  );
}

/** The value is of another type, or its tag is another one: this branch was not meant. */
function missesTheBranch(failure: ValidationFailure, union: ValidationFailure, depth: number): boolean {
  const { keyword, instancePath } = failure;
  if (instancePath === union.instancePath) return keyword === "type" || keyword === "const" || keyword === "enum";
  return keyword === "const" || (keyword === "enum" && instancePath.split("/").length === depth + 1 && isSingle(failure));
}

function isSingle({ params }: ValidationFailure): boolean {
  const values = params["allowedValues"];
  return Array.isArray(values) && values.length === 1;
}

/** What would have fitted, in words: types, values, tags. */
function allowed(failures: readonly ValidationFailure[], union: ValidationFailure, depth: number): string[] {
  const words = new Set<string>();
  for (const { keyword, instancePath, params } of failures) {
    const here = instancePath === union.instancePath;
    const below = instancePath.split("/").length === depth + 1;
    if (keyword === "type" && here) words.add(String(params["type"]));
    if (!here && !below) continue;
    const values = keyword === "const" ? [params["allowedValue"]] : keyword === "enum" ? params["allowedValues"] : [];
    const key = below ? `${instancePath.slice(instancePath.lastIndexOf("/") + 1)}: ` : "";
    if (Array.isArray(values)) for (const value of values) words.add(`${key}${JSON.stringify(value)}`);
  }
  return [...words];
}
