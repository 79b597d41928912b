import type { JsonSchema, SchemaObject } from "../schema-document.js";

/** Keywords whose schemas apply to the same value as the schema they stand in. */
const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] as const;

/**
 * Finds references that lead back to the schema they stand in without going down into the value: checking any value against them
 * would never end. Gives the objects that hold such a `$ref`, one for each loop found.
 */
export function findLoops(schema: JsonSchema): readonly SchemaObject[] {
  if (typeof schema === "boolean") return [];
  const defs = schema.$defs;
  const definitions = isObject(defs)
    ? new Map(Object.entries(defs).map(([name, value]) => [`#/$defs/${name}`, value]))
    : new Map<string, unknown>();
  const edges = new Map([...definitions].map(([reference, value]) => [reference, referencesInPlace(value)]));
  const loops: SchemaObject[] = [];
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const open = new Set<string>();
    // Each frame is a definition and how many of its references were followed: recursion would overflow on long chains.
    const path: { readonly name: string; next: number }[] = [];
    const enter = (name: string): void => {
      open.add(name);
      path.push({ name, next: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const holder = edges.get(frame.name)?.[frame.next++];
      if (!holder) {
        open.delete(frame.name);
        done.add(frame.name);
        path.pop();
      } else if (open.has(String(holder.$ref))) loops.push(holder);
      else if (!done.has(String(holder.$ref))) enter(String(holder.$ref));
    }
  }
  return loops;
}

function referencesInPlace(schema: unknown): readonly SchemaObject[] {
  if (!isObject(schema)) return [];
  const found: SchemaObject[] = typeof schema.$ref === "string" ? [schema] : [];
  for (const keyword of inPlace) {
    const value = schema[keyword];
    if (Array.isArray(value)) found.push(...value.flatMap(referencesInPlace));
    else if (keyword === "dependentSchemas" && isObject(value)) found.push(...Object.values(value).flatMap(referencesInPlace));
    else if (keyword !== "dependentSchemas") found.push(...referencesInPlace(value));
  }
  return found;
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
