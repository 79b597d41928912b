import { admitsNull } from "../../read/admits-null.js";
import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import type { RuleContext } from "../context.js";
import { isObject, isSchema, matches, pointerSegment, schemaTable, stringList } from "../json.js";
import type { Wire, WireExtras, WireField, WireObject } from "../wire.js";
import { isOpen, undeclared } from "../undeclared-keys.js";
import { keyDescription, lowerMemberValue } from "./map-to-entries.js";
import { optionalField } from "./optional.js";
import { freeKey } from "./tuple-to-object.js";

/**
 * Object → object that names all its keys and allows no others. What the schema leaves open is not asked for, unless
 * `x-extract.open` or the project wants it: then undeclared members travel as a list of keys and values. Undefined: no value is valid.
 */
export function closeObjects(schema: SchemaObject, at: string, context: RuleContext): Wire | undefined {
  const fields = lowerFields(schema, at, context);
  if (fields === undefined) return undefined;
  const reasoning = reasoningField(schema, { at, fields, context });
  const all = reasoning === undefined ? fields : [reasoning, ...fields];
  const extras = lowerExtras(schema, { at, fields: all, context });
  if (all.length === 0 && extras === undefined && !context.forms.switches.emptyObjects) {
    context.note("close-objects", at, "the object without properties is sent as the text {}");
    return { kind: "json", origin: at, enum: ["{}"] };
  }
  const object: WireObject = { kind: "object", origin: at, fields: all, ...(extras && { extras }) };
  return object;
}

function lowerFields(schema: SchemaObject, at: string, context: RuleContext): readonly WireField[] | undefined {
  const required = stringList(schema["required"]);
  const fields: WireField[] = [];
  for (const [key, declared, place] of declaredProperties(schema, at)) {
    const property = required.includes(key) ? inAllCases(declared) : declared;
    const node = isSkipped(property, context) ? "skipped" : context.lower(property, place);
    if (node === "skipped") {
      context.note("skip-fields", place, `${key} is not asked for`);
      if (required.includes(key)) context.report("lower/skip-required", place, { key });
    } else if (node !== undefined) {
      const admits = admitsNull(property, context.resolve);
      const conditional = isObject(property) && property["x-otherwise"] === "undeclared";
      const field = required.includes(key) ? { key, node, required: true } : optionalField({ key, node, admitsNull: admits }, context);
      fields.push(conditional ? { ...field, conditional } : field);
    } else if (required.includes(key)) return undefined;
  }
  return fields;
}

/** What a condition says of a property in one case only is not all that may stand there where the property is demanded. */
function inAllCases(property: JsonSchema): JsonSchema {
  return isObject(property) && property["x-otherwise"] === "undeclared" ? { ...property, "x-otherwise": "sent" } : property;
}

/** Declared properties in the schema's order, then keys that are only listed in `required`. */
function declaredProperties(schema: SchemaObject, at: string): readonly (readonly [string, JsonSchema, string])[] {
  const declared = schemaTable(schema["properties"]);
  const names = new Set(declared.map(([key]) => key));
  const additional = isSchema(schema["additionalProperties"]) ? schema["additionalProperties"] : true;
  const patterns = schemaTable(schema["patternProperties"]);
  const listed = stringList(schema["required"]).filter((key) => !names.has(key));
  return [
    ...declared.map(([key, property]) => [key, property, `${at}/properties${pointerSegment(key)}`] as const),
    ...listed.map((key) => [key, memberOf(key, patterns, additional), `${at}/required`] as const),
  ];
}

/** What an object says of a member that it does not declare by name. */
export function memberOf(key: string, patterns: readonly (readonly [string, JsonSchema])[], additional: JsonSchema): JsonSchema {
  const found = patterns.filter(([pattern]) => matches(pattern, key)).map(([, schema]) => schema);
  const [only] = found;
  if (only === undefined) return additional;
  return found.length === 1 ? only : { allOf: found };
}

function isSkipped(property: JsonSchema, context: RuleContext): boolean {
  if (!isObject(property)) return false;
  return property["x-skip"] === true || (property["readOnly"] === true && context.settings.readOnly === "skip");
}

function reasoningField(schema: SchemaObject, { at, fields, context }: Openness): WireField | undefined {
  const settings = schema["x-extract"];
  if (!isObject(settings) || settings["reasoning"] !== true) return undefined;
  const key = freeKey(
    "reasoning",
    fields.map((field) => field.key),
  );
  context.note("key-order", at, `${key} is asked for first and left out of the value`);
  const description = "Your reasoning for the values below, in a few sentences.";
  return { key, required: true, aside: true, node: { kind: "scalar", type: "string", origin: at, description } };
}

interface Openness {
  readonly at: string;
  readonly fields: readonly WireField[];
  readonly context: RuleContext;
}

function lowerExtras(schema: SchemaObject, { at, fields, context }: Openness): WireExtras | undefined {
  const additional = undeclared(schema, context);
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  if (additional === false && patterns.length === 0) return undefined;
  if (!isOpen(schema, context)) {
    const typed = patterns.length > 0 || (isObject(additional) && Object.keys(additional).length > 0);
    context.note("close-objects", at, "only declared keys are asked for");
    context.report(typed ? "lower/close-typed-object" : "lower/close-object", at);
    return undefined;
  }
  // Where nothing is said of them, that they are any JSON is what was asked for: no diagnostic.
  const untyped = patterns.length === 0 && !isObject(additional);
  const value: Wire | undefined = untyped ? { kind: "json", origin: at } : lowerMemberValue(schema, at, { ...context, open: true });
  if (value === undefined) return undefined;
  const words = keyDescription(schema);
  const description = `Further properties that are not listed here${words === undefined ? "" : `; the key ${words}`}`;
  const key = freeKey(
    "other_properties",
    fields.map((field) => field.key),
  );
  context.note("close-objects", at, `undeclared keys travel in ${key}`);
  return { key, value, description };
}
