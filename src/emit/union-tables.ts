import type { JsonType, UnionPlan } from "@schemacast/runtime/v1";
import type { JsonSchema } from "../read/schema-document.js";
import { keyword, resolve, schemaMap, stringList, subschemas } from "./schema-facts.js";

/** How the branch of a decoded value is told: the tables of `UnionPlan`, made of the schema itself and not of what is on the wire. */
export type UnionTables = Pick<UnionPlan, "byType" | "byTag" | "byKey">;

type Definitions = ReadonlyMap<string, JsonSchema>;

const allTypes: readonly JsonType[] = ["string", "number", "boolean", "null", "array", "object"];

/** The tables of a union. What several branches have in common tells nothing, and is in none of them. */
export function unionTables(branches: readonly JsonSchema[], definitions: Definitions): UnionTables {
  const types = branches.map((branch) => typesOf(branch, definitions, new Set()));
  const byType: { [type in JsonType]?: number } = {};
  for (const type of allTypes) {
    const owner = onlyOwner(types, (list) => list.has(type));
    if (owner !== undefined) byType[type] = owner;
  }
  const objects = branches.map((branch, index) => (types[index]?.has("object") ? propertiesOf(branch, definitions, new Set()) : undefined));
  // A branch that is a union itself, or whose properties are not known, could have any key.
  const isKnown = objects.every((properties, index) => properties !== undefined || types[index]?.has("object") !== true);
  const tag = isKnown ? tagTable(objects) : undefined;
  const keys = isKnown && byType.object === undefined ? keyTable(objects) : undefined;
  return {
    ...(Object.keys(byType).length > 0 && { byType }),
    ...(byType.object === undefined && tag && { byTag: tag }),
    ...(keys && { byKey: keys }),
  };
}

function onlyOwner<B>(branches: readonly B[], has: (branch: B) => boolean): number | undefined {
  const owners = branches.flatMap((branch, index) => (has(branch) ? [index] : []));
  return owners.length === 1 ? owners[0] : undefined;
}

/** The JSON types a schema's values may have. */
function typesOf(schema: JsonSchema, definitions: Definitions, seen: ReadonlySet<string>): ReadonlySet<JsonType> {
  if (typeof schema === "boolean") return new Set(schema ? allTypes : []);
  let types: ReadonlySet<JsonType> = new Set(ownTypes(schema) ?? allTypes);
  const narrow = (others: Iterable<JsonType>): void => {
    const set = new Set(others);
    types = new Set([...types].filter((type) => set.has(type)));
  };
  const target = resolve(definitions, keyword(schema, "$ref"));
  if (target !== undefined && !seen.has(target.key)) narrow(typesOf(target.schema, definitions, new Set([...seen, target.key])));
  for (const part of subschemas(schema, "allOf")) narrow(typesOf(part, definitions, seen));
  for (const name of ["anyOf", "oneOf"]) {
    const branches = subschemas(schema, name);
    if (branches.length > 0) narrow(branches.flatMap((branch) => [...typesOf(branch, definitions, seen)]));
  }
  return types;
}

/** By `type`, `const` and `enum`; undefined where they say nothing. */
function ownTypes(schema: Exclude<JsonSchema, boolean>): readonly JsonType[] | undefined {
  const type = keyword(schema, "type");
  const listed = keyword(schema, "enum");
  const values: readonly unknown[] | undefined = Object.hasOwn(schema, "const")
    ? [schema["const"]]
    : Array.isArray(listed)
      ? listed
      : undefined;
  if (values !== undefined) return values.map(typeOf);
  if (type === undefined) return undefined;
  const names: readonly unknown[] = [type].flat();
  return allTypes.filter((name) => names.includes(name) || (name === "number" && names.includes("integer")));
}

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** A property and, where it is required and constant, its values as text. */
type Properties = ReadonlyMap<string, readonly string[] | undefined>;

/** The declared properties of an object schema; undefined where a union or an open end hides some. */
function propertiesOf(schema: JsonSchema, definitions: Definitions, seen: ReadonlySet<string>): Properties | undefined {
  if (typeof schema === "boolean") return undefined;
  const found = new Map<string, readonly string[] | undefined>();
  const target = resolve(definitions, keyword(schema, "$ref"));
  const parts = subschemas(schema, "allOf").map((part) => propertiesOf(part, definitions, seen));
  if (target !== undefined && !seen.has(target.key)) parts.push(propertiesOf(target.schema, definitions, new Set([...seen, target.key])));
  const isUnion = ["anyOf", "oneOf"].some((name) => subschemas(schema, name).length > 0);
  if (isUnion || parts.some((part) => part === undefined)) return undefined;
  for (const part of parts) for (const [key, values] of part ?? []) found.set(key, values ?? found.get(key));
  const required = new Set(stringList(schema, "required"));
  for (const [key, property] of schemaMap(schema, "properties"))
    found.set(key, (required.has(key) ? constants(property, definitions) : undefined) ?? found.get(key));
  return found;
}

function constants(schema: JsonSchema, definitions: Definitions): readonly string[] | undefined {
  if (typeof schema === "boolean") return undefined;
  const meant = resolve(definitions, keyword(schema, "$ref"))?.schema ?? schema;
  if (typeof meant === "boolean") return undefined;
  const listed = keyword(meant, "enum");
  const values: readonly unknown[] = Object.hasOwn(meant, "const") ? [meant["const"]] : Array.isArray(listed) ? listed : [];
  const isScalar = values.every((value) => value === null || typeof value !== "object");
  return values.length > 0 && isScalar ? values.map(String) : undefined;
}

function tagTable(objects: readonly (Properties | undefined)[]): UnionPlan["byTag"] {
  const known = objects.flatMap((properties, index) => (properties === undefined ? [] : [{ properties, index }]));
  for (const key of known[0]?.properties.keys() ?? []) {
    const cases = known.map(({ properties, index }) => ({ index, values: properties.get(key) }));
    const flat = cases.flatMap(({ values }) => values ?? []);
    if (cases.some(({ values }) => values === undefined) || new Set(flat).size !== flat.length) continue;
    return { key, cases: Object.fromEntries(cases.flatMap(({ index, values = [] }) => values.map((value) => [value, index] as const))) };
  }
  return undefined;
}

/** Keys that one branch has and no other. */
function keyTable(objects: readonly (Properties | undefined)[]): UnionPlan["byKey"] {
  const keys = new Set(objects.flatMap((properties) => [...(properties?.keys() ?? [])]));
  const owned = [...keys].flatMap((key) => {
    const owner = onlyOwner(objects, (properties) => properties?.has(key) === true);
    return owner === undefined ? [] : [[key, owner] as const];
  });
  return owned.length > 0 ? Object.fromEntries(owned) : undefined;
}
