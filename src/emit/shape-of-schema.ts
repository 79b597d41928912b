import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { docOfSchema } from "./doc-of-schema.js";
import { intersect, mergeObjects } from "./intersect-shapes.js";
import { isSchemaObject, keyword, resolve, schemaMap, stringList, subschema, subschemas } from "./schema-facts.js";
import { type FieldShape, type IndexShape, literalShape, neverShape, type ObjectShape, type Shape, unite, unknownShape } from "./shape.js";

/** What is known around a schema. */
export interface ShapeContext {
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** Keys that the schemas around this one declare for the same object. */
  readonly declared: ReadonlySet<string>;
  /** Definitions that are being written out in place, to stop at recursion. */
  readonly inlined: readonly string[];
}

/** Keywords that only make sense for one kind of value: where no `type` is given, they tell what the author had in mind. */
const objectKeywords = [
  "properties",
  "patternProperties",
  "additionalProperties",
  "required",
  "propertyNames",
  "minProperties",
  "maxProperties",
];
const listKeywords = ["items", "prefixItems"];

/** The shape of a schema. Its cost is linear in the schema, references not followed. */
export function shapeOfSchema(schema: JsonSchema, context: ShapeContext): Shape {
  if (typeof schema === "boolean") return schema ? unknownShape : neverShape;
  const around = withDeclared(schema, context);
  const parts: Shape[] = [ownShape(schema, around), constantShape(schema)];
  for (const part of subschemas(schema, "allOf")) parts.push(partShape(part, around));
  for (const name of ["anyOf", "oneOf"]) {
    const branches = subschemas(schema, name);
    if (branches.length > 0) parts.push(unite(branches.map((branch) => shapeOfSchema(branch, around))));
  }
  const conditional = conditionalShape(schema, around);
  if (conditional) parts.push(conditional);
  parts.push(negatedShape(schema));
  if (Object.hasOwn(schema, "$ref")) {
    const alone = parts.every((part) => part.kind === "unknown");
    parts.push(alone ? referenceShape(schema, around) : partShape({ $ref: schema["$ref"] }, around));
  }
  return revived(schema, withOptionalExtras(schema, intersect(parts), around));
}

/** A member of an intersection. Where its index signature would wrongly judge its neighbours' keys it is written out in place. */
function partShape(part: JsonSchema, context: ShapeContext): Shape {
  if (!isSchemaObject(part)) return shapeOfSchema(part, context);
  const target = resolve(context.definitions, keyword(part, "$ref"));
  if (!target || !isSchemaObject(target.schema)) return shapeOfSchema(part, context);
  const bare = Object.keys(part).length === 1;
  const patterned = Object.hasOwn(target.schema, "patternProperties");
  if (!bare || !patterned) return shapeOfSchema(part, context);
  if (context.inlined.includes(target.key)) return unknownShape;
  return shapeOfSchema(target.schema, { ...context, inlined: [...context.inlined, target.key] });
}

function referenceShape(schema: SchemaObject, context: ShapeContext): Shape {
  const target = resolve(context.definitions, keyword(schema, "$ref"));
  if (!target) return unknownShape;
  return typeof target.schema === "boolean" ? shapeOfSchema(target.schema, context) : { kind: "ref", key: target.key };
}

function constantShape(schema: SchemaObject): Shape {
  const values = keyword(schema, "enum");
  const listed = Array.isArray(values) ? unite(values.map(literalShape)) : unknownShape;
  return Object.hasOwn(schema, "const") ? intersect([literalShape(schema["const"]), listed]) : listed;
}

/** What `type` and the keywords beside it say. */
function ownShape(schema: SchemaObject, context: ShapeContext): Shape {
  const type = keyword(schema, "type");
  if (typeof type === "string" || Array.isArray(type)) {
    return unite((Array.isArray(type) ? type : [type]).map((one: unknown) => typeShape(schema, one, context, false)));
  }
  const guesses: Shape[] = [];
  if (objectKeywords.some((name) => Object.hasOwn(schema, name))) guesses.push(objectShape(schema, context, true));
  if (listKeywords.some((name) => Object.hasOwn(schema, name))) guesses.push(listShape(schema, context, true));
  return guesses.length === 0 ? unknownShape : unite(guesses);
}

