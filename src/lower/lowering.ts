import type { Plan } from "@schemacast/runtime/v1";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SchemaObject } from "../read/schema-document.js";
import type { Change, WireDocument } from "./wire.js";

/** What the model sees for one shape of call. */
export interface LoweredSchema {
  /** The schema that is sent; its root is an object. */
  readonly schema: SchemaObject;
  /** `false`: the provider can't be held to it (a guided call). */
  readonly strict: boolean;
  /** Why it is not strict: diagnostic codes. */
  readonly reasons: readonly string[];
  readonly size: SchemaSize;
}

/** Measured as the profile's limits count. */
export interface SchemaSize {
  readonly characters: number;
  readonly depth: number;
  readonly properties: number;
  readonly enumValues: number;
  readonly widestAnyOf: number;
}

/** A schema in the provider's terms, and the way back. */
export interface Lowering {
  readonly one: LoweredSchema;
  /** `{ items: [one] }`, judged by itself. */
  readonly list: LoweredSchema;
  /** Undoes `one`; a list's items are undone one by one with the same plan. */
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that is different on the wire, silent changes included; `explain` shows them. */
  readonly changes: readonly Change[];
  /** `one` in the lowering's own terms: what `encode` reads. */
  readonly wire: WireDocument;
}
