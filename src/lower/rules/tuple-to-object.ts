import type { JsonSchema } from "../../read/schema-document.js";
import type { ShapeRule } from "../context.js";
import { isObject, isSchema, schemaList } from "../json.js";
import type { Wire } from "../wire.js";
import { furtherItems, isMarked, isOpen } from "../undeclared-keys.js";

/** `prefixItems` → object with a member for each position, named by the items' titles or numbered. */
export const tupleToObject: ShapeRule = (schema, at, context) => {
  if (!Array.isArray(schema["prefixItems"]) || schema["prefixItems"].length === 0) return undefined;
  const positions = schemaList(schema["prefixItems"]).slice(0, longest(schema));
  const items: Wire[] = [];
  const named: JsonSchema[] = [];
  for (const [index, position] of positions.entries()) {
    const item = context.lower(position, `${at}/prefixItems/${index}`);
    // Nothing is valid at this position: a valid array ends before it.
    if (item === undefined) break;
    items.push(item);
    named.push(position);
  }
  // Only the empty array is valid.
  if (items.length === 0) return { kind: "json", origin: at, enum: ["[]"] };
  const said = furtherItems(schema, context);
  const restSchema = isSchema(said) ? said : true;
  const open = items.length === positions.length && longest(schema) > positions.length;
  const isAsked = asked(restSchema) || isOpen(schema, context);
  const rest = open && isAsked ? context.lower(restSchema, `${at}/items`) : undefined;
  const mayBeMore = isMarked(schema["unevaluatedItems"]) || (restSchema !== false && !isAsked);
  if (open && mayBeMore && !isOpen(schema, context)) context.report("lower/close-tuple", at, { count: items.length });
  const least = Math.min(typeof schema["minItems"] === "number" ? schema["minItems"] : 0, items.length);
  if (context.forms.switches.closedTuples && least === items.length) {
    return { kind: "tuple", origin: at, items, ...(rest && { rest }) };
  }
  context.note("tuple-to-object", at, "the tuple is sent as an object with a member for each position");
  context.report("lower/tuple-to-object", at);
  const keys = memberKeys(named);
  return { kind: "members", origin: at, keys, items, least, ...(rest && { rest: { key: freeKey("rest", keys), item: rest } }) };
};

function longest(schema: { readonly [keyword: string]: unknown }): number {
  return typeof schema["maxItems"] === "number" ? schema["maxItems"] : Number.POSITIVE_INFINITY;
}

/** Items after the named ones are asked for where the schema says what they are, and where it is open. */
function asked(rest: JsonSchema): boolean {
  return isObject(rest) && Object.keys(rest).length > 0;
}

/** Keys from titles where every position has its own, else `item1`, `item2`, …: numbers alone would be put in order by every JSON library. */
function memberKeys(items: readonly JsonSchema[]): readonly string[] {
  const titles = items.map((item) => (isObject(item) && typeof item["title"] === "string" ? keyOf(item["title"]) : ""));
  const named = titles.every((title) => title !== "") && new Set(titles).size === titles.length;
  return named ? titles : items.map((_item, index) => `item${index + 1}`);
}

function keyOf(title: string): string {
  const key = title
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(key) && key.length <= 32 ? key : "";
}

/** A key that none of `taken` is. */
export function freeKey(wanted: string, taken: readonly string[]): string {
  let key = wanted;
  for (let count = 2; taken.includes(key); count++) key = `${wanted}_${count}`;
  return key;
}
