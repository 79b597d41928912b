import type { JsonSchema } from "./schema-document.js";

type Resolve = (ref: string) => JsonSchema | undefined;

/** Whether `null` is valid; a schema too tangled to tell counts as admitting it. */
export function admitsNull(schema: JsonSchema, resolve: Resolve, depth = 0): boolean {
  if (typeof schema === "boolean") return schema;
  if (depth > 16) return true;
  const inner = (part: JsonSchema): boolean => admitsNull(part, resolve, depth + 1);
  const lists = ["anyOf", "oneOf"].map((keyword) => schema[keyword]).filter((list) => Array.isArray(list));
  const target = typeof schema["$ref"] === "string" ? resolve(schema["$ref"]) : undefined;
  const type = schema["type"];
  const types: readonly unknown[] | undefined = typeof type === "string" ? [type] : Array.isArray(type) ? type : undefined;
  return (
    (types === undefined || types.includes("null")) &&
    (!Array.isArray(schema["enum"]) || schema["enum"].includes(null)) &&
    (!Object.hasOwn(schema, "const") || schema["const"] === null) &&
    lists.every((list) => list.filter(isSchema).some(inner)) &&
    (!Array.isArray(schema["allOf"]) || schema["allOf"].filter(isSchema).every(inner)) &&
    (target === undefined || inner(target))
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));
}
