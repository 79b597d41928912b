import type { Profile } from "../profiles/profile.js";
import type { SchemaDocument } from "../read/schema-document.js";
import { acceptedForms } from "./accepted-forms.js";
import type { LowerSettings } from "./context.js";
import { decideUnions } from "./decide-unions.js";
import { judge } from "./judge.js";
import type { LoweredSchema, Lowering } from "./lowering.js";
import { lowerDocument } from "./lower-document.js";
import { printPlan } from "./print-plan.js";
import { printSchema } from "./print-schema.js";
import type { WireDocument } from "./wire.js";

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
  const seal = (sealed: WireDocument): LoweredSchema => judge(printSchema(sealed, { forms }), forms);
  return {
    one: seal(wire),
    list: seal(listOf(wire)),
    plan: printPlan(wire, decideUnions(wire)),
    diagnostics,
    changes,
    wire,
  };
}

/** `{ items: [one] }`. */
function listOf(wire: WireDocument): WireDocument {
  const { description: _, ...item } = wire.root;
  const items = { kind: "list", origin: "", item } as const;
  return { root: { kind: "unwrap", origin: "", key: "items", node: items }, defs: wire.defs };
}
