import type { Maker, PlanNode } from "../spec.js";

// Kinds of shapes: small integers, because the scanner compares them at every value.
export const TEXT = 0;
export const ATOM = 1;
export const ANY = 2;
/** Read as plain JSON, hidden, and turned by `decode` when complete: JSON in a string, unions that no rule decides. */
export const HELD = 3;
export const OBJECT = 4;
export const LIST = 5;
export const MEMBERS = 6;
export const ENTRIES = 7;
/** The wrapper of one entry of ENTRIES, and `{ [key]: X }` → X: seen on the wire only. */
export const ENTRY = 8;
export const UNWRAP = 9;
export const UNION = 10;
/** An object of a union whose branch is not known yet. */
export const UNDECIDED = 11;
/** ENTRIES whose members belong to the object around it. */
export const EXTRAS = 12;

/** Flags of a field. */
export const NULL_IS_ABSENT = 1;
export const ASIDE = 2;
/** Set while a value is read that `decode` has to finish. */
export const DECODE = 4;

/** Matches nothing. */
export const NONE: readonly number[] = [-1];

/** A plan node made ready for the scanner: one hidden class for all kinds, refs resolved, recursion as cycles. */
export class Shape {
  readonly kind: number;
  readonly node: PlanNode;
  /** Wire keys, and beside them the keys in the value, the nodes and the flags. */
  wire: readonly string[] = [];
  /** Of each field, the character codes of the text before its value, `,"key":`; `NONE` after the last and for a key that has to be escaped. */
  codes: readonly (readonly number[])[] = [NONE];
  names: readonly string[] = [];
  fields: readonly Shape[] = [];
  /** None is 0. */
  flags: readonly number[] = [];
  /** Of lists: the node of the items that `fields` has none for. */
  item: Shape | undefined = undefined;
  /** Of unions: the branches. */
  branches: readonly Shape[] = [];
  maker: Maker | undefined = undefined;
  /** Where the API does not vouch for the wire: what the schema that was sent allows there, a leaf or all leaves of what was held (`stream/leaf-rules.ts`). */
  rule: ((value: unknown) => boolean) | undefined = undefined;
  /** Wire key → index; made when a key first comes out of turn. */
  index: Map<string, number> | undefined = undefined;

  constructor(kind: number, node: PlanNode) {
    this.kind = kind;
    this.node = node;
  }

  /** Index of a wire key, -1 where the schema has none. */
  find(key: string): number {
    this.index ??= new Map(this.wire.map((wire, at) => [wire, at]));
    return this.index.get(key) ?? -1;
  }
}
