import type { SchemaObject } from "../read/schema-document.js";
import { isAnnotation } from "./keywords.js";
import { settingsForObject } from "./undeclared-keys.js";

/** Whether a schema is made of several that hold together. */
export function isConjunction(schema: SchemaObject): boolean {
  return Array.isArray(schema["allOf"]) || refersWithMore(schema);
}

/** Whether something stands beside `$ref` that says more than what is referred to. */
export function refersWithMore(schema: SchemaObject): boolean {
  if (typeof schema["$ref"] !== "string") return false;
  return settingsForObject(schema) !== undefined || Object.keys(schema).some((keyword) => keyword !== "$ref" && !isAnnotation(keyword));
}
