import type { JsonSchema } from "../read/schema-document.js";
import { isSchemaObject, keyword, resolve, schemaMap, stringList } from "./schema-facts.js";

/** A property that tells the branches of a union apart: required in each, with constant strings that no two share. */
export interface UnionTag {
  readonly key: string;
  /** All values, in the order of the branches. */
  readonly values: readonly string[];
}

/** The first property that decides between the branches, all of which must be objects; undefined where none does. */
export function tagOfUnion(branches: readonly JsonSchema[], definitions: ReadonlyMap<string, JsonSchema>): UnionTag | undefined {
  if (branches.length < 2) return undefined;
  const targets = branches.map((branch) => {
    const bare = isSchemaObject(branch) && Object.hasOwn(branch, "$ref") && !Object.hasOwn(branch, "properties");
    return bare ? resolve(definitions, keyword(branch, "$ref"))?.schema : branch;
  });
  const tables = targets.map((target) => (target === undefined ? undefined : tagsOfBranch(target)));
  const [first, ...others] = tables;
  if (!first || others.some((table) => table === undefined)) return undefined;
  for (const key of first.keys()) {
    const values = tables.map((table) => table?.get(key));
    const flat = values.flatMap((list) => list ?? []);
    if (values.every((list) => list !== undefined) && new Set(flat).size === flat.length) return { key, values: flat };
  }
  return undefined;
}

/** The required constant properties of an object schema, with their values. */
function tagsOfBranch(schema: JsonSchema): ReadonlyMap<string, readonly string[]> | undefined {
  if (!isSchemaObject(schema) || keyword(schema, "type") !== "object") return undefined;
  const required = new Set(stringList(schema, "required"));
  const tags = new Map<string, readonly string[]>();
  for (const [key, property] of schemaMap(schema, "properties")) {
    if (!required.has(key) || !isSchemaObject(property)) continue;
    const listed = keyword(property, "enum");
    const values = Object.hasOwn(property, "const") ? [property["const"]] : Array.isArray(listed) ? listed : [];
    // Ajv takes an empty string for no tag at all.
    if (values.length > 0 && values.every((value) => typeof value === "string" && value !== "")) tags.set(key, values);
  }
  return tags;
}
