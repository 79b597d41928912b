import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { isSchemaObject, keyword } from "./schema-facts.js";

/** Constraints a type can't hold: told as tags, in this order. */
const constraintTags = [
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "contentEncoding",
  "contentMediaType",
];

const longestValue = 200;

/** The text of a doc comment: the description, then defaults, examples and constraints as tags. Not yet made safe: see `jsDocText`. */
export function docOfSchema(schema: JsonSchema, alternative = ""): string {
  if (!isSchemaObject(schema)) return alternative;
  const description = keyword(schema, "description");
  const text = typeof description === "string" && description.trim() !== "" ? description.trim() : alternative;
  const tags = tagsOfSchema(schema);
  return text === "" || tags.length === 0 ? text + tags.join("\n") : `${text}\n\n${tags.join("\n")}`;
}

function tagsOfSchema(schema: SchemaObject): readonly string[] {
  const tags: string[] = [];
  if (schema["deprecated"] === true) tags.push("@deprecated");
  if (Object.hasOwn(schema, "default")) tags.push(...valueTag("default", schema["default"]));
  const examples = keyword(schema, "examples");
  for (const example of Array.isArray(examples) ? examples.slice(0, 3) : []) tags.push(...valueTag("example", example));
  for (const name of constraintTags) {
    const value = keyword(schema, name);
    if (typeof value === "string" || typeof value === "number") tags.push(...textTag(name, String(value)));
    if (name === "uniqueItems" && value === true) tags.push("@uniqueItems");
  }
  return tags;
}

function valueTag(name: string, value: unknown): readonly string[] {
  return textTag(name, JSON.stringify(value));
}

/** Long values and values of several lines are left out: they hide what the comment is for. */
function textTag(name: string, text: string): readonly string[] {
  return text.length > longestValue || /[\r\n\u2028\u2029]/.test(text) ? [] : [`@${name} ${text}`];
}
