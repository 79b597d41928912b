import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { canonicalText, isObject, isSchema, schemaList, schemaTable } from "./json.js";
import { conjunctOf } from "./told-apart.js";

type Resolve = RuleContext["resolve"];

/**
 * Whether a valid array may have items of which neither `prefixItems` nor `unevaluatedItems` speaks in the form it travels in: `contains`
 * evaluates items anywhere, and what conditions say has no form. (Of the branches of one union the one that describes most items takes
 * them all.)
 */
export function evaluatesItemsElsewhere(schema: SchemaObject, resolve: Resolve): boolean {
  const { parts } = conjunctOf(schema, resolve);
  if (parts.some((part) => isSchema(part["items"]))) return false;
  const said = new Set(parts.filter(hasOwnUnevaluated).map((part) => canonicalText(part["unevaluatedItems"])));
  const unions = parts.flatMap((part) => [schemaList(part["anyOf"]), schemaList(part["oneOf"])]).filter((list) => list.length > 0);
  const evaluators = unions.length > 1 ? everyItemKeyword : scattered;
  return (
    said.size > 1 ||
    parts.some((part) => speaks(part["contains"])) ||
    parts.some((part) => conditionsOf(part).some((branch) => mentions(branch, everyItemKeyword, resolve))) ||
    unions.flat().some((branch) => mentions(branch, evaluators, resolve))
  );
}

const everyItemKeyword: readonly string[] = ["prefixItems", "items", "contains", "unevaluatedItems"];

/** What the longest branch of a union does not cover. */
const scattered: readonly string[] = ["contains", "if", "dependentSchemas"];

function hasOwnUnevaluated(part: SchemaObject): boolean {
  return isSchema(part["unevaluatedItems"]);
}

function speaks(value: unknown): boolean {
  return value !== undefined && value !== false;
}

function conditionsOf(schema: SchemaObject): readonly JsonSchema[] {
  const branches = ["if", "then", "else"].map((keyword) => schema[keyword]).filter(isSchema);
  return [...branches, ...schemaTable(schema["dependentSchemas"]).map(([, branch]) => branch)];
}

/** Whether a keyword stands in a schema, or in another that it applies to the same value. */
function mentions(schema: JsonSchema, keywords: readonly string[], resolve: Resolve, seen = new Set<JsonSchema>()): boolean {
  if (!isObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (keywords.some((keyword) => speaks(schema[keyword]))) return true;
  const target = typeof schema["$ref"] === "string" ? resolve(schema["$ref"]) : undefined;
  const lists = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => schemaList(schema[keyword]));
  return [...(target === undefined ? [] : [target]), ...lists, ...conditionsOf(schema)].some((part) =>
    mentions(part, keywords, resolve, seen),
  );
}
