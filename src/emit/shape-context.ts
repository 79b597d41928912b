import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { isSchemaObject, keyword, resolve, schemaMap, subschema, subschemas } from "./schema-facts.js";
import type { Shape } from "./shape.js";

/** What is known around a schema. */
export interface ShapeContext {
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** Shapes of schemas that stand for a value of their own: they don't depend on what is around them. */
  readonly known: Map<JsonSchema, Shape>;
  /** What the schemas around this one say, whatever else holds, of the properties of the same object. */
  readonly given: ReadonlyMap<string, readonly JsonSchema[]>;
  /** Keys that the schemas around this one speak of at all, be it in a branch. */
  readonly declared: ReadonlySet<string>;
  /** Takes the keys that only some outcome declares; the outermost schema of the object makes optional fields of them. */
  readonly extras: Map<string, Shape[]> | undefined;
  /** Definitions that are being written out in place, to stop at recursion. */
  readonly inlined: readonly string[];
}

export function rootContext(definitions: ReadonlyMap<string, JsonSchema>): ShapeContext {
  return { definitions, known: new Map(), given: new Map(), declared: new Set(), extras: undefined, inlined: [] };
}

/** For a schema that stands for a value of its own: a property, an item. */
export function innerContext(context: ShapeContext): ShapeContext {
  return { ...rootContext(context.definitions), known: context.known, inlined: context.inlined };
}

/** For a schema that applies to the same value under a condition. */
export function branchContext(context: ShapeContext): ShapeContext {
  return { ...context, extras: undefined };
}

/** Keywords whose schemas apply to the same value. */
export const applicators = ["allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas", "$ref"];

/** The context for what applies to the same value as the schema does. */
export function contextWithin(schema: SchemaObject, context: ShapeContext): ShapeContext {
  if (!applicators.some((name) => Object.hasOwn(schema, name))) return { ...context, extras: context.extras ?? new Map() };
  const declared = new Set(context.declared);
  collectDeclared(schema, context.definitions, declared, new Set());
  const given = new Map(context.given);
  collectGiven(schema, context.definitions, given, new Set());
  return { ...context, declared, given, extras: context.extras ?? new Map() };
}

function collectGiven(
  schema: JsonSchema,
  defs: ShapeContext["definitions"],
  into: Map<string, readonly JsonSchema[]>,
  seen: Set<JsonSchema>,
): void {
  if (!isSchemaObject(schema) || seen.has(schema)) return;
  seen.add(schema);
  for (const [key, property] of schemaMap(schema, "properties")) {
    const others = into.get(key) ?? [];
    if (!others.includes(property)) into.set(key, [...others, property]);
  }
  const target = resolve(defs, keyword(schema, "$ref"));
  if (target) collectGiven(target.schema, defs, into, seen);
  for (const part of subschemas(schema, "allOf")) collectGiven(part, defs, into, seen);
}

/** Every key that a schema declares for its own object, through all that may apply to it in place. */
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
