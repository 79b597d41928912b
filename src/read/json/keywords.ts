import type { Draft } from "./draft.js";
import type { JsonNode, JsonObject } from "./json-node.js";

/** What a keyword's value has to be. */
export type ValueKind =
  | "any"
  | "boolean"
  | "bound"
  | "count"
  | "dependencies"
  | "enum"
  | "items"
  | "list"
  | "name-lists"
  | "names"
  | "number"
  | "object"
  | "pattern"
  | "positive"
  | "schema"
  | "schema-list"
  | "schema-map"
  | "string"
  | "type";

export interface Keyword {
  readonly value: ValueKind;
  /** The first draft that has it, where an older one ignores it (as Ajv's classes do). */
  readonly since?: Draft;
  /** It says something about the value without restricting it: a fault in it is no reason to stop. */
  readonly annotation?: true;
  /** It places or names schemas; the normalised form has none of it. */
  readonly structural?: true;
}

/** Every keyword the reader knows, of all drafts. */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ["$schema", { value: "string", structural: true }],
  ["$id", { value: "string", structural: true }],
  ["$anchor", { value: "string", structural: true }],
  ["$dynamicAnchor", { value: "string", since: 2020, structural: true }],
  ["$recursiveAnchor", { value: "boolean", since: 2019, structural: true }],
  ["$vocabulary", { value: "object", structural: true }],
  ["$defs", { value: "schema-map", structural: true }],
  ["definitions", { value: "schema-map", structural: true }],
  ["$ref", { value: "string" }],
  ["$dynamicRef", { value: "string", since: 2020 }],
  ["$recursiveRef", { value: "string", since: 2019 }],
  ["$comment", { value: "string", annotation: true }],
  ["title", { value: "string", annotation: true }],
  ["description", { value: "string", annotation: true }],
  ["type", { value: "type" }],
  ["nullable", { value: "boolean" }],
  ["const", { value: "any" }],
  ["enum", { value: "enum" }],
  ["minLength", { value: "count" }],
  ["maxLength", { value: "count" }],
  ["pattern", { value: "pattern" }],
  ["format", { value: "string" }],
  ["minimum", { value: "number" }],
  ["maximum", { value: "number" }],
  ["exclusiveMinimum", { value: "bound" }],
  ["exclusiveMaximum", { value: "bound" }],
  ["multipleOf", { value: "positive" }],
  ["properties", { value: "schema-map" }],
  ["patternProperties", { value: "schema-map" }],
  ["additionalProperties", { value: "schema" }],
  ["propertyNames", { value: "schema" }],
  ["required", { value: "names" }],
  ["minProperties", { value: "count" }],
  ["maxProperties", { value: "count" }],
  ["dependencies", { value: "dependencies" }],
  ["dependentRequired", { value: "name-lists", since: 2019 }],
  ["dependentSchemas", { value: "schema-map", since: 2019 }],
  ["unevaluatedProperties", { value: "schema", since: 2019 }],
  ["prefixItems", { value: "schema-list", since: 2020 }],
  ["items", { value: "items" }],
  ["additionalItems", { value: "schema" }],
  ["contains", { value: "schema" }],
  ["minContains", { value: "count", since: 2019 }],
  ["maxContains", { value: "count", since: 2019 }],
  ["minItems", { value: "count" }],
  ["maxItems", { value: "count" }],
  ["uniqueItems", { value: "boolean" }],
  ["unevaluatedItems", { value: "schema", since: 2019 }],
  ["allOf", { value: "schema-list" }],
  ["anyOf", { value: "schema-list" }],
  ["oneOf", { value: "schema-list" }],
  ["not", { value: "schema" }],
  ["if", { value: "schema" }],
  ["then", { value: "schema" }],
  ["else", { value: "schema" }],
  ["default", { value: "any", annotation: true }],
  ["examples", { value: "list", annotation: true }],
  ["deprecated", { value: "boolean", annotation: true }],
  ["readOnly", { value: "boolean", annotation: true }],
  ["writeOnly", { value: "boolean", annotation: true }],
  ["contentEncoding", { value: "string", annotation: true }],
  ["contentMediaType", { value: "string", annotation: true }],
]);

/** Keywords that say how another one is to be read or come from OpenAPI; handled apart, never foreign. */
export const companionKeywords: ReadonlySet<string> = new Set(["id", "discriminator", "example", "contentSchema", "xml", "externalDocs"]);

/** The schemas directly below a schema, of all drafts' keywords, in the order of the text. What is not a schema is left out. */
export function* subschemas(node: JsonObject): Generator<JsonNode> {
  for (const [name, value] of node.members) {
    const kind = keywords.get(name)?.value;
    if (kind === "schema" || (kind === "items" && value.kind === "object")) yield value;
    else if (kind === "schema-list" || kind === "items") {
      if (value.kind === "array") yield* value.items;
    } else if (kind === "schema-map" && value.kind === "object") yield* value.members.values();
    else if (kind === "dependencies" && value.kind === "object") {
      for (const dependency of value.members.values()) if (dependency.kind === "object") yield dependency;
    }
  }
}
