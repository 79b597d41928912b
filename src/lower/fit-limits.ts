import type { AcceptedForms } from "./accepted-forms.js";
import type { RuleContext } from "./context.js";
import { mapChildren } from "./map-wire.js";
import { measure } from "./measure.js";
import { printSchema } from "./print-schema.js";
import { settleRefs } from "./settle-refs.js";
import { shareSubschemas } from "./share-subschemas.js";
import { shortened } from "./words.js";
import type { Wire, WireDocument } from "./wire.js";

/** What was done to make a schema fit. */
export interface Fitted {
  readonly document: WireDocument;
  /** In the order in which it was done; empty where nothing had to be. */
  readonly steps: readonly string[];
}

/** Descriptions are cut to the first of these lengths that makes the schema fit: so the longest lose most, the short nothing. */
const descriptionLengths: readonly number[] = [400, 300, 220, 160, 120, 90, 70, 50, 35, 20, 0];

/**
 * Makes a schema shorter until it is within the limits, if it can be done without changing what it allows: references lose
 * descriptions of their own, repeated parts become definitions, descriptions are cut from the longest, then remarks.
 */
export function fitLimits(document: WireDocument, forms: AcceptedForms): Fitted {
  const plain = settleRefs(document, { described: "inline" });
  const fits = (candidate: WireDocument): boolean => measure(printSchema(candidate, { forms })).characters <= forms.limits.characters;
  if (fits(plain)) return { document: plain, steps: [] };
  const compact = shareSubschemas(settleRefs(document, { described: "drop" }), forms);
  const shared = "repeated parts are definitions";
  if (fits(compact)) return { document: compact, steps: [shared] };
  for (const length of descriptionLengths) {
    const cut = shareSubschemas(cutDescriptions(compact, { length, remarks: true }), forms);
    if (fits(cut)) return { document: cut, steps: [shared, `descriptions are cut to ${length} characters`] };
  }
  const bare = shareSubschemas(cutDescriptions(compact, { length: 0, remarks: false }), forms);
  return fits(bare)
    ? { document: bare, steps: [shared, "descriptions and constraints in words are left out"] }
    : { document: plain, steps: [] };
}

interface Cut {
  readonly length: number;
  readonly remarks: boolean;
}

function cutDescriptions(document: WireDocument, cut: Cut): WireDocument {
  const visit = (wire: Wire): Wire => {
    const inner = mapChildren(wire, visit);
    if (inner.description === undefined && (inner.remark === undefined || cut.remarks)) return inner;
    const { description, remark, ...rest } = inner;
    const text = description === undefined ? "" : shorter(description, cut.length);
    // The parts of `inner` are those of its own kind: taking two optional ones away does not make it another.
    return { ...rest, ...(text !== "" && { description: text }), ...(remark !== undefined && cut.remarks && { remark }) } as Wire;
  };
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}

/** A text's first sentences if they fill at least half of the length, else its beginning. */
function shorter(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length === 0) return "";
  const sentences = text.slice(0, length + 1).match(/^.*[.!?](?=\s)/s)?.[0];
  return sentences !== undefined && sentences.length * 2 >= length ? sentences : shortened(text, length);
}

/** Says what was done, for `explain` and the report. */
export function noteFitting({ steps }: Fitted, form: "one" | "list", context: Pick<RuleContext, "note">): void {
  for (const step of steps) context.note("fit-limits", "", `${form}: ${step}`);
}
