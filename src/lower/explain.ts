import type { Diagnostic, SourcePosition } from "../diagnostics/diagnostic.js";
import type { Limit, Profile } from "../profiles/profile.js";
import type { JsonSchema, SchemaDocument, SchemaObject } from "../read/schema-document.js";
import { acceptedForms } from "./accepted-forms.js";
import type { LoweredSchema, Lowering } from "./lowering.js";
import type { RuleId } from "./wire.js";

/** What was done to a schema, and how it stands against the provider's limits: data for `schemacast explain`. */
export interface Explanation {
  readonly name: string;
  readonly source: string;
  readonly profile: string;
  readonly original: JsonSchema;
  /** One object, and a list of them. */
  readonly forms: readonly ExplainedForm[];
  /** In the order of the places in the schema. */
  readonly changes: readonly ExplainedChange[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExplainedForm {
  readonly form: "one" | "list";
  readonly strict: boolean;
  readonly reasons: readonly string[];
  readonly schema: SchemaObject;
  readonly limits: readonly ExplainedLimit[];
  /** Estimate of what the schema adds to the prompt of every call. */
  readonly promptTokens: PromptTokens;
}

export interface ExplainedLimit {
  readonly limit: Limit;
  /** Infinity: the schema refers to itself. */
  readonly actual: number;
  readonly allowed: number;
}

export interface ExplainedChange {
  readonly rule: RuleId;
  readonly pointer: string;
  readonly at: SourcePosition;
  readonly detail: string;
}

/** What a prompt holds besides the schema itself: measured on recorded calls of gpt-oss-120b (136 and 233 tokens, 69 without a schema). */
const frameTokens = { tools: 10, json_schema: 100 } as const;

/** Characters of minified JSON Schema per token, by the same calls. */
const charactersPerToken = 4;

/** Puts a lowering into the terms of a person who wrote the schema. */
export function explain(document: SchemaDocument, lowering: Lowering, profile: Profile): Explanation {
  const { limits } = acceptedForms(profile);
  const changes = lowering.changes.map((change) => ({ ...change, at: document.locate(change.pointer) }));
  return {
    name: document.name,
    source: document.source,
    profile: `${profile.name} of ${profile.revised}`,
    original: document.schema,
    forms: [explainForm("one", lowering.one, limits), explainForm("list", lowering.list, limits)],
    changes: withoutRepeats(changes).toSorted((first, second) => first.at.line - second.at.line || first.at.column - second.at.column),
    diagnostics: lowering.diagnostics,
  };
}

function explainForm(form: "one" | "list", lowered: LoweredSchema, allowed: { readonly [name in Limit]: number }): ExplainedForm {
  const { size, schema, strict, reasons } = lowered;
  const limits: readonly ExplainedLimit[] = [
    { limit: "characters", actual: size.characters, allowed: allowed.characters },
    { limit: "depth", actual: size.depth, allowed: allowed.depth },
    { limit: "properties", actual: size.properties, allowed: allowed.properties },
    { limit: "enumValues", actual: size.enumValues, allowed: allowed.enumValues },
    { limit: "anyOfBranches", actual: size.widestAnyOf, allowed: allowed.anyOfBranches },
  ];
  return { form, strict, reasons, schema, limits, promptTokens: promptTokens(schema) };
}

/** Estimate of the tokens a schema costs in the prompt of each call: as a tool, and as a response format. */
export function promptTokens(schema: SchemaObject): PromptTokens {
  const own = Math.ceil(JSON.stringify(schema).length / charactersPerToken);
  return { tools: frameTokens.tools + own, json_schema: frameTokens.json_schema + own };
}

/** Tokens by the door a schema goes through. */
export interface PromptTokens {
  readonly tools: number;
  readonly json_schema: number;
}

/** A schema that is used in several places is lowered in each: the same change at the same place is one. */
function withoutRepeats(changes: readonly ExplainedChange[]): readonly ExplainedChange[] {
  const seen = new Set<string>();
  return changes.filter(({ rule, pointer, detail }) => {
    const text = `${rule} ${pointer} ${detail}`;
    return seen.has(text) ? false : seen.add(text);
  });
}
