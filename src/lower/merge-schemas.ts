import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { canonicalText, isObject, isSchema, schemaList, schemaTable, stringList } from "./json.js";
import { isAnnotation } from "./keywords.js";

/** Product of two lists of branches beyond which the second list is only checked afterwards. */
const widestProduct = 12;

/** What `mergeSchemas` could not say in one schema: the merged schema allows more than both together. */
export interface Merged {
  readonly schema: SchemaObject | false;
  /** Keywords of the second schema that are lost. */
  readonly lost: readonly string[];
}

/**
 * One schema for values that are valid under both; `false` if there are none. Where the exact intersection has no form of its own
 * (two patterns), the result allows more, and `lost` says which keywords are to be checked some other way. Neither schema may
 * have `$ref` or `allOf`. Of annotations, those of `first` stay.
 */
export function mergeSchemas(first: SchemaObject, second: SchemaObject): Merged {
  const lost: string[] = [];
  const merged: { [keyword: string]: unknown } = { ...first };
  for (const [keyword, value] of Object.entries(second)) {
    if (objectKeywords.includes(keyword)) continue;
    if (!Object.hasOwn(first, keyword)) {
      merged[keyword] = value;
      continue;
    }
    const both = mergeKeyword(keyword, first[keyword], value);
    if (both === nothing) return { schema: false, lost };
    if (both === undefined) lost.push(keyword);
    else merged[keyword] = both;
  }
  const members = mergeMembers(first, second);
  const schema = { ...merged, ...members };
  return { schema: schema["type"] === "object" && lacksRequired(members) ? false : schema, lost };
}

const objectKeywords: readonly string[] = ["properties", "patternProperties", "additionalProperties", "required"];

/** Result of keywords that exclude each other. */
const nothing = Symbol("nothing");

/** Both values of one keyword in one; undefined where that has no form. */
function mergeKeyword(keyword: string, first: unknown, second: unknown): unknown {
  if (keyword === "x-words") return [...new Set([...stringList(first), ...stringList(second)])];
  if (keyword === "x-extract" && isObject(first) && isObject(second)) return { ...second, ...first };
  if (isAnnotation(keyword) || canonicalText(first) === canonicalText(second)) return first;
  switch (keyword) {
    case "type":
      return mergeTypes(first, second);
    case "enum":
      return mergeEnums(first, second);
    case "const":
      return nothing;
    case "minimum":
    case "exclusiveMinimum":
    case "minLength":
    case "minItems":
    case "minProperties":
    case "minContains":
      return Math.max(Number(first), Number(second));
    case "maximum":
    case "exclusiveMaximum":
    case "maxLength":
    case "maxItems":
    case "maxProperties":
    case "maxContains":
      return Math.min(Number(first), Number(second));
    case "multipleOf":
      return mergeMultiples(Number(first), Number(second));
    case "uniqueItems":
      return first === true || second === true;
    case "items":
      return isSchema(first) && isSchema(second) ? both(first, second) : undefined;
    case "prefixItems":
      return mergePrefixes(schemaList(first), schemaList(second));
    case "anyOf":
    case "oneOf":
      return product(schemaList(first), schemaList(second));
    default:
      return undefined;
  }
}

function mergeTypes(first: unknown, second: unknown): unknown {
  const left = typeList(first);
  const right = typeList(second);
  const shared = left.filter((type) => right.includes(type));
  // Every integer is a number: the narrower name stays.
  if (!shared.includes("integer") && !shared.includes("number") && [...left, ...right].includes("integer")) {
    if ([...left, ...right].includes("number")) shared.push("integer");
  }
  return shared.length === 0 ? nothing : shared.length === 1 ? shared[0] : shared;
}

function typeList(type: unknown): readonly string[] {
  return typeof type === "string" ? [type] : stringList(type);
}

function mergeEnums(first: unknown, second: unknown): unknown {
  if (!Array.isArray(first) || !Array.isArray(second)) return undefined;
  const texts = new Set(second.map(canonicalText));
  const shared: unknown[] = first.filter((value) => texts.has(canonicalText(value)));
  return shared.length === 0 ? nothing : shared;
}

function mergeMultiples(first: number, second: number): number | undefined {
  if (first % second === 0) return first;
  return second % first === 0 ? second : undefined;
}

function mergePrefixes(first: readonly JsonSchema[], second: readonly JsonSchema[]): readonly JsonSchema[] {
  const [long, short] = first.length >= second.length ? [first, second] : [second, first];
  return long.map((item, index) => {
    const other = short[index];
    return other === undefined ? item : both(item, other);
  });
}

function product(first: readonly JsonSchema[], second: readonly JsonSchema[]): readonly JsonSchema[] | undefined {
  if (first.length * second.length > widestProduct) return undefined;
  return first.flatMap((left) => second.map((right) => both(left, right)));
}

/** A schema for what both allow, worked out when it is lowered itself. */
function both(first: JsonSchema, second: JsonSchema): JsonSchema {
  if (first === false || second === false) return false;
  if (first === true || isEmpty(first)) return second;
  if (second === true || isEmpty(second) || canonicalText(first) === canonicalText(second)) return first;
  return { allOf: [first, second] };
}

function isEmpty(schema: JsonSchema): boolean {
  return isObject(schema) && Object.keys(schema).length === 0;
}

/** The four keywords that speak of an object's members have to be merged together. */
function mergeMembers(first: SchemaObject, second: SchemaObject): SchemaObject {
  const required = [...new Set([...stringList(first["required"]), ...stringList(second["required"])])];
  const properties = new Map<string, JsonSchema>();
  for (const [key, schema] of schemaTable(first["properties"])) properties.set(key, both(schema, memberSchema(second, key)));
  for (const [key, schema] of schemaTable(second["properties"])) {
    if (!properties.has(key)) properties.set(key, both(memberSchema(first, key), schema));
  }
  for (const [key, schema] of properties) {
    if (schema === false && !required.includes(key)) properties.delete(key);
  }
  const patterns = new Map(schemaTable(first["patternProperties"]));
  for (const [pattern, schema] of schemaTable(second["patternProperties"])) {
    const known = patterns.get(pattern);
    patterns.set(pattern, known === undefined ? schema : both(known, schema));
  }
  const additional = mergeAdditional(first["additionalProperties"], second["additionalProperties"]);
  const declares = Object.hasOwn(first, "properties") || Object.hasOwn(second, "properties");
  return {
    ...(declares && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...(patterns.size > 0 && { patternProperties: Object.fromEntries(patterns) }),
    ...(additional !== undefined && { additionalProperties: additional }),
  };
}

/** Whether a required property has no value: then no object is valid, but what is no object may be. */
function lacksRequired(members: SchemaObject): boolean {
  const required = stringList(members["required"]);
  return schemaTable(members["properties"]).some(([key, schema]) => schema === false && required.includes(key));
}

function mergeAdditional(first: unknown, second: unknown): JsonSchema | undefined {
  if (!isSchema(first)) return isSchema(second) ? second : undefined;
  return isSchema(second) ? both(first, second) : first;
}

/** What a schema says of a member it may or may not declare. */
function memberSchema(schema: SchemaObject, key: string): JsonSchema {
  const properties = schemaTable(schema["properties"]);
  const declared = properties.find(([name]) => name === key);
  if (declared !== undefined) return declared[1];
  if (schemaTable(schema["patternProperties"]).length > 0) return true;
  return isSchema(schema["additionalProperties"]) ? schema["additionalProperties"] : true;
}
