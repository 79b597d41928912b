import { contradictingBounds } from "../read/contradicting-bounds.js";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { isObject, schemaList, schemaTable, stringList } from "./json.js";

const formatNames: { readonly [format: string]: string } = {
  "date-time": "date and time as in 2024-05-31T14:00:00Z",
  date: "date as in 2024-05-31",
  time: "time as in 14:00:00Z",
  duration: "duration as in P1DT2H",
  email: "e-mail address",
  "idn-email": "e-mail address",
  hostname: "host name",
  "idn-hostname": "host name",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
  uri: "URI",
  "uri-reference": "URI or relative reference",
  iri: "IRI",
  "iri-reference": "IRI or relative reference",
  uuid: "UUID",
  "json-pointer": "JSON pointer",
  regex: "regular expression",
};

type Say = (schema: SchemaObject) => string | undefined;

/** Constraints of one schema in words, leaving out those that are `sent` as keywords. */
export function constraintWords(schema: SchemaObject, sent: readonly string[]): readonly string[] {
  const keywords = Object.keys(schema).filter((keyword) => constraints.has(keyword) && !sent.includes(keyword));
  if (keywords.length === 0) return stringList(schema["x-words"]);
  const open: SchemaObject = Object.fromEntries(keywords.map((keyword) => [keyword, schema[keyword]]));
  const words = sayings.map((say) => say(open)).filter((word) => word !== undefined);
  return [...words, ...stringList(schema["x-words"])];
}

const sayings: readonly Say[] = [
  (schema) => count(schema["minLength"], schema["maxLength"], "character"),
  (schema) => text(schema["pattern"], (pattern) => `matches the regular expression ${pattern}`),
  (schema) => text(schema["format"], (format) => `format: ${Object.hasOwn(formatNames, format) ? formatNames[format] : format}`),
  (schema) => text(schema["contentEncoding"], (encoding) => `encoded as ${encoding}`),
  (schema) => text(schema["contentMediaType"], (type) => `content type ${type}`),
  bounds,
  (schema) => (typeof schema["multipleOf"] === "number" ? `multiple of ${schema["multipleOf"]}` : undefined),
  (schema) => count(schema["minItems"], schema["maxItems"], "item"),
  (schema) => (schema["uniqueItems"] === true ? "no duplicates" : undefined),
  contains,
  (schema) => count(schema["minProperties"], schema["maxProperties"], "property", "properties"),
];

/** What the sayings look at. */
const constraints: ReadonlySet<string> = new Set(
  (
    "minLength maxLength pattern format contentEncoding contentMediaType minimum maximum exclusiveMinimum exclusiveMaximum multipleOf " +
    "minItems maxItems uniqueItems contains minContains maxContains minProperties maxProperties"
  ).split(" "),
);

/** What a schema demands, in a few words; undefined where there is nothing to say. Long ones are cut. */
export function sentence(schema: JsonSchema, depth = 0): string | undefined {
  if (schema === true) return undefined;
  if (schema === false) return "nothing is allowed";
  if (depth > 3) return undefined;
  const parts: (string | undefined)[] = [
    typeWords(schema),
    valueWords(schema),
    ...constraintWords(schema, []),
    ...propertyWords(schema, depth),
    ...listed(schema, "anyOf", " or ", depth),
    ...listed(schema, "oneOf", " or else ", depth),
    ...listed(schema, "allOf", " and ", depth),
    isObject(schema["not"]) ? prefixed("not ", sentence(schema["not"], depth + 1)) : undefined,
  ];
  const text = parts.filter((part) => part !== undefined).join(", ");
  return text === "" ? undefined : shortened(text, 240);
}

/** Text cut to a length, with an ellipsis, never inside a surrogate pair. */
export function shortened(value: string, length: number): string {
  if (value.length <= length) return value;
  const cut = value.slice(0, Math.max(0, length - 1)).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.trimEnd()}…`;
}

function typeWords(schema: SchemaObject): string | undefined {
  if (typeof schema["type"] === "string" && schema["type"] !== "object") return schema["type"];
  return Array.isArray(schema["type"]) ? stringList(schema["type"]).join(" or ") : undefined;
}

function valueWords(schema: SchemaObject): string | undefined {
  if (Object.hasOwn(schema, "const")) return JSON.stringify(schema["const"]);
  if (!Array.isArray(schema["enum"])) return undefined;
  return schema["enum"].map((value) => JSON.stringify(value)).join(" or ");
}

function propertyWords(schema: SchemaObject, depth: number): readonly string[] {
  const required = stringList(schema["required"]);
  const properties = schemaTable(schema["properties"]);
  const said: string[] = [];
  for (const [key, property] of properties) {
    const words = property === false ? "absent" : sentence(property, depth + 1);
    if (words !== undefined) said.push(`${key} is ${words}`);
  }
  const bare = required.filter((key) => !said.some((words) => words.startsWith(`${key} is `)));
  return bare.length > 0 ? [...said, `${bare.join(", ")} present`] : said;
}

function listed(schema: SchemaObject, keyword: string, joint: string, depth: number): readonly string[] {
  const words = schemaList(schema[keyword]).map((branch) => sentence(branch, depth + 1));
  const known = words.filter((word) => word !== undefined);
  return known.length === 0 ? [] : [known.length === 1 ? known.join("") : `(${known.join(joint)})`];
}

function prefixed(prefix: string, words: string | undefined): string | undefined {
  return words === undefined ? undefined : `${prefix}${words}`;
}

function count(least: unknown, most: unknown, noun: string, nouns = `${noun}s`): string | undefined {
  const min = typeof least === "number" && least > 0 ? least : undefined;
  const max = typeof most === "number" ? most : undefined;
  const named = (amount: number): string => `${amount} ${amount === 1 ? noun : nouns}`;
  if (min !== undefined && max !== undefined && min > max) return `no number of ${nouns} is valid`;
  if (min !== undefined && max !== undefined) return min === max ? `exactly ${named(min)}` : `${min} to ${named(max)}`;
  if (min !== undefined) return `at least ${named(min)}`;
  return max === undefined ? undefined : `at most ${named(max)}`;
}

function bounds(schema: SchemaObject): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (contradictingBounds(schema).some(({ kind }) => kind === "number")) return "no number is valid";
  if (typeof minimum === "number" && typeof maximum === "number") return `from ${minimum} to ${maximum}`;
  const parts = [
    typeof minimum === "number" ? `at least ${minimum}` : undefined,
    typeof exclusiveMinimum === "number" ? `greater than ${exclusiveMinimum}` : undefined,
    typeof maximum === "number" ? `at most ${maximum}` : undefined,
    typeof exclusiveMaximum === "number" ? `less than ${exclusiveMaximum}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function contains(schema: SchemaObject): string | undefined {
  if (!isObject(schema["contains"])) return undefined;
  const words = sentence(schema["contains"]);
  if (words === undefined) return undefined;
  const min = typeof schema["minContains"] === "number" ? schema["minContains"] : 1;
  const max = typeof schema["maxContains"] === "number" ? ` and at most ${schema["maxContains"]}` : "";
  return min === 0 && max === "" ? undefined : `at least ${min}${max} of: ${words}`;
}

function text(value: unknown, say: (value: string) => string): string | undefined {
  return typeof value === "string" && value !== "" ? say(value) : undefined;
}
