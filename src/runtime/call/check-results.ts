import type { CheckResult, Issue } from "../options.js";
import type { Spec } from "../spec.js";

/** What the spec's own checks judge. @param value what the call gives, which is made of the `decoded` one */
export function checkedValue({ checkedAs }: Spec<unknown>, shape: "one" | "list", decoded: unknown, value: unknown): unknown {
  if (checkedAs === undefined) return value;
  return shape === "list" && Array.isArray(decoded) ? decoded.map((item: unknown) => checkedAs(item)) : checkedAs(decoded);
}

/** What the spec's own checks say of a valid value; of a list, of each item. Where one is asynchronous, a promise. */
export function specResults(
  { checks = [] }: Spec<unknown>,
  shape: "one" | "list",
  value: unknown,
  context: unknown,
): readonly (readonly Issue[] | Promise<readonly Issue[]>)[] {
  const items: readonly (readonly [Issue["path"], unknown])[] =
    shape === "list" && Array.isArray(value) ? value.map((item: unknown, index) => [[index], item] as const) : [[[], value]];
  return items.flatMap(([path, item]) => checks.map((check) => resultOf(check(item, context), path)));
}

/** The same, waited for. */
export async function specIssues(...given: Parameters<typeof specResults>): Promise<readonly Issue[]> {
  return (await Promise.all(specResults(...given).map(async (issues) => issues))).flat();
}

function resultOf(result: CheckResult | Promise<CheckResult>, path: Issue["path"]): readonly Issue[] | Promise<readonly Issue[]> {
  return result instanceof Promise ? result.then((settled) => issuesOf(settled, path)) : issuesOf(result, path);
}

/** The issues of what a check gave back. @param at where the value that it judged stands */
export function issuesOf(result: CheckResult, at: Issue["path"] = []): readonly Issue[] {
  if (result === undefined || result === true) return [];
  if (typeof result !== "object") return [{ path: at, message: result === false ? "does not pass the caller's check" : result }];
  const issues = [result].flat();
  return at.length === 0 ? issues : issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] }));
}
