import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { docOfSchema } from "./doc-of-schema.js";
import { intersect } from "./intersect-shapes.js";
import { isSchemaObject, keyword, resolve, schemaMap, stringList, subschema, subschemas } from "./schema-facts.js";
import { applicators, branchContext, contextWithin, innerContext, rootContext, type ShapeContext } from "./shape-context.js";
import {
  type FieldShape,
  type IndexShape,
  literalShape,
  neverShape,
  type ObjectShape,
  type Shape,
  shapeWeight,
  unite,
  unknownShape,
} from "./shape.js";

/** A field that is only made required says its type again up to this weight. */
const longestRepetition = 6;

/** The shape of a schema. Its cost is linear in the schema, references not followed. */
export function shapeOfSchema(schema: JsonSchema, context: ShapeContext): Shape {
  if (typeof schema === "boolean") return schema ? unknownShape : neverShape;
  const around = contextWithin(schema, context);
  const parts: Shape[] = [ownShape(schema, around), constantShape(schema)];
  for (const part of subschemas(schema, "allOf")) parts.push(partShape(part, around));
  for (const name of ["anyOf", "oneOf"]) parts.push(branchesShape(subschemas(schema, name), around));
  parts.push(conditionalShape(schema, around), negatedShape(schema));
  if (Object.hasOwn(schema, "$ref")) {
    const alone = parts.every((part) => part.kind === "unknown");
    parts.push(alone ? referenceShape(schema, around) : partShape({ $ref: schema["$ref"] }, around));
  }
  const shape = intersect(parts);
  const isOutermost = context.extras === undefined && around.extras;
  return revived(schema, isOutermost ? intersect([shape, extrasShape(around.extras, shape)]) : shape);
}

/** The shape of a schema that stands for a value of its own. */
function valueShape(schema: JsonSchema, context: ShapeContext): Shape {
  const known = context.known.get(schema);
  if (known) return known;
  const shape = shapeOfSchema(schema, innerContext(context));
  // What is written out in place of a reference is cut off at recursion, so it is not for reuse elsewhere.
  if (typeof schema === "object" && context.inlined.length === 0) context.known.set(schema, shape);
  return shape;
}

function branchesShape(branches: readonly JsonSchema[], context: ShapeContext): Shape {
  if (branches.length === 0) return unknownShape;
  const shapes = branches.map((branch) => shapeOfSchema(branch, branchContext(context)));
  const union = unite(shapes);
  // A branch that says nothing makes the union say nothing, but the keys of the others may still be there, with any value.
  if (union.kind === "unknown") for (const shape of shapes) noteExtras(shape, context, unknownShape);
  return union;
}

/** `if` with both outcomes is one of the two; with one outcome, and for dependent schemas, their keys are optional fields. */
function conditionalShape(schema: SchemaObject, context: ShapeContext): Shape {
  const outcome = (part: JsonSchema): Shape => shapeOfSchema(part, branchContext(context));
  for (const [, dependent] of schemaMap(schema, "dependentSchemas")) noteExtras(outcome(dependent), context);
  if (!Object.hasOwn(schema, "if")) return unknownShape;
  const outcomes = ["then", "else"].map((name) => subschema(schema, name) ?? true).map(outcome);
  const union = unite(outcomes);
  if (union.kind === "unknown") for (const shape of outcomes) noteExtras(shape, context);
  return union;
}

/** @param value what the keys hold, where that is not what the shape says */
function noteExtras(shape: Shape, context: ShapeContext, value?: Shape): void {
  if (shape.kind === "union" || shape.kind === "intersection") for (const part of shape.of) noteExtras(part, context, value);
  if (shape.kind !== "object") return;
  for (const [key, field] of shape.fields) {
    if (context.given.has(key)) continue;
    context.extras?.set(key, [...(context.extras.get(key) ?? []), value ?? field.shape]);
  }
}

/** @param beside the shape they are added to: what it says of a key holds in the other cases too */
function extrasShape(extras: ReadonlyMap<string, readonly Shape[]>, beside: Shape): Shape {
  if (extras.size === 0) return unknownShape;
  const fields = new Map(
    [...extras].map(([key, shapes]) => [key, { shape: speaksOf(beside, key) ? unknownShape : unite(shapes), required: false, doc: "" }]),
  );
  return { kind: "object", fields, closed: false, loose: true };
}

