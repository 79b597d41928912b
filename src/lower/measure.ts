import type { SchemaObject } from "../read/schema-document.js";
import { isObject, isSchema, schemaList, schemaTable } from "./json.js";
import type { SchemaSize } from "./lowering.js";

/** Measures a schema of the sent form as the profile's limits count. A depth without end (recursion) is Infinity. */
export function measure(schema: SchemaObject): SchemaSize {
  const size = { properties: 0, enumValues: 0, widestAnyOf: 0 };
  const partsOf = new Map<SchemaObject, readonly unknown[]>();
  const count = (node: unknown): void => {
    if (!isObject(node)) return;
    const properties = schemaTable(node["properties"]);
    const branches = schemaList(node["anyOf"]);
    size.properties += properties.length;
    if (Array.isArray(node["enum"])) size.enumValues += node["enum"].length;
    size.widestAnyOf = Math.max(size.widestAnyOf, branches.length);
    const { items } = node;
    // Schemas directly below one of the sent form, `$defs` left out.
    const parts = [
      ...properties.map(([, property]) => property),
      ...branches,
      ...schemaList(node["prefixItems"]),
      ...(isSchema(items) ? [items] : []),
    ];
    partsOf.set(node, parts);
    parts.forEach(count);
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
    const below = Math.max(0, ...(partsOf.get(node) ?? []).map((part) => depthOf(part, through)));
    return below + (node["type"] === "object" || node["type"] === "array" ? 1 : 0);
  };
  return { characters: JSON.stringify(schema).length, depth: depthOf(schema, []), ...size };
}
