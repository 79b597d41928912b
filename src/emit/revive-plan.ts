import type { ReviveCase, ReviveNode, RevivePlan } from "@schemacast/runtime/v1";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";

/** Where values of a schema hold date-times that become Dates (`x-revive`); undefined where none does. */
export function revivePlan(schema: JsonSchema): RevivePlan | undefined {
  // Most have none, and a look at the text says so sooner than the way through all parts.
  if (typeof schema === "boolean" || !JSON.stringify(schema).includes('"x-revive":"Date"')) return undefined;
  const context: ReviveContext = { definitions: schemaTable(schema.$defs), used: new Set() };
  const root = nodeOf(schema, context);
  if (root === null) return undefined;
  const defs: [string, ReviveNode][] = [];
  // A set iterates over what is added while it is iterated.
  for (const name of context.used) {
    const definition = context.definitions.get(name);
    const node = definition === undefined ? null : nodeOf(definition, context);
    if (node !== null) defs.push([name, node]);
  }
  return { root, ...(defs.length > 0 && { defs: Object.fromEntries(defs) }) };
}

interface ReviveContext {
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** Definitions that a node refers to. */
  readonly used: Set<string>;
}

function nodeOf(schema: JsonSchema, context: ReviveContext): ReviveNode | null {
  if (typeof schema === "boolean") return null;
  if (schema["x-revive"] === "Date") return { kind: "date" };
  const to = referenceName(schema);
  if (to !== undefined) {
    if (!leadsToDate({ $ref: schema.$ref }, context, new Set())) return null;
    context.used.add(to);
    return { kind: "ref", to };
  }
  const branches = [...schemaList(schema.anyOf), ...schemaList(schema.oneOf)];
  if (branches.length > 0) return unionNode(branches, context);
  for (const part of schemaList(schema.allOf)) {
    const node = nodeOf(part, context);
    if (node !== null) return node;
  }
  return listNode(schema, context) ?? objectNode(schema, context);
}

function listNode(schema: SchemaObject, context: ReviveContext): ReviveNode | null {
  const items = schemaList(schema.prefixItems).map((item) => nodeOf(item, context));
  const rest = isSchema(schema.items) ? nodeOf(schema.items, context) : null;
  if (rest === null && items.every((item) => item === null)) return null;
  return { kind: "list", items, ...(rest && { rest }) };
}

function objectNode(schema: SchemaObject, context: ReviveContext): ReviveNode | null {
  const rest = isSchema(schema.additionalProperties) ? nodeOf(schema.additionalProperties, context) : null;
  const fields = [...schemaTable(schema.properties)].map(([key, property]) => [key, nodeOf(property, context)] as const);
  // A property without dates is only named where `rest` would else be taken for it.
  const telling = fields.filter(([, node]) => node !== null || rest !== null);
  if (rest === null && telling.length === 0) return null;
  return { kind: "object", fields: Object.fromEntries(telling), ...(rest && { rest }) };
}

/** Cases in the schema's order, but a date before another string: which of the two a string is, its text decides. */
function unionNode(branches: readonly JsonSchema[], context: ReviveContext): ReviveNode | null {
  const cases = branches.flatMap((branch) => casesOf(branch, context, new Set()));
  const leading = cases.filter(({ node }) => node !== null);
  const [only] = leading;
  if (only === undefined) return null;
  if (leading.length === 1 && cases.every((one) => one === only || one.type !== only.type)) return only.node;
  const dates = leading.filter(({ node }) => node?.kind === "date");
  return { kind: "cases", cases: [...dates, ...cases.filter((one) => !dates.includes(one))] };
}

function casesOf(schema: JsonSchema, context: ReviveContext, seen: ReadonlySet<string>): readonly ReviveCase[] {
  if (typeof schema === "boolean") return [];
  const target = referenceName(schema);
  const definition = target === undefined ? undefined : context.definitions.get(target);
  const meant = definition === undefined || typeof definition === "boolean" ? schema : definition;
  const inner = [...schemaList(meant.anyOf), ...schemaList(meant.oneOf)];
  if (inner.length > 0) {
    if (target !== undefined && seen.has(target)) return [];
    const deeper = target === undefined ? seen : new Set([...seen, target]);
    return inner.flatMap((branch) => casesOf(branch, context, deeper));
  }
  const types = [meant.type].flat().filter((type) => type === "string" || type === "array" || type === "object");
  return types.map((type) => ({
    type,
    ...(type === "object" && { keys: tellingKeys(meant, context) }),
    node: nodeOf(schema, context),
  }));
}

function tellingKeys(schema: SchemaObject, context: ReviveContext): NonNullable<ReviveCase["keys"]> {
  const properties = schemaTable(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required.filter((key) => typeof key === "string") : [];
  return Object.fromEntries(required.map((key) => [key, constants(properties.get(key), context)]));
}

function constants(schema: JsonSchema | undefined, context: ReviveContext): readonly (string | number | boolean | null)[] | null {
  if (typeof schema !== "object") return null;
  const target = referenceName(schema);
  const definition = target === undefined ? schema : context.definitions.get(target);
  if (typeof definition !== "object") return null;
  const values: readonly unknown[] | undefined = Object.hasOwn(definition, "const")
    ? [definition.const]
    : Array.isArray(definition.enum)
      ? definition.enum
      : undefined;
  return values?.every(isScalar) ? values : null;
}

function leadsToDate(schema: JsonSchema, context: ReviveContext, seen: Set<string>): boolean {
  if (typeof schema === "boolean") return false;
  if (schema["x-revive"] === "Date") return true;
  const to = referenceName(schema);
  if (to !== undefined) {
    const definition = context.definitions.get(to);
    if (definition === undefined || seen.has(to)) return false;
    seen.add(to);
    return leadsToDate(definition, context, seen);
  }
  const parts = [
    ...["anyOf", "oneOf", "allOf", "prefixItems"].flatMap((keyword) => schemaList(schema[keyword])),
    ...["items", "additionalProperties"].flatMap((keyword) => schema[keyword] ?? []).filter(isSchema),
    ...schemaTable(schema.properties).values(),
  ];
  return parts.some((part) => leadsToDate(part, context, seen));
}

function referenceName(schema: SchemaObject): string | undefined {
  if (typeof schema.$ref !== "string" || !schema.$ref.startsWith("#/$defs/")) return undefined;
  return schema.$ref.slice("#/$defs/".length).replace(/~1/g, "/").replace(/~0/g, "~");
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));
}

function schemaList(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function schemaTable(value: unknown): ReadonlyMap<string, JsonSchema> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).flatMap(([key, schema]) => (isSchema(schema) ? [[key, schema] as const] : [])));
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
