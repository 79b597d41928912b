import type { DefaultsField, DefaultsNode, DefaultsPlan, JsonValue, UnionPlan } from "@schemacast/runtime/v1";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { readPattern } from "./pattern-text.js";
import { definitions, isSchemaObject, keyword, pointerToken, resolve, schemaMap, subschema, subschemas } from "./schema-facts.js";
import { schemaObjects } from "../read/schema-objects.js";
import { unionTables } from "./union-tables.js";

/** A `default` at a place that a value may lack: a property, or a position of a tuple. */
export interface DefaultPlace {
  /** Pointer to the schema of the place. */
  readonly pointer: string;
  readonly schema: SchemaObject;
  /** Pointer to the `default` that holds there: the schema's own, or that of what it refers to. */
  readonly at: string;
  readonly value: JsonValue;
  readonly node: DefaultsNode | undefined;
}

/** Where values of a schema lack what it has a default for. */
export interface RawDefaults {
  /** Undefined where the schema has none. */
  readonly plan: DefaultsPlan | undefined;
  /** Every default in it. */
  readonly places: readonly DefaultPlace[];
}

/** How the value of a place is written into the plan; undefined: not at all. */
export type ChooseDefault = (place: DefaultPlace) => JsonValue | undefined;

interface Planning {
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** Definitions that a node refers to. */
  readonly used: Set<string>;
  readonly places: DefaultPlace[];
  readonly choose: ChooseDefault;
}

/** Tells whether anything in a schema has a default, without looking where. */
export function hasDefaults(schema: JsonSchema): boolean {
  // Most have none, and a look at the text says so sooner than the way through all parts.
  if (!JSON.stringify(schema).includes('"default":')) return false;
  for (const part of schemaObjects(schema)) if (Object.hasOwn(part, "default")) return true;
  return false;
}

/**
 * The defaults of a schema's properties and tuple positions, as data. Followed are references, `allOf`, and the branches of unions that
 * can be told apart by type, tag or telling key; what depends on a condition (`if`, `dependentSchemas`, `not`) has none.
 */
export function planDefaults(schema: JsonSchema, choose: ChooseDefault): RawDefaults {
  const planning: Planning = { definitions: definitions(schema), used: new Set(), places: [], choose };
  const root = nodeOf(schema, "", planning);
  const defs: [string, DefaultsNode][] = [];
  // A set iterates over what is added while it is iterated.
  for (const name of planning.used) {
    const node = nodeOf(planning.definitions.get(name) ?? true, `/$defs/${pointerToken(name)}`, planning);
    if (node !== undefined) defs.push([name, node]);
  }
  if (root === undefined || planning.places.length === 0) return { plan: undefined, places: [] };
  return { plan: { root, ...(defs.length > 0 && { defs: Object.fromEntries(defs) }) }, places: planning.places };
}

function nodeOf(schema: JsonSchema, pointer: string, planning: Planning): DefaultsNode | undefined {
  if (typeof schema === "boolean") return undefined;
  const nodes: (DefaultsNode | undefined)[] = [referenceNode(schema, planning)];
  for (const [index, part] of subschemas(schema, "allOf").entries()) nodes.push(nodeOf(part, `${pointer}/allOf/${index}`, planning));
  for (const name of ["anyOf", "oneOf"]) nodes.push(unionNode(subschemas(schema, name), `${pointer}/${name}`, planning));
  nodes.push(objectNode(schema, pointer, planning), ...patternNodes(schema, pointer, planning), listNode(schema, pointer, planning));
  const found = nodes.filter((node) => node !== undefined);
  return found.length > 1 ? { kind: "all", nodes: found } : found[0];
}

function referenceNode(schema: SchemaObject, planning: Planning): DefaultsNode | undefined {
  const target = resolve(planning.definitions, keyword(schema, "$ref"));
  if (target === undefined || !leadsToDefault(target.schema, planning, new Set([target.key]))) return undefined;
  planning.used.add(target.key);
  return { kind: "ref", to: target.key };
}

function objectNode(schema: SchemaObject, pointer: string, planning: Planning): DefaultsNode | undefined {
  const others = subschema(schema, "additionalProperties");
  const rest = others === undefined ? undefined : nodeOf(others, `${pointer}/additionalProperties`, planning);
  const fields = schemaMap(schema, "properties").map(
    ([key, property]) => [key, fieldOf(property, `${pointer}/properties/${pointerToken(key)}`, planning)] as const,
  );
  // A property without a default is only named where `rest` would else be taken for it.
  const telling = fields.filter(([, field]) => Object.keys(field).length > 0 || rest !== undefined);
  if (rest === undefined && telling.length === 0) return undefined;
  const but = rest === undefined ? [] : patternsOf(schema).map(([pattern]) => pattern);
  return { kind: "object", fields: Object.fromEntries(telling), ...(rest && { rest }), ...(but.length > 0 && { but }) };
}

