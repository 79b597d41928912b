import { checkValue, describeValue } from "./check-value.js";
import { draftName, draftOfUri } from "./draft.js";
import type { JsonNode, JsonObject } from "./json-node.js";
import { member, stringOf } from "./json-node.js";
import { companionKeywords, keywords } from "./keywords.js";
import type { ReadSession } from "./read-session.js";

/**
 * The schemas of a file that become documents: its root; or, where the root only holds schemas (OpenAPI's `components/schemas`,
 * typia's collections, a root of nothing but `$defs`), each of those. Tells when there is none.
 */
export function findRoots(session: ReadSession, root: JsonNode): readonly JsonNode[] {
  if (root.kind === "scalar" && typeof root.value === "boolean") {
    session.report(root.value ? "read/empty-schema" : "read/never", root);
    return [root];
  }
  if (root.kind !== "object") {
    session.report("read/not-a-schema", root, { found: `it is ${describeValue(root)}` });
    return [];
  }
  const held = heldSchemas(root);
  // They have to be known before the first of them is read: no keyword leads to where they stand.
  if (isRegistry(root)) for (const schema of held) session.index.addNamed(schema, schema.segment ?? "");
  for (const schema of held) session.index.resourceOf(schema);
  if (held.length > 0 || looksLikeSchema(root)) reportUnknownDraft(session, root);
  if (held.length > 0) return pickExtractable(held);
  if (!looksLikeSchema(root)) {
    session.report("read/not-a-schema", root, { found: describeKeys(root) });
    return [];
  }
  if (!restricts(root)) session.report("read/empty-schema", root);
  return [root];
}

function reportUnknownDraft(session: ReadSession, root: JsonObject): void {
  const at = member(root, "$schema");
  const uri = stringOf(at);
  if (!at || uri === undefined || draftOfUri(uri)) return;
  session.report("read/unknown-draft", at, { uri, draft: draftName(session.index.resourceOf(root).draft) });
}

function heldSchemas(root: JsonObject): readonly JsonNode[] {
  const components = member(member(root, "components"), "schemas");
  // typia.json.schemas() and typia.json.schema(): the roots are named beside the components.
  const listed = member(root, "schemas");
  if (components && listed?.kind === "array" && listed.items.length > 0) return listed.items;
  const single = member(root, "schema");
  if (components && single?.kind === "object") return [single];
  if (components) return valuesOf(components);
  if (isRegistry(root)) return valuesOf(listed);
  if (stringOf(member(root, "swagger")) !== undefined) return valuesOf(member(root, "definitions"));
  if (restricts(root) || root.members.has("x-extract")) return [];
  return [...valuesOf(member(root, "$defs")), ...valuesOf(member(root, "definitions"))];
}

/** zod's registries: whole schemas under one key, which refer to each other by their keys or `$id`s. */
function isRegistry(root: JsonObject): boolean {
  const registered = valuesOf(member(root, "schemas"));
  return registered.length > 0 && registered.every((schema) => member(schema, "$id") ?? member(schema, "$schema"));
}

function valuesOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === "object" ? [...node.members.values()] : [];
}

/** Those with `x-extract`, if any; else those that can be more than a scalar: a list of country codes is a part, not a result. */
function pickExtractable(schemas: readonly JsonNode[]): readonly JsonNode[] {
  const tagged = schemas.filter((schema) => member(schema, "x-extract"));
  if (tagged.length > 0) return tagged;
  const structured = schemas.filter((schema) => schema.kind === "object" && !isScalar(schema));
  return structured.length > 0 ? structured : schemas;
}

function isScalar(schema: JsonNode): boolean {
  const type = stringOf(member(schema, "type"));
  return (
    (type !== undefined && type !== "object" && type !== "array") ||
    member(schema, "enum") !== undefined ||
    member(schema, "const") !== undefined
  );
}

/** Whether some keyword says anything about the value. */
function restricts(root: JsonObject): boolean {
  return [...root.members.keys()].some((name) => {
    const keyword = keywords.get(name);
    return keyword && !keyword.annotation && !keyword.structural && name !== "nullable";
  });
}

const telling = new Set([
  "$ref",
  "type",
  "properties",
  "patternProperties",
  "additionalProperties",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
]);

/** Data and other tools' settings have keys such as `type` and `items` too: a schema's have a schema's values. */
function looksLikeSchema(root: JsonObject): boolean {
  if (draftOfUri(stringOf(member(root, "$schema")) ?? "") || root.members.has("x-extract")) return true;
  for (const [name, value] of root.members) if (telling.has(name) && isSound(name, value)) return true;
  return ![...root.members.keys()].some(isForeign);
}

function isForeign(name: string): boolean {
  return !keywords.has(name) && !companionKeywords.has(name) && !name.startsWith("x-");
}

function isSound(name: string, value: JsonNode): boolean {
  const kind = keywords.get(name)?.value;
  if (!kind || checkValue(name, kind, value)) return false;
  const below = kind === "schema-map" ? valuesOf(value) : kind === "schema-list" && value.kind === "array" ? value.items : [];
  return below.every((schema) => !checkValue(name, "schema", schema));
}

function describeKeys(root: JsonObject): string {
  const names = [...root.members.keys()].slice(0, 4).map((name) => `\`${name.slice(0, 40)}\``);
  return `its root has ${names.join(", ")}${root.members.size > 4 ? ", …" : ""} and no keyword of a schema`;
}
