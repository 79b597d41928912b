import { distance } from "fastest-levenshtein";
import type { SchemaObject } from "../schema-document.js";
import { constraintTags } from "./apply-constraint.js";
import type { CommentTag } from "./js-doc.js";

/** Tags that are read, other than constraints. */
const ownTags = [
  "title",
  "description",
  "default",
  "defaultValue",
  "example",
  "deprecated",
  "stream",
  "skip",
  "reasoning",
  "open",
  "unroll",
  "extract",
];

/** How other tools and people call what is read by another name. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["examples", "example"],
  ["exclusivemin", "exclusiveMinimum"],
  ["exclusivemax", "exclusiveMaximum"],
  ["minlen", "minLength"],
  ["maxlen", "maxLength"],
  ["len", "maxLength"],
  ["length", "maxLength"],
  ["regex", "pattern"],
  ["regexp", "pattern"],
  ["int", "type integer"],
  ["integer", "type integer"],
]);

/** Too short for a letter more or less to be a slip: `@types`, `@file`. */
const shortest = 5;

/**
 * The tag that one which is not read was most likely meant to be; undefined where it is another tool's or nobody's. JSDoc's, TSDoc's and
 * TypeDoc's own are further away than a letter from all that are read.
 */
export function nearTag({ name, text }: CommentTag, schema: SchemaObject): string | undefined {
  const known = [...ownTags, ...constraintTags.keys()];
  // `@Min(1)` in a comment is code.
  if (known.includes(name) || text.startsWith("(")) return undefined;
  const lower = name.toLowerCase();
  if (lower === "min" || lower === "max") return boundOf(schema, lower);
  // `@type` is JSDoc's in any spelling.
  if (lower === "type") return undefined;
  const same = aliases.get(lower) ?? known.find((tag) => tag.toLowerCase() === lower);
  return same ?? known.find((tag) => tag.length >= shortest && isSlip(lower, tag.toLowerCase()));
}

function boundOf(schema: SchemaObject, end: "min" | "max"): string {
  const branches = Array.isArray(schema.anyOf) ? (schema.anyOf as readonly SchemaObject[]) : [];
  const types = [schema, ...branches].flatMap(({ type }) => type);
  if (types.includes("number") || types.includes("integer")) return `${end}imum`;
  if (types.includes("string")) return `${end}Length`;
  return types.includes("array") ? `${end}Items` : `${end}imum`;
}

/** A letter more, less or wrong, or two swapped. */
function isSlip(word: string, tag: string): boolean {
  const found = distance(word, tag);
  return found === 1 || (found === 2 && word.length === tag.length && sorted(word) === sorted(tag));
}

function sorted(word: string): string {
  return word.split("").toSorted().join("");
}
