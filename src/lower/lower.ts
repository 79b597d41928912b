import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { Profile } from "../profiles/profile.js";
import type { SchemaDocument } from "../read/schema-document.js";
import { acceptedForms } from "./accepted-forms.js";
import type { LowerSettings } from "./context.js";
import { fitLimits, noteFitting } from "./rules/fit-limits.js";
import { judge, reportJudgements } from "./rules/fall-back-to-guided.js";
import { lowerDocument } from "./lower-document.js";
import type { LoweredSchema, Lowering } from "./lowering.js";
import { printPlan } from "./print-plan.js";
import { decideUnions } from "./rules/separate-branches.js";
import type { Change, WireDocument } from "./wire.js";

/** What `lower` is told besides the schema. */
export interface LowerOptions extends Partial<LowerSettings> {
  /** The provider's rules. */
  readonly profile: Profile;
}

/** Puts a schema into the form the provider accepts, with the way back. Never throws; what changed stands in the diagnostics. */
export function lower(document: SchemaDocument, options: LowerOptions): Lowering {
  const forms = acceptedForms(options.profile);
  const settings: LowerSettings = {
    optional: options.optional ?? "plain",
    open: options.open ?? false,
    readOnly: options.readOnly ?? "send",
  };
  const { wire, changes, diagnostics } = lowerDocument(document, { forms, settings });
  const fitting: Change[] = [];
  const seal = (sealed: WireDocument, form: "one" | "list"): LoweredSchema => {
    const fitted = fitLimits(sealed, forms);
    noteFitting(fitted, form, { note: (rule, pointer, detail) => void fitting.push({ rule, pointer, detail }) });
    return judge(fitted.schema, forms);
  };
  const one = seal(wire, "one");
  const list = seal(listOf(wire), "list");
  const judgements = reportJudgements({ one, list, forms, fitting }, (code, facts) => diagnostic(code, document.locate(""), facts));
  return {
    one,
    list,
    plan: printPlan(wire, decideUnions(wire)),
    diagnostics: [...joinOpenObjects(unique(diagnostics)), ...judgements],
    changes: [...changes, ...fitting, ...guidedChanges(one, list)],
    wire,
  };
}

/** `{ items: [one] }`. */
function listOf(wire: WireDocument): WireDocument {
  const { description: _, remark: __, ...item } = wire.root;
  const items = { kind: "list", origin: "", item } as const;
  return { root: { kind: "unwrap", origin: "", key: "items", node: items }, defs: wire.defs };
}

/** A part that is used in several places is lowered in each, and says the same each time. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, at }) => {
    const text = JSON.stringify([code, message, at]);
    return seen.has(text) ? false : seen.add(text);
  });
}

/** Most schemas leave every object open: one diagnostic, at the first, stands for all of them. */
function joinOpenObjects(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const code = "lower/close-object";
  const places = diagnostics.filter((entry) => entry.code === code);
  const [first] = places;
  if (first === undefined) return diagnostics;
  const joined = diagnostic(code, first.at, { count: places.length === 1 ? "one such place" : `${places.length} such places` });
  return [joined, ...diagnostics.filter((entry) => entry.code !== code)];
}

function guidedChanges(one: LoweredSchema, list: LoweredSchema): readonly Change[] {
  const forms = [
    { form: "one", strict: one.strict, reasons: one.reasons },
    { form: "list", strict: list.strict, reasons: list.reasons },
  ];
  return forms
    .filter(({ strict }) => !strict)
    .map(({ form, reasons }) => ({ rule: "fall-back-to-guided", pointer: "", detail: `${form}: only guided (${reasons.join(", ")})` }));
}
