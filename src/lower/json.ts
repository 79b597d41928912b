import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { withinTime } from "../read/within-time.js";

/** Tells a JSON object from everything else. */
export function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells what may stand where a schema is expected. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isObject(value);
}

/** The schemas among the values of a keyword such as `properties`; an empty table where the keyword is missing or malformed. */
export function schemaTable(value: unknown): readonly (readonly [string, JsonSchema])[] {
  return isObject(value) ? Object.entries(value).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1])) : [];
}

/** The schemas of a keyword such as `anyOf`. */
export function schemaList(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

/** The strings of a keyword such as `required`, each once. */
export function stringList(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter((entry) => typeof entry === "string"))] : [];
}

/** Sets an own key, whatever it is called. */
export function setOwn<V>(table: { [key: string]: V }, key: string, value: V): void {
  if (key === "__proto__") Object.defineProperty(table, key, { value, writable: true, enumerable: true, configurable: true });
  else table[key] = value;
}

/** The value of an own key. */
export function own<V>(table: { readonly [key: string]: V }, key: string): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A schema without some of its keywords. */
export function without(schema: SchemaObject, ...keywords: readonly string[]): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}

/** One segment of a JSON pointer. */
export function pointerSegment(key: string | number): string {
  return `/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`;
}

/** JSON text with the keys of objects in order: equal values have equal texts. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value).toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(",")}}`;
}

/** JSON's names for the types of values. */
export const jsonTypes = ["object", "array", "string", "number", "boolean", "null"] as const;

/** JSON's name for the type of a value. */
export function jsonType(value: unknown): (typeof jsonTypes)[number] {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** Patterns that did not come to an end with some key: a schema may have many such keys. */
const endless = new Set<string>();
const matchingTime = 500;

/** Whether a key matches a pattern; one that is no regular expression, or takes for ever (`^(a+)+$`), matches none. */
export function matches(pattern: string, key: string): boolean {
  if (endless.has(pattern)) return false;
  try {
    const expression = new RegExp(pattern, "u");
    // No expression of a usual length takes long with so little; a clock would be most of the cost.
    if (key.length < 20) return expression.test(key);
    const found = withinTime(() => expression.test(key), matchingTime);
    if (found === undefined) endless.add(pattern);
    return found?.value === true;
  } catch {
    return false;
  }
}
