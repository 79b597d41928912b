import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DiagnosticCode } from "../../diagnostics/report.js";
import type { SchemaObject } from "../../read/schema-document.js";
import type { AcceptedForms } from "../accepted-forms.js";
import type { LoweredSchema, SchemaSize } from "../lowering.js";
import { measure } from "../measure.js";
import type { Change } from "../wire.js";

type SizeCode = "lower/too-deep" | "lower/too-long" | "lower/too-many-properties" | "lower/too-many-enum-values";

const sizeLimits: readonly (readonly [SizeCode, Exclude<keyof SchemaSize, "widestAnyOf">])[] = [
  ["lower/too-deep", "depth"],
  ["lower/too-long", "characters"],
  ["lower/too-many-properties", "properties"],
  ["lower/too-many-enum-values", "enumValues"],
];

/** Says whether the provider can be held to a schema, and if not, why. */
export function judge(schema: SchemaObject, { limits }: AcceptedForms): LoweredSchema {
  const size = measure(schema);
  const endless = size.depth === Number.POSITIVE_INFINITY;
  const exceeded = sizeLimits.filter(([, key]) => size[key] > limits[key]).map(([code]) => code);
  const reasons = [...(endless ? ["lower/recursion"] : []), ...exceeded.filter((code) => !endless || code !== "lower/too-deep")];
  return { schema, strict: reasons.length === 0, reasons, size };
}

interface Judgements {
  readonly one: LoweredSchema;
  readonly list: LoweredSchema;
  readonly forms: AcceptedForms;
  readonly fitting: readonly Change[];
}

/** Tells what was shortened, and which limits are exceeded: of the list only what does not hold for one object already. */
export function reportJudgements(
  { one, list, forms, fitting }: Judgements,
  report: (code: DiagnosticCode, facts: Readonly<Record<string, string | number>>) => Diagnostic,
): readonly Diagnostic[] {
  const found =
    fitting.length === 0 ? [] : [report("lower/fit-limits", { steps: [...new Set(fitting.map(({ detail }) => detail))].join("; ") })];
  for (const [code, key] of sizeLimits) {
    const [form, lowered] = one.reasons.includes(code) ? ["The schema", one] : ["The schema of a list", list];
    if (lowered.reasons.includes(code)) found.push(report(code, { form, actual: lowered.size[key], limit: forms.limits[key] }));
  }
  return found;
}
