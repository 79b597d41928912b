import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import type { RuleContext, ShapeRule } from "../context.js";
import { isObject, isSchema, pointerSegment, schemaTable, stringList } from "../json.js";
import type { Wire } from "../wire.js";
import { isOpen, undeclared } from "../undeclared-keys.js";
import { sentence } from "../words.js";

/** Object without declared keys, of which the schema says what its values are → list of `{ key, value }`. */
export const mapToEntries: ShapeRule = (schema, at, context) => {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const additional = undeclared(schema, context);
  const declared = schemaTable(schema["properties"]).length + stringList(schema["required"]).length;
  const typed = patterns.length > 0 || (isObject(additional) && Object.keys(additional).length > 0);
  if (declared > 0 || !typed) return undefined;
  const value = lowerMemberValue(schema, at, { ...context, open: isOpen(schema, context) });
  if (value === undefined) return undefined;
  context.note("map-to-entries", at, "the map is sent as a list of keys and values");
  context.report("lower/map-to-entries", at);
  const keyWords = keyDescription(schema);
  const keys = hasOtherKeys(schema, context) ? patterns.map(([pattern]) => pattern) : undefined;
  if (keys !== undefined && !isOpen(schema, context)) {
    context.note("close-objects", at, "keys that match no pattern are not asked for");
    context.report("lower/close-object", at);
  }
  return { kind: "entries", origin: at, value, ...(keyWords !== undefined && { keyWords }), ...(keys && { keys }) };
};

/** Patterns that every key matches. */
const everyKey: readonly string[] = ["", ".*", "^.*$", ".", ".+", "^.+$", "^.*", "^"];

/** Whether there may be keys beside those that match a pattern, of which nothing is said. */
function hasOtherKeys(schema: SchemaObject, context: Pick<RuleContext, "settings">): boolean {
  const patterns = schemaTable(schema["patternProperties"]);
  const additional = undeclared(schema, context) ?? true;
  const said = additional !== true && (!isObject(additional) || Object.keys(additional).length > 0);
  return patterns.length > 0 && !said && !patterns.some(([pattern]) => everyKey.includes(pattern));
}

interface MemberContext extends RuleContext {
  /** `true`: keys that match no pattern are asked for too, with any JSON. */
  readonly open: boolean;
}

/** Lowers what undeclared members of an object may be. */
export function lowerMemberValue(schema: SchemaObject, at: string, context: MemberContext): Wire | undefined {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const additional = undeclared(schema, context);
  const values: JsonSchema[] = patterns.map(([, value]) => value);
  // Keys that match no pattern fall under additionalProperties; where that is left open beside patterns, the patterns are what is meant.
  if (isObject(additional) || patterns.length === 0) values.push(isSchema(additional) ? additional : true);
  const [only] = values;
  const place = patterns[0] === undefined ? `${at}/additionalProperties` : `${at}/patternProperties${pointerSegment(patterns[0][0])}`;
  const value = context.lower(values.length === 1 && only !== undefined ? only : { anyOf: values }, place);
  if (!context.open || !hasOtherKeys(schema, context)) return value;
  // Nothing is valid under a key that matches a pattern; under others it is.
  if (value === undefined) return { kind: "json", origin: at };
  const any: Wire = { kind: "unwrap", origin: at, key: "json", node: { kind: "json", origin: at } };
  return { kind: "union", origin: at, branches: [value, any] };
}

/** What keys have to look like, in words. */
export function keyDescription(schema: { readonly [keyword: string]: unknown }): string | undefined {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const names = isSchema(schema["propertyNames"]) ? sentence(schema["propertyNames"]) : undefined;
  const known = patterns.map(([pattern]) => pattern).filter((pattern) => !everyKey.includes(pattern));
  const words = [
    known.length > 0 && known.length === patterns.length ? `matches the regular expression ${known.join(" or ")}` : undefined,
    names,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join("; ");
}
