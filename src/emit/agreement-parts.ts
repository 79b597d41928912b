import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { definitionKey, isSchemaObject, keyword, schemaMap, stringList, subschema, subschemas } from "./schema-facts.js";
import { pickBranches } from "./pick-branches.js";
import { quote } from "./text.js";

/** A part of a type that is proved by itself. */
export interface Part {
  /** Of the alias that stands for the user's own type there. */
  readonly name: string;
  /** Where the user's type has it: `NonNullable<Order["lines"]>[number]`. */
  readonly path: string;
  readonly schema: SchemaObject;
}

/** Parts by where they stand in the schema: what a definition's key or a place in the text holds. */
export type Parts = ReadonlyMap<string | SchemaObject, Part>;

export interface PartsRequest {
  readonly root: JsonSchema;
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** The user's name of the type. */
  readonly type: string;
  /** Whether a definition is another exported type, which has a proof of its own. */
  readonly isProved: (key: string) => boolean;
  readonly nameOf: (part: string) => string;
}

/** How often objects, or lists, may stand in one another: of a third of the same make the compiler assumes that it agrees. */
const deepest = 2;

interface Place {
  readonly schema: JsonSchema;
  readonly path: string;
  /** Whether the user's type there may be null or undefined too. */
  readonly mayLack: boolean;
  readonly objects: number;
  readonly lists: number;
}

/**
 * What of a type has to be proved by itself. Comparing two types, the compiler takes for granted what stands deep (`isDeeplyNestedType`),
 * and gives up where very much does: so nothing deep is left to it. Parts are found by indexing the user's type, because most have no name
 * that could be imported.
 */
export function agreementParts({ root, definitions, type, isProved, nameOf }: PartsRequest): Parts {
  const parts = new Map<string | SchemaObject, Part>();
  const add = (key: string | SchemaObject, part: Part, { mayLack }: Place): Place => {
    parts.set(key, part);
    return { schema: part.schema, path: part.name, mayLack, objects: 0, lists: 0 };
  };
  const ahead: Place[] = [{ schema: root, path: type, mayLack: false, objects: 0, lists: 0 }];
  // A list iterates over what is added while it is iterated: what is near the root is found by the shorter way.
  for (const place of ahead) {
    const { schema, path, objects, lists } = place;
    if (!isSchemaObject(schema)) continue;
    const key = definitionKey(keyword(schema, "$ref"));
    if (key !== undefined) {
      const target = definitions.get(key);
      if (!isProved(key) && !parts.has(key) && isSchemaObject(target) && hasParts(target)) {
        ahead.push(add(key, { name: nameOf(key), path, schema: target }, place));
      }
      continue;
    }
    const isDeep = (objects >= deepest && isObject(schema)) || (lists >= deepest && isList(schema));
    if (isDeep) ahead.push(add(schema, { name: nameOf("Inner"), path, schema }, place));
    else ahead.push(...inside(place, schema, definitions));
  }
  return parts;
}

function hasParts(schema: SchemaObject): boolean {
  return isObject(schema) || isList(schema) || subschemas(schema, "anyOf").length > 0 || keyword(schema, "$ref") !== undefined;
}

function isObject(schema: SchemaObject): boolean {
  return [keyword(schema, "type")].flat().includes("object");
}

function isList(schema: SchemaObject): boolean {
  return [keyword(schema, "type")].flat().includes("array");
}

function isNull(schema: JsonSchema): boolean {
  return isSchemaObject(schema) && keyword(schema, "type") === "null";
}

function inside(place: Place, schema: SchemaObject, definitions: ReadonlyMap<string, JsonSchema>): readonly Place[] {
  const kinds = [keyword(schema, "type")].flat();
  const mayLack = place.mayLack || kinds.includes("null");
  const base = mayLack ? `NonNullable<${place.path}>` : place.path;
  const all = subschemas(schema, "anyOf");
  const branches = all.filter((branch) => !isNull(branch));
  const [only] = branches;
  if (only !== undefined && branches.length === 1) return [{ ...place, schema: only, path: `NonNullable<${place.path}>`, mayLack: false }];
  if (branches.length > 1)
    return pickBranches(branches, place.path, definitions).map((branch) => ({ ...place, ...branch, mayLack: false }));
  // Of an object that may be a list too, the user's type can't be indexed.
  if (kinds.filter((kind) => kind !== "null").length !== 1) return [];
  return isObject(schema) ? members({ ...place, path: base }, schema) : items({ ...place, path: base }, schema);
}

function members({ path, objects, lists }: Place, schema: SchemaObject): readonly Place[] {
  const deeper = { objects: objects + 1, lists };
  const required = new Set(stringList(schema, "required"));
  const additional = subschema(schema, "additionalProperties");
  const further = isSchemaObject(additional) ? [{ ...deeper, schema: additional, path: `${path}[string]`, mayLack: true }] : [];
  const properties = schemaMap(schema, "properties").map(([key, property]) => {
    return { ...deeper, schema: property, path: `${path}[${quote(key)}]`, mayLack: !required.has(key) };
  });
  return [...properties, ...further];
}

function items({ path, objects, lists }: Place, schema: SchemaObject): readonly Place[] {
  const deeper = { objects, lists: lists + 1 };
  const prefix = subschemas(schema, "prefixItems");
  const rest = subschema(schema, "items");
  if (prefix.length > 0) return prefix.map((item, index) => ({ ...deeper, schema: item, path: `${path}[${index}]`, mayLack: true }));
  return rest === undefined ? [] : [{ ...deeper, schema: rest, path: `${path}[number]`, mayLack: true }];
}
