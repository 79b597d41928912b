import type { JsonNode } from "./json-node.js";
import { stringOf } from "./json-node.js";
import type { ValueKind } from "./keywords.js";
import { suggest } from "./suggest.js";

/** Why a keyword's value cannot be read, in the words of the diagnostic. */
export interface ValueFault {
  readonly expected: string;
  readonly found: string;
  readonly advice: string;
}

export const typeNames = ["array", "boolean", "integer", "null", "number", "object", "string"] as const;

/** Says what is wrong with a keyword's value; undefined when nothing is. Looks one level deep: schemas inside are checked as such. */
export function checkValue(keyword: string, kind: ValueKind, node: JsonNode): ValueFault | undefined {
  const rule = rules[kind];
  if (rule.accepts(node)) return undefined;
  return { expected: rule.expected, found: describeValue(node), advice: rule.advice(keyword, node) };
}

/** A value in a few words: `the string "strng"`, `an object`. */
export function describeValue(node: JsonNode): string {
  if (node.kind === "object") return "an object";
  if (node.kind === "array") return node.items.length === 0 ? "an empty array" : "an array";
  if (node.value === null) return "null";
  if (typeof node.value === "string") return `the string ${JSON.stringify(clip(node.value))}`;
  return `${typeof node.value === "number" ? "the number " : ""}${String(node.value)}`;
}

interface ValueRule {
  readonly expected: string;
  readonly accepts: (node: JsonNode) => boolean;
  readonly advice: (keyword: string, node: JsonNode) => string;
}

const isBoolean = (node: JsonNode): boolean => node.kind === "scalar" && typeof node.value === "boolean";
const isString = (node: JsonNode): boolean => stringOf(node) !== undefined;
const isNumber = (node: JsonNode): boolean => numberOf(node) !== undefined;
const isObject = (node: JsonNode): boolean => node.kind === "object";
const isSchema = (node: JsonNode): boolean => isObject(node) || isBoolean(node);
const isStrings = (node: JsonNode): boolean => node.kind === "array" && node.items.every(isString);

const rules: Readonly<Record<ValueKind, ValueRule>> = {
  any: { expected: "a value", accepts: () => true, advice: () => "" },
  boolean: {
    expected: "true or false",
    accepts: isBoolean,
    advice: (_, node) => `Write ${unquoted(node, ["true", "false"], "true or false")} without quotes.`,
  },
  bound: {
    expected: "a number",
    accepts: (node) => isNumber(node) || isBoolean(node),
    advice: numberAdvice,
  },
  count: { expected: "a whole number from 0 up", accepts: isCount, advice: numberAdvice },
  dependencies: {
    expected: "an object of schemas and lists of property names",
    accepts: (node) =>
      node.kind === "object" && [...node.members.values()].every((value) => isSchema(value) || isStrings(value) || isString(value)),
    advice: () => 'Write, for example, { "card": ["address"] }.',
  },
  enum: {
    expected: "an array of values",
    accepts: (node) => node.kind === "array",
    advice: () => 'List the values: ["red", "green"].',
  },
  items: {
    expected: "a schema (an object, true or false)",
    accepts: (node) => isSchema(node) || node.kind === "array",
    advice: schemaAdvice,
  },
  list: { expected: "an array", accepts: (node) => node.kind === "array", advice: () => "Put the value into brackets." },
  "name-lists": {
    expected: "an object of lists of property names",
    accepts: (node) => node.kind === "object" && [...node.members.values()].every(isStrings),
    advice: () => 'Write, for example, { "card": ["address"] }.',
  },
  names: {
    expected: "an array of property names",
    accepts: isStrings,
    advice: (_, node) =>
      isBoolean(node)
        ? "Since draft 04 the object says which properties it requires: put the property's name into `required` of the schema that holds `properties`."
        : 'List the names as strings: ["name", "age"].',
  },
  number: { expected: "a number", accepts: isNumber, advice: numberAdvice },
  object: { expected: "an object", accepts: isObject, advice: () => "Write an object, or remove the keyword." },
  pattern: {
    expected: "a regular expression, as a string",
    accepts: isString,
    advice: () => 'Write it as a string, without slashes: "^[a-z]+$".',
  },
  positive: { expected: "a number above 0", accepts: (node) => (numberOf(node) ?? 0) > 0, advice: numberAdvice },
  schema: { expected: "a schema (an object, true or false)", accepts: isSchema, advice: schemaAdvice },
  "schema-list": {
    expected: "an array of at least one schema",
    accepts: (node) => node.kind === "array" && node.items.length > 0,
    advice: (_, node) => (isObject(node) ? "Put the schema into brackets." : 'List the schemas: [{ "type": "string" }].'),
  },
  "schema-map": {
    expected: "an object of schemas",
    accepts: isObject,
    advice: () => 'Write one schema for each name: { "name": { "type": "string" } }.',
  },
  string: { expected: "a string", accepts: isString, advice: () => "Put the text into double quotes, or remove the keyword." },
  type: { expected: `one of ${typeNames.join(", ")}, or an array of them`, accepts: isType, advice: typeAdvice },
};

