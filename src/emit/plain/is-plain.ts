import type { JsonSchema } from "../../read/schema-document.js";
import type { AjvProjection } from "../for-ajv.js";

/** What a plain validator can say. Everything else is Ajv's. */
const keywords: Readonly<Record<string, (value: unknown) => boolean>> = {
  $ref: isText,
  additionalProperties: (value) => typeof value === "boolean" || isPlainSchema(value),
  allOf: isListOfSchemas,
  anyOf: isListOfSchemas,
  const: isScalar,
  enum: (value) => Array.isArray(value) && value.length < longest && value.every(isScalar),
  exclusiveMaximum: isNumber,
  exclusiveMinimum: isNumber,
  format: isText,
  items: isPlainSchema,
  maximum: isNumber,
  maxItems: isNumber,
  maxLength: isNumber,
  maxProperties: isNumber,
  minimum: isNumber,
  minItems: isNumber,
  minLength: isNumber,
  minProperties: isNumber,
  multipleOf: isNumber,
  oneOf: isListOfSchemas,
  pattern: isText,
  properties: (value) => typeof value === "object" && value !== null && Object.values(value).every(isPlainSchema),
  required: (value) => Array.isArray(value) && value.length < longest && value.every(isText),
  type: (value) => (Array.isArray(value) ? value.every(isType) : isType(value)),
};

/** Ajv prints loops for lists of this length. */
const longest = 200;

const types = new Set(["string", "number", "integer", "boolean", "null", "object", "array"]);

/** Whether all schemas of a document are made of what most schemas are made of. */
export function isPlain({ dialect, ownProperties, schemas }: AjvProjection): boolean {
  if (dialect !== "draft-07" || ownProperties) return false;
  for (const schema of schemas.values()) {
    if (!isPlainSchema(schema) || isAlwaysValid(schema)) return false;
  }
  return true;
}

/** Whether a schema says nothing. */
export function isAlwaysValid(schema: JsonSchema): boolean {
  return typeof schema === "boolean" ? schema : Object.keys(schema).length === 0;
}

function isPlainSchema(schema: unknown): boolean {
  if (schema === true) return true;
  if (typeof schema !== "object" || schema === null) return false;
  for (const [name, value] of Object.entries(schema)) {
    if (!Object.hasOwn(keywords, name) || keywords[name]?.(value) !== true) return false;
  }
  return true;
}

function isListOfSchemas(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPlainSchema);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function isType(value: unknown): boolean {
  return typeof value === "string" && types.has(value);
}
