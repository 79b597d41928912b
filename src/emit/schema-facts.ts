import type { JsonSchema, SchemaObject } from "../read/schema-document.js";

/** Checked access to keywords: schemas come from other people's files, so each value is looked at before it is used. */

export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isSchemaObject(value);
}

/** The value of a keyword, own properties only. */
export function keyword(schema: SchemaObject, name: string): unknown {
  return Object.hasOwn(schema, name) ? schema[name] : undefined;
}

/** A keyword that holds one schema. */
export function subschema(schema: SchemaObject, name: string): JsonSchema | undefined {
  const value = keyword(schema, name);
  return isSchema(value) ? value : undefined;
}

/** A keyword that holds a list of schemas. */
export function subschemas(schema: SchemaObject, name: string): readonly JsonSchema[] {
  const value = keyword(schema, name);
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

/** A keyword that holds schemas by name. */
export function schemaMap(schema: SchemaObject, name: string): readonly (readonly [string, JsonSchema])[] {
  const value = keyword(schema, name);
  if (!isSchemaObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]));
}

/** A keyword that holds a list of strings. */
export function stringList(schema: SchemaObject, name: string): readonly string[] {
  const value = keyword(schema, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The `$defs` key a `$ref` names, unescaped; undefined for a reference that does not lead there. `#` gives `""`… the root. */
export function definitionKey(reference: unknown): string | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#/$defs/")) return undefined;
  const token = reference.slice("#/$defs/".length);
  return token.includes("/") ? undefined : unescapeToken(token);
}

function unescapeToken(token: string): string {
  const plain = token.replace(/~1/g, "/").replace(/~0/g, "~");
  if (!plain.includes("%")) return plain;
  try {
    return decodeURIComponent(token).replace(/~1/g, "/").replace(/~0/g, "~");
  } catch {
    return plain;
  }
}

/** The definitions of a document's schema, by key. */
export function definitions(schema: JsonSchema): ReadonlyMap<string, JsonSchema> {
  return new Map(isSchemaObject(schema) ? schemaMap(schema, "$defs") : []);
}

/** The definition a reference leads to. A key that is written with a `%` in the schema wins over its decoded form. */
export function resolve(defs: ReadonlyMap<string, JsonSchema>, reference: unknown): { key: string; schema: JsonSchema } | undefined {
  if (typeof reference !== "string") return undefined;
  const raw = reference.startsWith("#/$defs/") ? reference.slice("#/$defs/".length).replace(/~1/g, "/").replace(/~0/g, "~") : undefined;
  for (const key of [raw, definitionKey(reference)]) {
    const schema = key === undefined ? undefined : defs.get(key);
    if (key !== undefined && schema !== undefined) return { key, schema };
  }
  return undefined;
}

/** A key as a token of a JSON pointer (RFC 6901). */
export function pointerToken(key: string): string {
  return key.replace(/~/g, "~0").replace(/\//g, "~1");
}
