import type { JsonNode, JsonObject } from "./json-node.js";
import { member, stringOf } from "./json-node.js";
import { subschemas } from "./keywords.js";

/**
 * What the keywords of a schema mean. Draft 06 reads as 07, of which it is a part; draft 04 has 07's keywords too, as Ajv's
 * draft-04 class has them: who writes `const` or `if` there means it. OpenAPI 3.0's schema object builds on draft 04.
 */
export type Draft = 4 | 7 | 2019 | 2020;

const draftNames: Readonly<Record<Draft, string>> = { 4: "draft-04", 7: "draft-07", 2019: "2019-09", 2020: "2020-12" };

/** As people write it: `draft-07`. */
export function draftName(draft: Draft): string {
  return draftNames[draft];
}

const declared: ReadonlyMap<string, Draft> = new Map([
  ["json-schema.org/schema", 7],
  ["json-schema.org/draft-03/schema", 4],
  ["json-schema.org/draft-04/schema", 4],
  ["json-schema.org/draft-05/schema", 4],
  ["json-schema.org/draft-06/schema", 7],
  ["json-schema.org/draft-07/schema", 7],
  ["json-schema.org/draft/2019-09/schema", 2019],
  ["json-schema.org/draft/2020-12/schema", 2020],
  ["json-schema.org/draft/next/schema", 2020],
  // OpenAPI 3.1's dialect is 2020-12 with annotations.
  ["spec.openapis.org/oas/3.1/dialect/base", 2020],
]);

/** The draft a `$schema` URI names: with http or https, with or without `#`. */
export function draftOfUri(uri: string): Draft | undefined {
  const bare = uri.trim().replace(/^https?:\/\/(www\.)?/i, "");
  return declared.get(bare.replace(/#?$/, "").replace(/\/+$/, "").toLowerCase());
}

/** The draft that the use of keywords tells, for a schema that does not say. */
export function draftByUse(root: JsonNode): Draft {
  const found = new Set<Draft>();
  const visit = (node: JsonNode): void => {
    if (node.kind !== "object") return;
    const hint = hintOf(node);
    if (hint) found.add(hint);
    for (const child of subschemas(node)) visit(child);
  };
  visit(root);
  for (const draft of [2020, 2019, 4] as const) if (found.has(draft)) return draft;
  return 7;
}

const only2020 = ["prefixItems", "$dynamicRef", "$dynamicAnchor"];
const since2019 = [
  "$recursiveRef",
  "$recursiveAnchor",
  "$anchor",
  "$defs",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedProperties",
  "unevaluatedItems",
  "minContains",
  "maxContains",
];

function hintOf(node: JsonObject): Draft | undefined {
  if (only2020.some((key) => node.members.has(key))) return 2020;
  if (since2019.some((key) => node.members.has(key))) return 2019;
  if (isBoolean(member(node, "exclusiveMinimum")) || isBoolean(member(node, "exclusiveMaximum"))) return 4;
  if (node.parent === undefined && /[:/#]/.test(stringOf(member(node, "id")) ?? "") && !node.members.has("$id")) return 4;
  return undefined;
}

function isBoolean(node: JsonNode | undefined): boolean {
  return node?.kind === "scalar" && typeof node.value === "boolean";
}
