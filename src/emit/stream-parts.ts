import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { isSchemaObject, keyword, pointerToken, resolve, schemaMap, subschema, subschemas } from "./schema-facts.js";

/** Beyond this many places a stream leaves parts to the validation of the whole: definitions that fan out make paths without end. */
const mostParts = 200;

/** Deeper than this through references no part is looked for. */
const deepestPath = 40;
/** Beyond this many schemas looked at, the same: paths without a part in them count as well. */
const mostVisits = 20_000;

/**
 * The parts of a value that a stream judges when they close: each list item, and each subtree marked `x-stream: "atomic"`.
 * Key: where they stand in the value, a JSON pointer in which `*` is any index or key (a key that is really `*` is written `~2`).
 * Only what applies unconditionally is looked at, so a refused part means a refused whole; recursion ends at its first turn.
 */
export function streamParts(schema: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>): ReadonlyMap<string, SchemaObject> {
  const parts = new Map<string, SchemaObject>();
  const add = (path: string, part: JsonSchema): void => {
    if (isSchemaObject(part) && Object.keys(part).length > 0 && !parts.has(path) && parts.size < mostParts) parts.set(path, part);
  };
  let visits = 0;
  const visit = (at: JsonSchema, path: string, above: readonly string[]): void => {
    if (!isSchemaObject(at) || parts.size >= mostParts || ++visits > mostVisits) return;
    if (at["x-stream"] === "atomic") return add(path, at);
    const target = resolve(definitions, keyword(at, "$ref"));
    if (target && above.length < deepestPath && !above.includes(target.key)) visit(target.schema, path, [...above, target.key]);
    for (const part of subschemas(at, "allOf")) visit(part, path, above);
    const properties = schemaMap(at, "properties");
    for (const [key, property] of properties) visit(property, `${path}/${key === "*" ? "~2" : pointerToken(key)}`, above);
    const items = subschema(at, "items");
    if (items !== undefined && !Object.hasOwn(at, "prefixItems")) {
      add(`${path}/*`, items);
      visit(items, `${path}/*`, above);
    }
    const values = subschema(at, "additionalProperties");
    if (values !== undefined && properties.length === 0 && !Object.hasOwn(at, "patternProperties")) visit(values, `${path}/*`, above);
  };
  visit(schema, "", []);
  return parts;
}
