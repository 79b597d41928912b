import type { SchemaObject } from "./schema-document.js";

/** Tells a schema that is an object from a boolean one and from what is no schema at all. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
