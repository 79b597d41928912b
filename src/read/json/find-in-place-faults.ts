import type { JsonSchema, SchemaObject } from "../schema-document.js";

/** Keywords whose schemas apply to the same value as the schema they stand in. */
const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] as const;

/** What is wrong with how a schema's references apply to one value; each given by the object that holds the `$ref`. */
export interface InPlaceFaults {
  /** They lead back to the schema they stand in without going down into the value: checking any value would never end. */
  readonly loops: readonly SchemaObject[];
  /** A definition from which more than `limit` schemas are reached in place: those multiply when definitions include each other twice. */
  readonly tooMany: SchemaObject | undefined;
}

/** Follows the references that stay at the same value, through all definitions, without recursion: chains can be long. */
export function findInPlaceFaults(schema: JsonSchema, limit: number): InPlaceFaults {
  // Nothing refers to the root in the normalised form; a root that is referred to is a definition.
  const edges = new Map<string, readonly SchemaObject[]>([["#", referencesInPlace(schema)]]);
  const defs = typeof schema === "object" ? schema.$defs : undefined;
  for (const [name, value] of isObject(defs) ? Object.entries(defs) : []) edges.set(`#/$defs/${name}`, referencesInPlace(value));
  const loops: SchemaObject[] = [];
  let tooMany: SchemaObject | undefined;
  const reached = new Map<string, number>();
  for (const start of edges.keys()) {
    const open = new Set([start]);
    const path = reached.has(start) ? [] : [{ name: start, next: 0, count: 1 }];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const holder = edges.get(frame.name)?.[frame.next];
      const target = String(holder?.$ref);
      const known = reached.get(target);
      if (!holder) {
        open.delete(frame.name);
        reached.set(frame.name, frame.count);
        path.pop();
      } else if (open.has(target)) {
        loops.push(holder);
        frame.next++;
      } else if (known !== undefined) {
        frame.count += known;
        if (frame.count > limit) tooMany ??= holder;
        frame.next++;
      } else {
        open.add(target);
        path.push({ name: target, next: 0, count: 1 });
      }
    }
  }
  return { loops, tooMany };
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