function patternNodes(schema: SchemaObject, pointer: string, planning: Planning): readonly DefaultsNode[] {
  return patternsOf(schema).flatMap(([pattern, part, key]) => {
    const node = nodeOf(part, `${pointer}/patternProperties/${pointerToken(key)}`, planning);
    return node === undefined ? [] : [{ kind: "matching", pattern, node } as const];
  });
}

/** Patterns that JavaScript can read, their schemas, and the patterns as they stand in the schema. */
function patternsOf(schema: SchemaObject): readonly (readonly [string, JsonSchema, string])[] {
  return schemaMap(schema, "patternProperties").flatMap(([key, part]) => {
    const readable = readPattern(key);
    return "pattern" in readable ? [[readable.pattern, part, key] as const] : [];
  });
}

function listNode(schema: SchemaObject, pointer: string, planning: Planning): DefaultsNode | undefined {
  const items = subschemas(schema, "prefixItems").map((item, index) => fieldOf(item, `${pointer}/prefixItems/${index}`, planning));
  const others = subschema(schema, "items");
  const rest = others === undefined ? undefined : nodeOf(others, `${pointer}/items`, planning);
  const isTelling = items.some((item) => Object.keys(item).length > 0);
  if (rest === undefined && !isTelling) return undefined;
  return { kind: "list", ...(items.length > 0 && { items }), ...(rest && { rest }) };
}

function unionNode(branches: readonly JsonSchema[], pointer: string, planning: Planning): DefaultsNode | undefined {
  const nodes = branches.map((branch, index) => nodeOf(branch, `${pointer}/${index}`, planning) ?? null);
  if (nodes.every((node) => node === null)) return undefined;
  const tables: Pick<UnionPlan, "byType" | "byTag" | "byKey"> = unionTables(branches, planning.definitions);
  return { kind: "union", branches: nodes, ...tables };
}

function fieldOf(schema: JsonSchema, pointer: string, planning: Planning): DefaultsField {
  if (!isSchemaObject(schema)) return {};
  const node = nodeOf(schema, pointer, planning);
  const found = defaultOf(schema, pointer, planning, new Set());
  const place = found && { pointer, schema, ...found, node };
  if (place !== undefined) planning.places.push(place);
  const value = place && planning.choose(place);
  return { ...(value !== undefined && { value }), ...(node && { node }) };
}

/** The schema's own default, else that of what it refers to, else the first of its `allOf`. */
function defaultOf(
  schema: JsonSchema,
  pointer: string,
  planning: Planning,
  seen: ReadonlySet<string>,
): { readonly at: string; readonly value: JsonValue } | undefined {
  if (typeof schema === "boolean") return undefined;
  // Schemas are read from JSON, or from JSDoc as JSON.
  if (Object.hasOwn(schema, "default")) return { at: `${pointer}/default`, value: schema["default"] as JsonValue };
  const target = resolve(planning.definitions, keyword(schema, "$ref"));
  if (target !== undefined && !seen.has(target.key)) {
    const found = defaultOf(target.schema, `/$defs/${pointerToken(target.key)}`, planning, new Set([...seen, target.key]));
    if (found !== undefined) return found;
  }
  for (const [index, part] of subschemas(schema, "allOf").entries()) {
    const found = defaultOf(part, `${pointer}/allOf/${index}`, planning, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a node for a schema would fill anything: without it, every recursive type would have an empty plan. */
function leadsToDefault(schema: JsonSchema, planning: Planning, seen: Set<string>): boolean {
  if (typeof schema === "boolean") return false;
  const own = (part: JsonSchema): boolean => defaultOf(part, "", planning, new Set()) !== undefined;
  const fields = [...schemaMap(schema, "properties").map(([, part]) => part), ...subschemas(schema, "prefixItems")];
  if (fields.some(own)) return true;
  const target = resolve(planning.definitions, keyword(schema, "$ref"));
  if (target !== undefined && !seen.has(target.key)) {
    seen.add(target.key);
    if (leadsToDefault(target.schema, planning, seen)) return true;
  }
  const parts = [
    ...fields,
    ...["allOf", "anyOf", "oneOf"].flatMap((name) => subschemas(schema, name)),
    ...["items", "additionalProperties"].map((name) => subschema(schema, name) ?? true),
    ...schemaMap(schema, "patternProperties").map(([, part]) => part),
  ];
  return parts.some((part) => leadsToDefault(part, planning, seen));
}
