import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import { isSchemaObject, keyword, resolve, schemaMap, subschema, subschemas } from "../schema-facts.js";

/** A part of a value, and one of the schemas it has to fit. */
export interface Place {
  readonly schema: SchemaObject;
  readonly value: unknown;
  /** The whole value with another part in this place. */
  readonly replace: (part: unknown) => unknown;
}

/** Below so many levels a fault is like the ones above. */
const deepest = 6;

/** Every place of a value: its members, the first items of its lists, and itself. */
export function* placesOf(schema: JsonSchema, value: unknown, defs: ReadonlyMap<string, JsonSchema>): Generator<Place> {
  yield* walk(schema, { value, replace: (part) => part, depth: 0 }, defs);
}

interface Part {
  readonly value: unknown;
  readonly replace: (part: unknown) => unknown;
  readonly depth: number;
}

function* walk(schema: JsonSchema, part: Part, defs: ReadonlyMap<string, JsonSchema>): Generator<Place> {
  if (!isSchemaObject(schema) || part.depth > deepest) return;
  yield { schema, value: part.value, replace: part.replace };
  const inner = { ...part, depth: part.depth + 1 };
  const target = resolve(defs, keyword(schema, "$ref"));
  if (target) yield* walk(target.schema, inner, defs);
  for (const name of ["allOf", "anyOf", "oneOf"]) for (const branch of subschemas(schema, name)) yield* walk(branch, inner, defs);
  const { value } = part;
  if (Array.isArray(value)) yield* walkItems(schema, value, inner, defs);
  else if (typeof value === "object" && value !== null) yield* walkMembers(schema, value, inner, defs);
}

function* walkItems(schema: SchemaObject, list: readonly unknown[], part: Part, defs: ReadonlyMap<string, JsonSchema>): Generator<Place> {
  const positions = subschemas(schema, "prefixItems");
  const rest = subschema(schema, "items");
  for (const [index, value] of list.slice(0, positions.length + 1).entries()) {
    const own = positions[index] ?? rest;
    if (own !== undefined) yield* walk(own, { value, depth: part.depth, replace: (item) => part.replace(list.with(index, item)) }, defs);
  }
}

function* walkMembers(schema: SchemaObject, object: object, part: Part, defs: ReadonlyMap<string, JsonSchema>): Generator<Place> {
  const properties = new Map(schemaMap(schema, "properties"));
  const others = subschema(schema, "additionalProperties");
  for (const [key, value] of Object.entries(object)) {
    const own = properties.get(key) ?? others;
    if (own === undefined) continue;
    yield* walk(own, { value, depth: part.depth, replace: (member) => part.replace(withMember(object, key, member)) }, defs);
  }
}

/** A copy with another member, or without it where that is undefined. */
export function withMember(object: object, key: string, member: unknown): object {
  const members = new Map<string, unknown>(Object.entries(object));
  if (member === undefined) members.delete(key);
  else members.set(key, member);
  return Object.fromEntries(members);
}
