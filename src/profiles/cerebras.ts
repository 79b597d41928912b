import type { Fact, FormSwitch, Limit, Profile, SchemaRules } from "./profile.js";

const docs = "inference-docs.cerebras.ai/capabilities/structured-outputs";

const limits: { readonly [name in Limit]: Fact<number> } = {
  characters: {
    value: 5000,
    standing: "proven",
    date: "2026-07",
    evidence: `${docs}: 5,000 characters. How they are counted is not said: minified, descriptions included.`,
  },
  depth: {
    value: 10,
    standing: "proven",
    date: "2026-07",
    evidence: `${docs}: 10 levels of nesting (5 until mid-2025). What makes a level is not said: objects and arrays, as other providers count.`,
  },
  properties: { value: 500, standing: "proven", date: "2026-07", evidence: docs },
  enumValues: { value: 500, standing: "proven", date: "2026-07", evidence: `${docs}: in total` },
  enumCharacters: { value: 7500, standing: "proven", date: "2026-07", evidence: `${docs}: for an enum of more than 250 values` },
  longEnumFrom: { value: 250, standing: "proven", date: "2026-07", evidence: docs },
  anyOfBranches: {
    value: 5,
    standing: "open",
    date: "2026-01",
    evidence: `${docs}: at most 5 in the copies of 2025 and January 2026; the newest gives no number.`,
  },
  nameCharacters: { value: 64, standing: "proven", date: "2026-07", evidence: "inference-docs.cerebras.ai/capabilities/tool-use" },
};

const switches: { readonly [name in FormSwitch]: Fact<boolean> } = {
  optionalProperties: {
    value: true,
    standing: "proven",
    date: "2026-07",
    evidence: `${docs}: the larger example leaves properties out of required; versions page, patch 2: such fields may be absent. All had to be listed in mid-2025.`,
  },
  emptyObjects: {
    value: true,
    standing: "reported",
    date: "2026-07",
    evidence: "elizaOS probe of 2026-07: empty properties with additionalProperties: false accepted.",
  },
  numericBounds: {
    value: false,
    standing: "open",
    date: "2026-07",
    evidence: `${docs} lists them; 400 in mid-2025, accepted in a strict tool in 2025-10, some gateways still strip them. Nothing shows that values are bounded.`,
  },
  const: {
    value: false,
    standing: "open",
    date: "2026-08",
    evidence: "Not in the documented list; passed by two libraries, stripped by a third. An enum of one value says the same.",
  },
  pattern: {
    value: false,
    standing: "open",
    date: "2026-07",
    evidence: `${docs}: unsupported; one library reports it surviving, whether it constrains is unknown.`,
  },
  format: {
    value: false,
    standing: "reported",
    date: "2026-07",
    evidence: "400 Invalid fields for schema with types ['string']: {'format'}; several reports of 2025 and 2026.",
  },
  stringLengths: {
    value: false,
    standing: "reported",
    date: "2026-05-26",
    evidence: "400 Invalid fields for schema with types ['string']: {'maxLength'}",
  },
  arrayLengths: {
    value: false,
    standing: "reported",
    date: "2026-07",
    evidence: "400 Invalid fields for schema with types ['array']: {'minItems', 'maxItems'}",
  },
  closedTuples: {
    value: false,
    standing: "open",
    date: "2026-07",
    evidence: `${docs}: prefixItems with items: false is listed; no recording, and without minItems nothing holds the model to all positions.`,
  },
  typeArrays: {
    value: false,
    standing: "reported",
    date: "2025",
    evidence: "400 Lists of types are not supported in JSON schema. If you are trying to make a field Optional, use anyOf with a null type",
  },
  maps: {
    value: false,
    standing: "reported",
    date: "2026-07-23",
    evidence:
      "elizaOS probe: additionalProperties of true or a schema is a 400; 'additionalProperties' is required to be supplied and set to false.",
  },
  any: {
    value: false,
    standing: "reported",
    date: "2026-05",
    evidence: "400 Unsupported JSON schema fields in schema with keys: dict_keys([]).",
  },
  recursion: { value: false, standing: "proven", date: "2026-07", evidence: `${docs}: recursive schemas are not supported.` },
  refSiblings: { value: false, standing: "open", date: "2026-07", evidence: "No evidence either way." },
  enumOfNonStrings: {
    value: true,
    standing: "open",
    date: "2026-07",
    evidence: `${docs} lists enum without naming a type; no report of a refusal.`,
  },
  enumOfMixedTypes: { value: false, standing: "open", date: "2026-07", evidence: "No evidence either way." },
  oneOf: {
    value: false,
    standing: "reported",
    date: "2026-05",
    evidence: "400 Unsupported JSON schema fields in schema with keys: dict_keys(['oneOf']).",
  },
  allOf: { value: false, standing: "reported", date: "2026-05", evidence: "400 Extra top level keys found in JSON schema: {'allOf'}." },
  annotations: {
    value: false,
    standing: "open",
    date: "2026-07",
    evidence: `${docs}: informational fields are not supported; schemas with title circulate without a report of failure.`,
  },
};

const jsonSchema: SchemaRules = {
  types: {
    value: ["string", "number", "integer", "boolean", "object", "array", "null"],
    standing: "proven",
    date: "2026-07",
    evidence: docs,
  },
  keywords: {
    value: {
      common: ["type", "enum", "anyOf", "$ref", "description"],
      root: ["$defs"],
      object: ["properties", "required", "additionalProperties"],
      array: ["items"],
      string: [],
      number: [],
    },
    standing: "proven",
    date: "2026-07",
    evidence: `${docs}; description: recorded 200 of 2026-04-09. What is not listed is refused.`,
  },
  root: {
    value: { type: "object", refused: ["anyOf", "oneOf", "allOf", "not", "enum", "$ref"] },
    standing: "reported",
    date: "2026-05",
    evidence: `${docs}: the root must be an object; 400 Extra top level keys found in JSON schema: {'allOf'}.`,
  },
  closedObjects: {
    value: true,
    standing: "proven",
    date: "2026-07-21",
    evidence: `${docs} and the versions page, patch 2: additionalProperties: false at every level.`,
  },
  refForm: {
    value: "^#/\\$defs/[^/]+$",
    standing: "proven",
    date: "2026-07-21",
    evidence: `${docs}: internal #/$defs/Name only; 400 'definitions' is not supported in JSON schema. Use '$defs' instead`,
  },
  switches,
  limits,
};

/** Rules of the Cerebras chat-completions API in its version patch 2, the default since 2026-07-21. */
export const cerebras: Profile = {
  name: "cerebras",
  revised: "2026-10",
  json_schema: jsonSchema,
  tools: {
    ...jsonSchema,
    root: {
      value: { type: "object", refused: ["anyOf", "oneOf", "allOf", "not", "enum", "$ref"] },
      standing: "reported",
      date: "2026-07",
      evidence: "Reports on strict tools: no oneOf, anyOf, enum, not beside the root's type.",
    },
    switches: {
      ...switches,
      emptyObjects: {
        value: false,
        standing: "open",
        date: "2026-07",
        evidence: "200 in 2025-10; elizaOS notes a fault of the tools grammar in 2026-07 that response_format does not have.",
      },
    },
  },
};
