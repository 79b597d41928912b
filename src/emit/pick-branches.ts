import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { definitionKey, isSchemaObject, keyword, schemaMap, stringList, subschemas } from "./schema-facts.js";
import { quote } from "./text.js";

/** A branch of a union, and a type that picks it out of the user's union. */
export interface PickedBranch {
  readonly schema: SchemaObject;
  readonly path: string;
}

/**
 * The objects among a union's branches that can be told, by the value of a tag, else by a key that no other branch has. None where it is
 * not known of a branch what it holds.
 */
export function pickBranches(
  branches: readonly JsonSchema[],
  union: string,
  definitions: ReadonlyMap<string, JsonSchema>,
): readonly PickedBranch[] {
  const all = branches.flatMap(leaves).map((schema) => ({ schema, target: targetOf(schema, definitions) }));
  if (!all.every(({ target }) => isClear(target))) return [];
  const objects = all.flatMap(({ schema, target }) =>
    isSchemaObject(schema) && isSchemaObject(target) && isObject(target) ? [{ schema, target, values: literals(target) }] : [],
  );
  for (const key of objects[0]?.values.keys() ?? []) {
    const values = objects.flatMap((object) => object.values.get(key) ?? []);
    if (new Set(values).size < objects.length) continue;
    return objects.map(({ schema, values: own }) => ({ schema, path: `$.Branch<${union}, ${quote(key)}, ${own.get(key)}>` }));
  }
  return objects.flatMap(({ schema, target }) => {
    const others = objects.filter((other) => other.target !== target);
    const own = stringList(target, "required").find((key) => others.every((other) => !has(other.target, key)));
    return own === undefined ? [] : [{ schema, path: `$.Branch<${union}, ${quote(own)}>` }];
  });
}

function leaves(branch: JsonSchema): readonly JsonSchema[] {
  const inner = isSchemaObject(branch) ? subschemas(branch, "anyOf") : [];
  return inner.length > 0 ? inner.flatMap(leaves) : [branch];
}

function targetOf(branch: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>): JsonSchema | undefined {
  const key = isSchemaObject(branch) ? definitionKey(keyword(branch, "$ref")) : undefined;
  return key === undefined ? branch : definitions.get(key);
}

/** An object, or what can't be one. */
function isClear(target: JsonSchema | undefined): boolean {
  if (!isSchemaObject(target)) return false;
  const kinds = [keyword(target, "type")].flat();
  return isObject(target) || (!kinds.includes(undefined) && !kinds.includes("object"));
}

function isObject(target: SchemaObject): boolean {
  return keyword(target, "type") === "object";
}

function has(object: SchemaObject, key: string): boolean {
  return schemaMap(object, "properties").some(([name]) => name === key);
}

/** Properties that have one value, by their keys, as types. */
function literals(object: SchemaObject): ReadonlyMap<string, string> {
  const required = new Set(stringList(object, "required"));
  const found = new Map<string, string>();
  for (const [key, property] of schemaMap(object, "properties")) {
    const value = isSchemaObject(property) && required.has(key) ? keyword(property, "const") : undefined;
    if (typeof value === "string") found.set(key, quote(value));
    else if (typeof value === "number" || typeof value === "boolean") found.set(key, String(value));
  }
  return found;
}
