import type { JsonSchema, SchemaObject } from "./schema-document.js";

const singleApplicators = [
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
];
const listApplicators = ["allOf", "anyOf", "oneOf", "prefixItems"];
const mapApplicators = ["properties", "patternProperties", "dependentSchemas", "$defs"];
const applicators: ReadonlySet<string> = new Set([...singleApplicators, ...listApplicators, ...mapApplicators]);

/** Every schema object of a schema, itself first. References are not followed. */
export function schemaObjects(schema: JsonSchema): readonly SchemaObject[] {
  const found: SchemaObject[] = [];
  const visitAll = (parts: unknown): void => {
    if (Array.isArray(parts)) parts.forEach(visit);
  };
  const visit = (part: unknown): void => {
    if (!isObject(part)) return;
    found.push(part);
    // Most have no parts.
    if (!Object.keys(part).some((name) => applicators.has(name))) return;
    for (const name of singleApplicators) visit(part[name]);
    for (const name of listApplicators) visitAll(part[name]);
    for (const name of mapApplicators) if (isObject(part[name])) visitAll(Object.values(part[name]));
  };
  visit(schema);
  return found;
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