function typeShape(schema: SchemaObject, type: unknown, context: ShapeContext, loose: boolean): Shape {
  switch (type) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return { kind: "scalar", type };
    case "integer":
      return { kind: "scalar", type: "number" };
    case "object":
      return objectShape(schema, context, loose);
    case "array":
      return listShape(schema, context, loose);
    default:
      return unknownShape;
  }
}

/** `not` is told only where it names types or everything; else it says nothing a type can hold. */
function negatedShape(schema: SchemaObject): Shape {
  const not = keyword(schema, "not");
  if (not === true || (isSchemaObject(not) && Object.keys(not).length === 0)) return neverShape;
  if (!isSchemaObject(not) || Object.keys(not).length !== 1 || Object.hasOwn(schema, "type")) return unknownShape;
  const types = [keyword(not, "type")].flat();
  if (types.length === 0 || types.some((type) => typeof type !== "string" || type === "integer")) return unknownShape;
  const others = ["string", "number", "boolean", "null", "array", "object"].filter((type) => !types.includes(type));
  return unite(others.map((type) => typeShape({}, type, { definitions: new Map(), declared: new Set(), inlined: [] }, false)));
}

function objectShape(schema: SchemaObject, context: ShapeContext, loose: boolean): ObjectShape {
  const index = indexShape(schema, context);
  const required = new Set(stringList(schema, "required"));
  const inner: ShapeContext = { ...context, declared: new Set() };
  const fields = new Map<string, FieldShape>();
  for (const [key, property] of schemaMap(schema, "properties")) {
    if (isSchemaObject(property) && property["x-skip"] === true && !required.has(key)) continue;
    fields.set(key, { shape: shapeOfSchema(property, inner), required: required.has(key), doc: docOfSchema(property) });
  }
  const names = subschema(schema, "propertyNames");
  const named = index && !index.some && isSchemaObject(names) ? closedNames(names, context) : undefined;
  if (index && named)
    for (const key of named) if (!fields.has(key)) fields.set(key, { shape: index.shape, required: required.has(key), doc: "" });
  for (const key of required) {
    if (fields.has(key)) continue;
    // A required key that nobody declares may have been set aside with the undeclared ones.
    const value = index && !index.some ? index.shape : unknownShape;
    fields.set(key, { shape: value, required: context.declared.has(key) || value !== unknownShape, doc: "" });
  }
  const closed = keyword(schema, "additionalProperties") === false && !index;
  return { kind: "object", fields, closed, loose, ...(index && !named && { index }) };
}

/** The keys an object may have, where `propertyNames` lists them. */
function closedNames(names: SchemaObject, context: ShapeContext): readonly string[] | undefined {
  const target = resolve(context.definitions, keyword(names, "$ref"))?.schema ?? names;
  const values = isSchemaObject(target) ? keyword(target, "enum") : undefined;
  return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : undefined;
}

function indexShape(schema: SchemaObject, context: ShapeContext): IndexShape | undefined {
  const inner: ShapeContext = { ...context, declared: new Set() };
  const settings = keyword(schema, "x-extract");
  if (isSchemaObject(settings) && settings["open"] === true) return { shape: unknownShape, some: true };
  const rest = subschema(schema, "additionalProperties") ?? subschema(schema, "unevaluatedProperties");
  const hasRest = isSchemaObject(rest) && Object.keys(rest).length > 0;
  const patterns = schemaMap(schema, "patternProperties").map(([, pattern]) => shapeOfSchema(pattern, inner));
  const all = hasRest ? [...patterns, shapeOfSchema(rest, inner)] : patterns;
  if (all.length === 0) return undefined;
  return { shape: unite(all), some: patterns.length > 0 || !Object.hasOwn(schema, "additionalProperties") };
}