function speaksOf(shape: Shape, key: string): boolean {
  if (shape.kind === "union" || shape.kind === "intersection") return shape.of.some((part) => speaksOf(part, key));
  return shape.kind === "object" && (shape.fields.has(key) || shape.index?.some === false);
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

/** Keywords that speak of an object: where no `type` is given, they tell what the author had in mind. Empty ones tell nothing. */
function meansObject(schema: SchemaObject): boolean {
  if (stringList(schema, "required").length > 0 || Object.hasOwn(schema, "propertyNames") || isOpen(schema)) return true;
  return (
    ["properties", "patternProperties"].some((name) => schemaMap(schema, name).length > 0) ||
    isSchemaObject(keyword(schema, "additionalProperties"))
  );
}

/** What `type` and the keywords beside it say. */
function ownShape(schema: SchemaObject, context: ShapeContext): Shape {
  const type = keyword(schema, "type");
  if (typeof type === "string" || Array.isArray(type)) {
    return unite((Array.isArray(type) ? type : [type]).map((one: unknown) => typeShape(schema, one, context, false)));
  }
  const guesses: Shape[] = [];
  if (meansObject(schema)) guesses.push(objectShape(schema, context, true));
  if (Object.hasOwn(schema, "items") || Object.hasOwn(schema, "prefixItems")) guesses.push(listShape(schema, context, true));
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
  return unite(others.map((type) => typeShape({}, type, rootContext(new Map()), false)));
}

function objectShape(schema: SchemaObject, context: ShapeContext, loose: boolean): ObjectShape {
  const index = indexShape(schema, context);
  const required = new Set(stringList(schema, "required"));
  const fields = new Map<string, FieldShape>();
  for (const [key, property] of schemaMap(schema, "properties")) {
    const whole = isAtomic(property, context) && { whole: true as const };
    fields.set(key, { shape: valueShape(property, context), required: required.has(key), doc: docOfSchema(property), ...whole });
  }
  const names = subschema(schema, "propertyNames");
  const named = index && !index.some && isSchemaObject(names) ? closedNames(names, context) : undefined;
  if (index && named)
    for (const key of named) if (!fields.has(key)) fields.set(key, { shape: index.shape, required: required.has(key), doc: "" });
  for (const key of required) if (!fields.has(key)) fields.set(key, requiredElsewhere(key, index, context));
  const closed = keyword(schema, "additionalProperties") === false && !index;
  return { kind: "object", fields, closed, loose, ...(index && !named && { index }) };
}

/** Marked itself, or where it refers to. */
function isAtomic(property: JsonSchema, { definitions }: ShapeContext): boolean {
  if (!isSchemaObject(property)) return false;
  const target = resolve(definitions, keyword(property, "$ref"))?.schema;
  return property["x-stream"] === "atomic" || (isSchemaObject(target) && target["x-stream"] === "atomic");
}

/** A required key that the schema itself does not declare. */
function requiredElsewhere(key: string, index: IndexShape | undefined, context: ShapeContext): FieldShape {
  if (index && !index.some) return { shape: index.shape, required: true, doc: "" };
  // A key that nobody declares may have been set aside with the undeclared ones.
  if (!context.declared.has(key)) return { shape: unknownShape, required: false, doc: "" };
  const shape = intersect((context.given.get(key) ?? []).map((property) => valueShape(property, context)));
  const known = shape.kind !== "unknown" && shapeWeight(shape) <= longestRepetition;
  return { shape: known ? shape : { kind: "present" }, required: true, doc: "" };
}

/** The keys an object may have, where `propertyNames` lists them. */
function closedNames(names: SchemaObject, context: ShapeContext): readonly string[] | undefined {
  const target = resolve(context.definitions, keyword(names, "$ref"))?.schema ?? names;
  const values = isSchemaObject(target) ? keyword(target, "enum") : undefined;
  return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : undefined;
}

function indexShape(schema: SchemaObject, context: ShapeContext): IndexShape | undefined {
  if (isOpen(schema)) return { shape: unknownShape, some: true };
  const rest = subschema(schema, "additionalProperties") ?? subschema(schema, "unevaluatedProperties");
  const hasRest = isSchemaObject(rest) && Object.keys(rest).length > 0;
  const patterns = schemaMap(schema, "patternProperties").map(([, pattern]) => valueShape(pattern, context));
  const all = hasRest ? [...patterns, valueShape(rest, context)] : patterns;
  if (all.length === 0) return undefined;
  return { shape: unite(all), some: patterns.length > 0 || !Object.hasOwn(schema, "additionalProperties") };
}

function isOpen(schema: SchemaObject): boolean {
  const settings = keyword(schema, "x-extract");
  return isSchemaObject(settings) && settings["open"] === true;
}

function listShape(schema: SchemaObject, context: ShapeContext, loose: boolean): Shape {
  const prefix = subschemas(schema, "prefixItems");
  const rest = subschema(schema, "items") ?? unevaluatedItems(schema);
  if (prefix.length === 0) return { kind: "array", item: valueShape(rest, context), loose };
  const minimum = keyword(schema, "minItems");
  const maximum = keyword(schema, "maxItems");
  const items = prefix.map((item) => valueShape(item, context)).slice(0, typeof maximum === "number" ? Math.max(0, maximum) : undefined);
  const closed = rest === false || (typeof maximum === "number" && maximum <= items.length);
  const required = Math.min(items.length, typeof minimum === "number" ? minimum : 0);
  return { kind: "tuple", items, required, loose, ...(!closed && { rest: valueShape(rest, context) }) };
}

/** What `unevaluatedItems` says of the items that `prefixItems` leaves: nothing where another keyword may speak of them. */
function unevaluatedItems(schema: SchemaObject): JsonSchema {
  const mayEvaluate = [...applicators, "if", "contains"];
  return mayEvaluate.some((name) => Object.hasOwn(schema, name)) ? true : (subschema(schema, "unevaluatedItems") ?? true);
}

function revived(schema: SchemaObject, shape: Shape): Shape {
  return schema["x-revive"] === "Date" && shape.kind === "scalar" && shape.type === "string" ? { ...shape, date: true } : shape;
}
