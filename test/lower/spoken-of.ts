import { impliedTypes } from "../../src/lower/keywords.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { validatorOf } from "./validator-of.js";

type Keywords = Readonly<Record<string, unknown>>;

/**
 * Whether the schema speaks of a value that is valid: one of its ways (a branch of each `anyOf` and `oneOf` of the root) takes the value and has a
 * type, or keywords for the value's type, or none for any. Else the value is valid only because keywords for objects say nothing of strings: what
 * an extractor makes of such a schema is an object (rule `assume-type`).
 */
export function isSpokenOf(schema: JsonSchema, value: unknown): boolean {
  if (typeof schema === "boolean") return true;
  const { $defs } = schema as Keywords;
  return waysOf(schema, schema).some(
    (way) => speaks(way, value) && way.every((part) => validatorOf({ ...part, ...($defs !== undefined && { $defs }) })(value)),
  );
}

/** All combinations of branches, each a list of schemas that have none. */
function waysOf(schema: unknown, root: Keywords, depth = 0): readonly (readonly Keywords[])[] {
  if (depth > 12 || typeof schema !== "object" || schema === null) return [[typeof schema === "boolean" && !schema ? { not: {} } : {}]];
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema as Keywords;
  const inner = (next: unknown): readonly (readonly Keywords[])[] => waysOf(next, root, depth + 1);
  const all = [
    ...(Array.isArray(allOf) ? allOf.map(inner) : []),
    ...(typeof $ref === "string" ? [inner(targetOf($ref, root))] : []),
    ...[anyOf, oneOf].flatMap((branches) => (Array.isArray(branches) ? [branches.flatMap(inner)] : [])),
  ];
  return all.reduce((ways, next) => ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, 500), [
    [own],
  ] as readonly (readonly Keywords[])[]);
}

function targetOf(ref: string, root: Keywords): unknown {
  const { $defs } = root;
  const name = ref.replace("#/$defs/", "");
  return ref === "#" ? root : typeof $defs === "object" && $defs !== null ? Reflect.get($defs, name) : undefined;
}

function speaks(way: readonly Keywords[], value: unknown): boolean {
  if (way.some(({ type, enum: values, const: only }) => type !== undefined || values !== undefined || only !== undefined)) return true;
  const implied = way.flatMap((part) => impliedTypes(part));
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return implied.length === 0 || implied.includes(type);
}
