import type { SchemaObject } from "../read/schema-document.js";

/** Assertions and applicators by the type of value they speak of (JSON Schema 2020-12, validation and applicator vocabularies). */
export const typeKeywords = {
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
  ],
  array: ["items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"],
  string: ["minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType", "contentSchema"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
} as const satisfies { readonly [type: string]: readonly string[] };

/** Keywords that change neither the form nor the allowed values. */
export const annotationKeywords: readonly string[] = [
  "title",
  "description",
  "default",
  "examples",
  "example",
  "$comment",
  "$schema",
  "$id",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$defs",
  "definitions",
];

/** Tells keywords that only comment: the annotations, extensions, and sentences gathered by earlier rules. */
export function isAnnotation(keyword: string): boolean {
  return annotationKeywords.includes(keyword) || keyword.startsWith("x-");
}

/** The keywords of a schema that speak of one type, and extensions that belong to objects. */
export function keywordsFor(type: string, schema: SchemaObject): SchemaObject {
  const group = type === "integer" ? "number" : type;
  const names: readonly string[] = isTypeGroup(group) ? typeKeywords[group] : [];
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => names.includes(keyword) || (group === "object" && keyword === "x-extract")),
  );
}

/** Formats of the standard that are said of strings; others may be meant for anything. */
const stringFormats: readonly string[] = [
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "idn-email",
  "hostname",
  "idn-hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "iri",
  "iri-reference",
  "uuid",
  "uri-template",
  "json-pointer",
  "relative-json-pointer",
  "regex",
];

/** The types that a schema without `type` speaks of. Keywords that demand nothing (`required: []`) speak of none. */
export function impliedTypes(schema: SchemaObject): readonly string[] {
  return Object.entries(typeKeywords)
    .filter(([, names]) => names.some((name: string) => Object.hasOwn(schema, name) && demands(name, schema[name])))
    .map(([type]) => type);
}

function demands(keyword: string, value: unknown): boolean {
  if (keyword === "format") return typeof value === "string" && stringFormats.includes(value);
  return value !== true && (typeof value !== "object" || value === null || Object.keys(value).length > 0);
}

function isTypeGroup(type: string): type is keyof typeof typeKeywords {
  return Object.hasOwn(typeKeywords, type);
}
