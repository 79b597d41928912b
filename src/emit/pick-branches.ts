import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { definitionKey, isSchemaObject, keyword, schemaMap, stringList } from "./schema-facts.js";
import { quote } from "./text.js";

/**
 * Types that pick each branch out of a union, by the value of a tag, else by a key that no other branch has; undefined for a branch that
 * nothing tells from the others, and for what is no object.
 */
export function pickBranches(
  branches: readonly JsonSchema[],
  union: string,
  definitions: ReadonlyMap<string, JsonSchema>,
): readonly (string | undefined)[] {
  const objects = branches.map((branch) => objectOf(branch, definitions));
  const [tags, ...others] = objects.map((object) => (object ? literals(object) : new Map<string, string>()));
  for (const key of tags?.keys() ?? []) {
    const values = [tags, ...others].flatMap((one) => one?.get(key) ?? []);
    if (new Set(values).size === branches.length) return values.map((value) => `$.Branch<${union}, ${quote(key)}, ${value}>`);
  }
  return objects.map((object) => {
    const keys = object ? stringList(object, "required") : [];
    const own = keys.find((key) => objects.every((other) => other === object || !other || !has(other, key)));
    return own === undefined ? undefined : `$.Branch<${union}, ${quote(own)}>`;
  });
}

function objectOf(branch: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>): SchemaObject | undefined {
  if (!isSchemaObject(branch)) return undefined;
  const key = definitionKey(keyword(branch, "$ref"));
  const target = key === undefined ? branch : definitions.get(key);
  return isSchemaObject(target) && keyword(target, "type") === "object" ? target : undefined;
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
