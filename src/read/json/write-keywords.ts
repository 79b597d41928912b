import { contradictingBounds } from "../contradicting-bounds.js";
import { checkValue } from "./check-value.js";
import { draftName } from "./draft.js";
import type { JsonNode, JsonObject } from "./json-node.js";
import { member, setOwn, stringOf, toData } from "./json-node.js";
import type { Keyword } from "./keywords.js";
import { keywords } from "./keywords.js";
import { writeNullable } from "./nullable.js";
import type { SchemaBuild } from "./schema-build.js";

/** Writes every keyword of a schema, in its order, in the terms of 2020-12. References are written before this. */
export function writeKeywords(build: SchemaBuild): void {
  for (const [name, value] of build.node.members) {
    const keyword = keywords.get(name);
    if (!keyword || keyword.structural || !applies(build, name, keyword)) continue;
    const fault = checkValue(name, keyword.value, value);
    if (fault) build.report(keyword.annotation ? "read/annotation-value" : "read/keyword-value", value, { keyword: name, ...fault });
    else writeKeyword(build, { name, keyword, value });
  }
  writeNullable(build.node, build.out);
  reportContradictions(build);
}

function reportContradictions(build: SchemaBuild): void {
  for (const { low, high, kind } of contradictingBounds(build.out)) {
    const facts = { low, high, kind, least: Number(build.out[low]), most: Number(build.out[high]) };
    build.report("read/contradicting-bounds", member(build.node, high) ?? build.node, facts);
  }
}

interface Entry {
  readonly name: string;
  readonly keyword: Keyword;
  readonly value: JsonNode;
}

function applies(build: SchemaBuild, name: string, keyword: Keyword): boolean {
  if (!keyword.since || build.resource.draft >= keyword.since) return true;
  build.report("read/keyword-of-later-draft", member(build.node, name) ?? build.node, {
    keyword: name,
    draft: draftName(build.resource.draft),
    since: draftName(keyword.since),
  });
  return false;
}

function writeKeyword(build: SchemaBuild, { name, keyword, value }: Entry): void {
  switch (keyword.value) {
    case "schema":
      if (name !== "additionalItems" && !(isBranch(name) && !build.node.members.has("if"))) place(build, name, value);
      return;
    case "items":
      writeItems(build, value);
      return;
    case "schema-list":
      writeList(build, name, value);
      return;
    case "schema-map":
      writeMap(build, name, value);
      return;
    case "enum":
      writeEnum(build, value);
      return;
    case "name-lists":
      if (value.kind === "object") for (const [key, names] of value.members) setOwn(partOf(build, name, value), key, toData(names));
      return;
    case "dependencies":
      writeDependencies(build, value);
      return;
    case "bound":
      writeExclusiveBound(build, name, value);
      return;
    case "number":
      if (!isExclusive(build.node, name)) build.out[name] = toData(value);
      return;
    default:
      if (name === "nullable" || name === "$ref" || name === "$dynamicRef" || name === "$recursiveRef") return;
      (keyword.annotation ? build.notes : build.out)[name] = toData(value);
  }
}

const isBranch = (name: string): boolean => name === "then" || name === "else";

function place(build: SchemaBuild, name: string, value: JsonNode): void {
  build.place(value, { holder: build.out, key: name });
}

function writeList(build: SchemaBuild, name: string, value: JsonNode): void {
  if (value.kind !== "array") return;
  // `allOf` may hold a second reference already: see the builder.
  const list: unknown[] = Array.isArray(build.out[name]) ? build.out[name] : [];
  const start = list.length;
  build.out[name] = list;
  for (const [index, item] of value.items.entries()) {
    list.push(true);
    build.place(item, { holder: list, key: start + index });
  }
}

function writeMap(build: SchemaBuild, name: string, value: JsonNode): void {
  if (value.kind !== "object") return;
  const map = partOf(build, name, value);
  for (const [key, schema] of value.members) {
    setOwn(map, key, true);
    build.place(schema, { holder: map, key });
  }
}

/** An empty list allows nothing; engines refuse it in that form. */
function writeEnum(build: SchemaBuild, value: JsonNode): void {
  if (value.kind === "array" && value.items.length > 0) build.out.enum = toData(value);
  else {
    build.report("read/empty-enum", value);
    build.out.allOf = [...(Array.isArray(build.out.allOf) ? build.out.allOf : []), false];
  }
}

/** An array of schemas was a tuple until 2019-09; `additionalItems` said what follows it. */
function writeItems(build: SchemaBuild, value: JsonNode): void {
  if (value.kind !== "array") {
    place(build, "items", value);
    return;
  }
  if (build.resource.draft === 2020) build.report("read/items-array", value);
  if (value.items.length > 0) writeList(build, "prefixItems", value);
  const rest = member(build.node, "additionalItems");
  if (rest) place(build, "items", rest);
}

/** `dependencies` was split in two by 2019-09; Ajv reads the old form in every draft. */
function writeDependencies(build: SchemaBuild, value: JsonNode): void {
  if (value.kind !== "object") return;
  for (const [key, dependency] of value.members) {
    if (dependency.kind === "array") setOwn(partOf(build, "dependentRequired", value), key, toData(dependency));
    else if (stringOf(dependency) !== undefined) setOwn(partOf(build, "dependentRequired", value), key, [stringOf(dependency)]);
    else {
      const schemas = partOf(build, "dependentSchemas", value);
      setOwn(schemas, key, true);
      build.place(dependency, { holder: schemas, key });
    }
  }
}

/** The object that a keyword's parts are collected in; it may hold entries of the new form already. */
function partOf(build: SchemaBuild, name: string, origin: JsonNode): Record<string, unknown> {
  const existing = build.out[name];
  // Only this module puts objects under these names.
  if (typeof existing === "object" && existing !== null) return existing as Record<string, unknown>;
  const part: Record<string, unknown> = {};
  build.out[name] = part;
  build.trace(part, origin);
  return part;
}

const inclusive: Readonly<Record<string, string>> = { exclusiveMinimum: "minimum", exclusiveMaximum: "maximum" };

/** In draft 04 (and OpenAPI 3.0) the keyword is a boolean beside `minimum` or `maximum`. */
function writeExclusiveBound(build: SchemaBuild, name: string, value: JsonNode): void {
  if (value.kind !== "scalar") return;
  if (typeof value.value === "number") build.out[name] = value.value;
  else if (value.value === true) {
    const bound = member(build.node, inclusive[name] ?? "");
    if (bound?.kind === "scalar" && typeof bound.value === "number") build.out[name] = bound.value;
  }
}

function isExclusive(node: JsonObject, name: string): boolean {
  const flag = member(node, name === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum");
  return flag?.kind === "scalar" && flag.value === true;
}