function isType(node: JsonNode): boolean {
  if (node.kind === "array") return node.items.length > 0 && node.items.every((item) => item.kind === "scalar" && isType(item));
  return node.kind === "scalar" && typeNames.some((name) => name === node.value);
}

function isCount(node: JsonNode): boolean {
  const value = numberOf(node);
  return value !== undefined && Number.isInteger(value) && value >= 0;
}

function numberOf(node: JsonNode): number | undefined {
  return node.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

function numberAdvice(keyword: string, node: JsonNode): string {
  const text = stringOf(node)?.trim();
  if (text && Number.isFinite(Number(text))) return `Write it without quotes: "${keyword}": ${Number(text)}.`;
  return "Write a number, or remove the keyword.";
}

function schemaAdvice(_: string, node: JsonNode): string {
  const name = stringOf(node);
  if (name !== undefined && typeNames.some((type) => type === name)) return `Write { "type": "${name}" }.`;
  return 'Write a schema, for example { "type": "string" }.';
}

const otherTypeNames: ReadonlyMap<string, string> = new Map([
  ["any", "Remove `type`: without it any value is allowed."],
  ...["int", "int32", "int64", "long"].map((name) => [name, 'JSON Schema calls it "integer".'] as const),
  ...["float", "double", "decimal"].map((name) => [name, 'JSON Schema calls it "number".'] as const),
  ...["str", "text", "char"].map((name) => [name, 'JSON Schema calls it "string".'] as const),
  ...["dict", "map", "record", "struct"].map((name) => [name, 'JSON Schema calls it "object".'] as const),
  ...["list", "tuple", "set"].map((name) => [name, 'JSON Schema calls it "array".'] as const),
  ...["bool"].map((name) => [name, 'JSON Schema calls it "boolean".'] as const),
  ...["date", "datetime", "date-time", "timestamp"].map(
    (name) => [name, 'Write "type": "string" with "format": "date-time" or "date".'] as const,
  ),
  ...["file", "binary", "bytes"].map((name) => [name, 'Write "type": "string"; JSON has no bytes.'] as const),
  ...["none", "nil", "undefined"].map((name) => [name, 'JSON Schema calls it "null".'] as const),
]);

function typeAdvice(_: string, node: JsonNode): string {
  const faulty = node.kind === "array" ? (node.items.find((item) => !isType(item)) ?? node) : node;
  if (faulty.kind === "scalar" && faulty.value === null) return 'Put it into quotes: "null".';
  const name = stringOf(faulty);
  if (name === undefined) return "Use `anyOf` to allow several schemas; `type` takes names only.";
  const known = otherTypeNames.get(name.toLowerCase());
  if (known) return known;
  const near = suggest(name, typeNames);
  return near ? `Did you mean "${near}"?` : "Use one of those names.";
}

function unquoted(node: JsonNode, values: readonly string[], otherwise: string): string {
  const text = stringOf(node)?.toLowerCase();
  return values.find((value) => value === text) ?? otherwise;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
