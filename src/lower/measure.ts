import type { SchemaObject } from "../read/schema-document.js";
import { isObject, isSchema, schemaList, schemaTable } from "./json.js";
import type { SchemaSize } from "./lowering.js";

/** Measures a schema of the sent form as the profile's limits count. A depth without end (recursion) is Infinity. */
export function measure(schema: SchemaObject): SchemaSize {
  const size = { properties: 0, enumValues: 0, widestAnyOf: 0 };
  const count = (node: unknown): void => {
    if (!isObject(node)) return;
    size.properties += schemaTable(node["properties"]).length;
    if (Array.isArray(node["enum"])) size.enumValues += node["enum"].length;
    size.widestAnyOf = Math.max(size.widestAnyOf, schemaList(node["anyOf"]).length);
    parts(node).forEach(count);
  };
  count(schema);
  const defs = new Map(schemaTable(schema["$defs"]));
  for (const [, def] of defs) count(def);
  const depths = new Map<string, number>();
  const depthOf = (node: unknown, through: readonly string[]): number => {
    if (!isObject(node)) return 0;
    const ref = typeof node["$ref"] === "string" ? node["$ref"].slice("#/$defs/".length) : undefined;
    if (ref !== undefined) {
      if (through.includes(ref)) return Number.POSITIVE_INFINITY;
      const known = depths.get(ref) ?? depthOf(defs.get(ref), [...through, ref]);
      depths.set(ref, known);
      return known;
    }
    const below = Math.max(0, ...parts(node).map((part) => depthOf(part, through)));
    return below + (node["type"] === "object" || node["type"] === "array" ? 1 : 0);
  };
  return { characters: JSON.stringify(schema).length, depth: depthOf(schema, []), ...size };
}

/** Schemas directly below one of the sent form, `$defs` left out. */
function parts(node: SchemaObject): readonly unknown[] {
  return [
    ...schemaTable(node["properties"]).map(([, property]) => property),
    ...schemaList(node["anyOf"]),
    ...schemaList(node["prefixItems"]),
    ...(isSchema(node["items"]) ? [node["items"]] : []),
  ];
}
