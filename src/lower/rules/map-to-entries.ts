import type { JsonSchema } from "../../read/schema-document.js";
import type { RuleContext, ShapeRule } from "../context.js";
import { isObject, isSchema, pointerSegment, schemaTable, stringList } from "../json.js";
import { sentence } from "../words.js";

/** Object without declared keys, of which the schema says what its values are → list of `{ key, value }`. */
export const mapToEntries: ShapeRule = (schema, at, context) => {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const additional = schema["additionalProperties"];
  const declared = schemaTable(schema["properties"]).length + stringList(schema["required"]).length;
  const typed = patterns.length > 0 || (isObject(additional) && Object.keys(additional).length > 0);
  if (declared > 0 || !typed) return undefined;
  const value = lowerMemberValue(schema, at, context);
  if (value === undefined) return undefined;
  context.note("map-to-entries", at, "the map is sent as a list of keys and values");
  context.report("lower/map-to-entries", at);
  const keyWords = keyDescription(schema);
  return { kind: "entries", origin: at, value, ...(keyWords !== undefined && { keyWords }) };
};

/** Lowers what undeclared members of an object may be. */
export function lowerMemberValue(
  schema: { readonly [keyword: string]: unknown },
  at: string,
  context: RuleContext,
): ReturnType<RuleContext["lower"]> {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const additional = schema["additionalProperties"];
  const values: JsonSchema[] = patterns.map(([, value]) => value);
  // Keys that match no pattern fall under additionalProperties; where that is left open beside patterns, the patterns are what is meant.
  if (isObject(additional) || patterns.length === 0) values.push(isSchema(additional) ? additional : true);
  const [only] = values;
  const place = patterns[0] === undefined ? `${at}/additionalProperties` : `${at}/patternProperties${pointerSegment(patterns[0][0])}`;
  return context.lower(values.length === 1 && only !== undefined ? only : { anyOf: values }, place);
}

/** What keys have to look like, in words. */
export function keyDescription(schema: { readonly [keyword: string]: unknown }): string | undefined {
  const patterns = schemaTable(schema["patternProperties"]).filter(([, value]) => value !== false);
  const names = isSchema(schema["propertyNames"]) ? sentence(schema["propertyNames"]) : undefined;
  const known = patterns
    .map(([pattern]) => pattern)
    .filter((pattern) => !["", ".*", "^.*$", ".", ".+", "^.+$", "^.*", "^"].includes(pattern));
  const words = [
    known.length > 0 && known.length === patterns.length ? `matches the regular expression ${known.join(" or ")}` : undefined,
    names,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join("; ");
}
