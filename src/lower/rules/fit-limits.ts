import type { SchemaObject } from "../../read/schema-document.js";
import type { AcceptedForms } from "../accepted-forms.js";
import type { RuleContext } from "../context.js";
import { children, mapChildren } from "../map-wire.js";
import { measure } from "../measure.js";
import { printNode, printSchema } from "../print-schema.js";
import { settleRefs } from "./inline-ref-siblings.js";
import { shareSubschemas } from "../share-subschemas.js";
import { joinEnums } from "../union-of.js";
import { shortened } from "../words.js";
import type { Wire, WireDocument } from "../wire.js";

/** A schema that fits, if it can, and what was done to make it fit. */
export interface Fitted {
  readonly schema: SchemaObject;
  /** In the order in which it was done; empty where nothing had to be. */
  readonly steps: readonly string[];
}

interface Shortened {
  readonly document: WireDocument;
  readonly steps: readonly string[];
}

/** Descriptions are cut to the first of these lengths that makes the schema fit: so the longest lose most, the short nothing. */
const descriptionLengths: readonly number[] = [600, 400, 300, 220, 160, 120, 90, 70, 50, 35, 20, 0];

/**
 * Makes a schema shorter until it is within the limits, if it can be done without changing what it allows: references lose
 * descriptions of their own, repeated parts become definitions, descriptions are cut from the longest, then remarks.
 */
export function fitLimits(document: WireDocument, forms: AcceptedForms): Fitted {
  const plain = settleRefs(document, { described: "inline" });
  const schema = printSchema(plain, { forms });
  const fits = lengthOf(schema) <= forms.limits.characters;
  // Too many properties stay too many, however they are written.
  const isHopeless = !fits && measure(schema).properties > 4 * forms.limits.properties;
  const { document: fitted, steps } = fits || isHopeless ? { document: plain, steps: [] } : madeShorter(document, plain, forms);
  const distinct = holdsUnion(fitted) ? withoutEqualBranches(fitted, forms) : undefined;
  return { schema: distinct === undefined && fitted === plain ? schema : printSchema(distinct ?? fitted, { forms }), steps };
}

/**
 * Branches that say the same once they are written down, as those with cut descriptions may, are one; so are enums that only their
 * descriptions kept apart. Undefined: there are none.
 */
function withoutEqualBranches(document: WireDocument, forms: AcceptedForms): WireDocument | undefined {
  let found = false;
  const visit = (wire: Wire): Wire => {
    const inner = mapChildren(wire, visit);
    if (inner.kind !== "union") return inner;
    const seen = new Set<string>();
    const distinct = inner.branches.filter((branch) => {
      const text = JSON.stringify(printNode(branch, { forms, document }));
      return seen.has(text) ? false : seen.add(text);
    });
    const branches = joinEnums(distinct, inner.origin);
    if (branches.length === inner.branches.length) return inner;
    found = true;
    const [only] = branches;
    if (only === undefined || branches.length > 1) return { ...inner, branches };
    const { description, remark } = inner;
    if (description === undefined && remark === undefined) return only;
    return { ...only, ...(description !== undefined && { description }), ...(remark !== undefined && { remark }) };
  };
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  const root = visit(document.root);
  if (!found) return undefined;
  const settled = settleRefs({ root, defs: Object.fromEntries(defs) }, { described: "drop" });
  // A definition that is left with one use stands in its place now: a union in a union, and its branches may be there already.
  return withoutEqualBranches(settled, forms) ?? settled;
}

function lengthOf(schema: SchemaObject): number {
  return JSON.stringify(schema).length;
}

function holdsUnion({ root, defs }: WireDocument): boolean {
  const holds = (wire: Wire): boolean => wire.kind === "union" || children(wire).some(holds);
  return holds(root) || Object.values(defs).some(holds);
}

/** @param plain the document as it is given back where nothing makes it fit */
function madeShorter(document: WireDocument, plain: WireDocument, forms: AcceptedForms): Shortened {
  const fits = (candidate: WireDocument): boolean => lengthOf(printSchema(candidate, { forms })) <= forms.limits.characters;
  const compact = (candidate: WireDocument): WireDocument =>
    settleRefs(shareSubschemas(settleRefs(candidate, { described: "drop" }), forms), { described: "drop" });
  const shared = "repeated parts are definitions";
  const whole = compact(document);
  if (fits(whole)) return { document: whole, steps: [shared] };
  // Without any description it fits or not: if not, the lengths between need not be tried.
  const bare = compact(cutDescriptions(whole, { length: 0, remarks: true }));
  if (fits(bare)) {
    const cuts = descriptionLengths.map((length) => ({
      length,
      document: () => compact(cutDescriptions(whole, { length, remarks: true })),
    }));
    const best = cuts.find((cut) => fits(cut.document()));
    const length = best?.length ?? 0;
    const step = length === 0 ? "descriptions are left out" : `descriptions are cut to ${length} characters`;
    return { document: best?.document() ?? bare, steps: [shared, step] };
  }
  const silent = compact(cutDescriptions(whole, { length: 0, remarks: false }));
  const left = "descriptions and constraints in words are left out";
  if (fits(silent)) return { document: silent, steps: [shared, left] };
  const dense = settleRefs(shareSubschemas(silent, forms, { dense: true }), { described: "drop" });
  return fits(dense) ? { document: dense, steps: [shared, left, "definitions have names of a letter"] } : { document: plain, steps: [] };
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
    return { ...rest, ...(text !== "" && { description: text }), ...(remark !== undefined && cut.remarks && { remark }) };
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
