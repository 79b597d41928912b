import type { DiagnosticCode } from "../diagnostics/report.js";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { AcceptedForms } from "./accepted-forms.js";
import type { RuleId, Wire } from "./wire.js";

/** Choices of the project that uses the schema. */
export interface LowerSettings {
  /** How an optional property travels: left out (default), or asked for and `null`. */
  readonly optional: "plain" | "nullable";
  /** `true`: undeclared keys are asked for wherever a schema allows them, not only where `x-extract.open` says so. */
  readonly open: boolean;
  /** `skip`: properties marked `readOnly` leave the wire, as something else fills them. */
  readonly readOnly: "send" | "skip";
}

/** What a rule may use. */
export interface RuleContext {
  readonly forms: AcceptedForms;
  readonly settings: LowerSettings;
  /** Lowers a schema; undefined: no value is valid there. */
  readonly lower: (schema: JsonSchema, at: string) => Wire | undefined;
  /** Lowers the target of a reference once and refers to it. */
  readonly refer: (ref: string, at: string) => Wire | undefined;
  /** The schema a reference points to. */
  readonly resolve: (ref: string) => JsonSchema | undefined;
  /** The place of a schema: its own if it stands in the document, else `fallback`. */
  readonly pointerOf: (schema: JsonSchema, fallback: string) => string;
  /** Records what was done, for `explain`. */
  readonly note: (rule: RuleId, at: string, detail: string) => void;
  readonly report: (code: DiagnosticCode, at: string, facts?: Readonly<Record<string, string | number>>) => void;
}

/** A rule that writes a schema in other words of JSON Schema; undefined: it does not apply. `false`: nothing is valid. */
export type RewriteRule = (schema: SchemaObject, at: string, context: RuleContext) => JsonSchema | undefined;

/** A rule that gives a schema its form on the wire; undefined: it does not apply. */
export type ShapeRule = (schema: SchemaObject, at: string, context: RuleContext) => Wire | undefined;
