/** The rules of the lowering, in the order in which they apply. */
export type RuleId =
  | "inline-ref-siblings"
  | "merge-all-of"
  | "const-to-enum"
  | "enum-of-non-strings"
  | "one-of-to-any-of"
  | "type-array-to-any-of"
  | "drop-conditional"
  | "map-to-entries"
  | "tuple-to-object"
  | "any-to-json-text"
  | "optional"
  | "close-objects"
  | "root-wrap"
  | "drop-annotation"
  | "constraint-to-description"
  | "unroll-recursion"
  | "fit-limits"
  | "fall-back-to-guided"
  | "key-order"
  | "skip-fields"
  | "assume-type"
  | "decide-unions";

/** One thing that is different on the wire. */
export interface Change {
  readonly rule: RuleId;
  /** JSON pointer into the document's schema. */
  readonly pointer: string;
  /** What was done, a few words: `minItems is said in words`. */
  readonly detail: string;
}

interface WireBase {
  readonly description?: string;
  /** Constraints that are not sent as keywords, in words; printed at the end of the description. */
  readonly remark?: string;
  /** JSON pointer into the document's schema: the place this came from. */
  readonly origin: string;
  /** Characters of a scalar, items of a list or map: no valid value has more (`answer-bound.ts`). */
  readonly most?: number;
  /** `true`: means something only when it is complete (`x-stream: "atomic"`; of strings, format and pattern too). */
  readonly whole?: true;
  /** The schema names no type: those its keywords speak of. Values of other types are valid as they are. */
  readonly assumed?: readonly string[];
  /** `true`: in some case nothing is said of the place: any other value may stand there too. */
  readonly otherwise?: true;
}

export type ScalarType = "string" | "number" | "integer" | "boolean" | "null";
export type Scalar = string | number | boolean | null;

/**
 * One place of the lowered schema together with its way back: printed once as the schema that is sent (`print-schema.ts`), once as
 * the decode plan (`print-plan.ts`). The kinds mirror those of `PlanNode`.
 */
export type Wire = WireScalar | WireJson | WireObject | WireList | WireTuple | WireMembers | WireEntries | WireUnwrap | WireUnion | WireRef;

export interface WireScalar extends WireBase {
  readonly kind: "scalar";
  readonly type: ScalarType;
  readonly enum?: readonly Scalar[];
  /** Keywords that the profile lets through (bounds). */
  readonly sent?: { readonly [keyword: string]: unknown };
}

/** JSON text in a string. */
export interface WireJson extends WireBase {
  readonly kind: "json";
  /** The texts that are allowed, if they can be listed. */
  readonly enum?: readonly string[];
  /** JSON types of the value it stands for; absent: any. */
  readonly of?: readonly string[];
}

export interface WireObject extends WireBase {
  readonly kind: "object";
  readonly fields: readonly WireField[];
  readonly extras?: WireExtras;
}

/** A list of keys and values for what an open object does not declare. */
export interface WireExtras {
  readonly key: string;
  readonly value: Wire;
  readonly description: string;
}

export interface WireField {
  /** Key on the wire. */
  readonly key: string;
  /** Key in the value, where it differs. */
  readonly name?: string;
  readonly node: Wire;
  readonly required: boolean;
  readonly nullIsAbsent?: true;
  /** `null` may be sent for it although `node` does not say so. */
  readonly nullable?: true;
  /** Declared under conditions only, and other values are not asked for: one that does not fit is an undeclared key. */
  readonly conditional?: true;
  readonly aside?: true;
}

export interface WireList extends WireBase {
  readonly kind: "list";
  readonly item: Wire;
}

export interface WireTuple extends WireBase {
  readonly kind: "tuple";
  readonly items: readonly Wire[];
  readonly rest?: Wire;
}

export interface WireMembers extends WireBase {
  readonly kind: "members";
  readonly keys: readonly string[];
  readonly items: readonly Wire[];
  /** How many of the items must be there. */
  readonly least: number;
  readonly rest?: { readonly key: string; readonly item: Wire };
}

export interface WireEntries extends WireBase {
  readonly kind: "entries";
  readonly keyWords?: string;
  /** Characters of its longest key. */
  readonly mostKeys?: number;
  /** Patterns of the keys that the map declares; of others the schema says nothing. Absent: all keys are declared. */
  readonly keys?: readonly string[];
  readonly value: Wire;
}

export interface WireUnwrap extends WireBase {
  readonly kind: "unwrap";
  readonly key: string;
  readonly node: Wire;
}

export interface WireUnion extends WireBase {
  readonly kind: "union";
  readonly branches: readonly Wire[];
}

export interface WireRef extends WireBase {
  readonly kind: "ref";
  readonly to: string;
}

/** A whole lowered schema. */
export interface WireDocument {
  readonly root: Wire;
  readonly defs: { readonly [name: string]: Wire };
}