function listShape(schema: SchemaObject, context: ShapeContext, loose: boolean): Shape {
  const inner: ShapeContext = { ...context, declared: new Set() };
  const prefix = subschemas(schema, "prefixItems");
  const rest = subschema(schema, "items") ?? subschema(schema, "unevaluatedItems") ?? true;
  if (prefix.length === 0) return { kind: "array", item: shapeOfSchema(rest, inner), loose };
  const minimum = keyword(schema, "minItems");
  const maximum = keyword(schema, "maxItems");
  const items = prefix.map((item) => shapeOfSchema(item, inner)).slice(0, typeof maximum === "number" ? Math.max(0, maximum) : undefined);
  const closed = rest === false || (typeof maximum === "number" && maximum <= items.length);
  const required = Math.min(items.length, typeof minimum === "number" ? minimum : 0);
  return { kind: "tuple", items, required, loose, ...(!closed && { rest: shapeOfSchema(rest, inner) }) };
}

/** `if` with both outcomes is one of the two. */
function conditionalShape(schema: SchemaObject, context: ShapeContext): Shape | undefined {
  const yes = subschema(schema, "then");
  const no = subschema(schema, "else");
  if (!Object.hasOwn(schema, "if") || yes === undefined || no === undefined) return undefined;
  return unite([shapeOfSchema(yes, context), shapeOfSchema(no, context)]);
}

/** Keys that only a `then`, an `else` or a dependent schema declares are optional fields of the whole. */
function withOptionalExtras(schema: SchemaObject, shape: Shape, context: ShapeContext): Shape {
  const both = Object.hasOwn(schema, "then") && Object.hasOwn(schema, "else");
  const extras = [
    ...(both ? [] : ["then", "else"]).map((name) => subschema(schema, name)),
    ...schemaMap(schema, "dependentSchemas").map(([, dependent]) => dependent),
  ];
  const fields = new Map<string, FieldShape>();
  for (const extra of extras) {
    const outcome = extra === undefined ? unknownShape : shapeOfSchema(extra, { ...context, declared: new Set() });
    if (outcome.kind !== "object") continue;
    for (const [key, field] of outcome.fields) {
      const other = fields.get(key);
      if (!ownKeys(schema).has(key))
        fields.set(key, { ...field, shape: unite([field.shape, ...(other ? [other.shape] : [])]), required: false });
    }
  }
  if (fields.size === 0) return shape;
  const addition: ObjectShape = { kind: "object", fields, closed: false, loose: true };
  return shape.kind === "object" ? mergeObjects(shape, addition) : intersect([shape, addition]);
}

function ownKeys(schema: SchemaObject): ReadonlySet<string> {
  return new Set(schemaMap(schema, "properties").map(([key]) => key));
}

function revived(schema: SchemaObject, shape: Shape): Shape {
  return schema["x-revive"] === "Date" && shape.kind === "scalar" && shape.type === "string" ? { ...shape, date: true } : shape;
}

function withDeclared(schema: SchemaObject, context: ShapeContext): ShapeContext {
  const applicators = ["allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas", "$ref"].some((name) => Object.hasOwn(schema, name));
  if (!applicators) return context;
  const declared = new Set(context.declared);
  collectDeclared(schema, context.definitions, declared, new Set());
  return { ...context, declared };
}

/** Every key that a schema declares for its own object, through all that applies to it in place. */
function collectDeclared(schema: JsonSchema, defs: ShapeContext["definitions"], into: Set<string>, seen: Set<JsonSchema>): void {
  if (!isSchemaObject(schema) || seen.has(schema)) return;
  seen.add(schema);
  for (const [key] of schemaMap(schema, "properties")) into.add(key);
  const target = resolve(defs, keyword(schema, "$ref"));
  if (target) collectDeclared(target.schema, defs, into, seen);
  for (const name of ["allOf", "anyOf", "oneOf"]) for (const part of subschemas(schema, name)) collectDeclared(part, defs, into, seen);
  for (const name of ["then", "else"]) {
    const part = subschema(schema, name);
    if (part !== undefined) collectDeclared(part, defs, into, seen);
  }
  for (const [, part] of schemaMap(schema, "dependentSchemas")) collectDeclared(part, defs, into, seen);
}
