import type { Filler } from "./defaults.js";
import type { RareKinds } from "./json/rare-kinds.js";
import type { CheckResult, Repair } from "./options.js";

/** JSON text as a value: what `JSON.parse` returns. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON object whose members are not known to this program. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** How the model is asked for JSON. */
export type Mode = "tools" | "json_schema" | "json_object";

/** One tool as the chat-completions API takes it (docs: capabilities/tool-use). */
export interface ToolDefinition {
  readonly type: "function";
  readonly function: {
    /** At most 64 characters of `[A-Za-z0-9_-]`. */
    readonly name: string;
    readonly description?: string;
    /** `true`: the provider holds the model to `parameters`. `false`: `parameters` only guide it (a guided spec). */
    readonly strict: boolean;
    readonly parameters: JsonObject;
  };
}

/** One fault found by a generated validator; the shape of Ajv's ErrorObject without its message. */
export interface ValidationFailure {
  /** JSON pointer to the value at fault, `""` for the root. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A generated validator. After it has returned `false`, `errors` lists what was wrong, until the next call. */
export interface Validator {
  (value: unknown, context?: { readonly instancePath?: string }): boolean;
  errors?: readonly ValidationFailure[] | null;
}

/**
 * Everything a call needs to know about one schema. Made by the generator; constant data and pure functions.
 *
 * @typeParam T what an extraction returns
 * @typeParam N the type's name, by which `extractOneOf` tells several specs apart
 */
export interface Spec<T, N extends string = string> {
  /** The type's name, `User`; the tool is called `extract_user`. */
  readonly name: N;
  /** What is sent for one object, and for a list of them (whose parameters are `{ items: T[] }`). */
  readonly wire: {
    readonly one: ToolDefinition;
    readonly list: ToolDefinition;
    /** Of a spec for several kinds of things (`extractAnyOf`): each kind's own tool, for models that call several in one answer. */
    readonly kinds?: Readonly<Record<string, ToolDefinition>>;
  };
  /** Turns one object as it came over the wire into the original schema's shape. Never throws; what it can't undo, `validate` refuses. */
  readonly decode: (wire: unknown) => unknown;
  /** Judges a decoded value by the original schema. */
  readonly validate: Validator;
  /** The system message of every request. */
  readonly instructions: string;
  /** Used when the call names no mode. */
  readonly mode?: Mode;
  /** Used when neither the call nor its client names a model: the config's. */
  readonly model?: string;
  /** Keys of the wire object that are not part of the value (`x-extract.reasoning`): told in the details. */
  readonly asides?: readonly string[];
  /** Fills what a decoded value lacks and the schema has a `default` for; absent where it has none. Used with option `applyDefaults`. */
  readonly fill?: Filler;
  /** Used when the call does not say: the config's. */
  readonly applyDefaults?: boolean;
  /** Checks beyond the schema, of the schema's author (`checks`, `x-extract.checks`): on each valid value, of a list on each item. */
  readonly checks?: readonly SpecCheck<T>[];
  /** Makes the caller's type of a validated value (a `Date` of a date-time string); absent where the two are the same. */
  readonly revive?: (valid: unknown) => T;
  /** Makes what `checks` judge of a validated value, where it is not what `revive` makes (`withTransform`). */
  readonly checkedAs?: (valid: unknown) => unknown;
  /** Tokens that a valid answer of one object takes at most, reasoning aside; absent where the schema sets no bound. */
  readonly bound?: number;
  /** Reads messy text (`readLenient` of `@schemacast/runtime/lenient`). Guided specs have it; without it an answer must be JSON. */
  readonly lenient?: LenientReader;
}

/** A check with a context of its own; written as a method, so that it may expect a context that the spec does not know. */
export type SpecCheck<T> = { check(value: T, context: unknown): CheckResult | Promise<CheckResult> }["check"];

/** Finds the one value that a model's text holds and makes it fit the wire schema, every change recorded. Never throws. */
export type LenientReader = (text: string, options: LenientOptions) => LenientReading;

export interface LenientOptions {
  /** The wire schema: the `parameters` of the tool that was sent. */
  readonly schema: JsonObject;
  /** Name of the tool that was sent: what is written as a call of it is one, whatever keys the schema has. */
  readonly tool?: string;
  /** `strict`: JSON or nothing. `safe`: only repairs that lose nothing. `lenient`: all that are known. */
  readonly policy: "strict" | "safe" | "lenient";
  /** Judges a whole wire value; where a text holds several, only accepted ones count. */
  readonly accept?: (value: unknown) => boolean;
  /** `true`: the lowering wrapped a root that is no object in the key `value`: a text without it loses nothing. */
  readonly wrapped?: boolean;
  /** `true`: required properties may be missing, because defaults come after; `accept` has the last word. */
  readonly mayLack?: boolean;
  /** `true`: of a list, the items that do not fit stay as they are, because somebody judges each; `accept` has the last word. */
  readonly itemsApart?: boolean;
  /** `true`: the text is still arriving. What is not complete is left out, except strings that grow. */
  readonly partial?: boolean;
}

export type LenientReading =
  | { readonly ok: true; readonly value: unknown; readonly repairs: readonly Repair[] }
  /** `problem` says in English what is in the way, for the re-ask. */
  | { readonly ok: false; readonly problem: string; readonly path: readonly (string | number)[] };

/**
 * A spec that can also be read while it streams.
 *
 * @typeParam P the growing value: see the eleven promises in docs/streaming.md
 * @typeParam N the type's name
 */
export interface StreamSpec<T, P, N extends string = string> extends Spec<T, N> {
  readonly handler: StreamHandler<P>;
}

/** The streaming parser's share of one schema: how wire JSON becomes the growing value. Made by the generator. */
export interface StreamHandler<P> {
  readonly plan: Plan;
  /**
   * Validators of the parts that are judged when they close, before they are shown: list items and `x-stream: "atomic"` subtrees. Key:
   * where they stand in the decoded value, a JSON pointer in which `*` is any index or map key (`/addresses/*`; a key that is really
   * `*` is written `~2`). A refused part means a refused whole; a place that is missing here is left to the validation of the whole.
   */
  readonly elements?: { readonly [path: string]: Validator };
  /** Makes the value's objects, one for each object node of the plan, in the order in which they are met from the root. */
  readonly makers?: readonly (Maker | undefined)[];
  /**
   * `rareKinds`, for a plan with JSON in strings, maps, tuples as members, open objects, fields aside, or unions that the JSON type alone does not
   * decide; absent: the parser has only what all plans need, and does not load the rest.
   */
  readonly rare?: RareKinds;
  /** What the parser makes of the plan, for one value and for a list of them: at the first use, for all that follow. */
  memo?: { one?: unknown; list?: unknown };
  /** Only for the type checker: ties the handler to its partial type. */
  readonly partial?: P;
}

/** How the objects of one plan node are made: as literals and assignments of known keys, which is what engines do best. */
export interface Maker {
  /** An object of the first `count` fields; `undefined`: it is to be made with `set`. */
  readonly make: (values: readonly unknown[], count: number) => Record<string, unknown> | undefined;
  /** Sets the field of that index. */
  readonly set: (object: Record<string, unknown>, field: number, value: unknown) => void;
}

/**
 * The way back from wire JSON to the original shape, and what may be shown of it while it arrives. Pure data, written by
 * the lowering (`src/lower`), read by `decode` and by the streaming parser.
 */
export interface Plan {
  readonly root: PlanNode;
  /** Nodes that are used more than once or by themselves, by name. */
  readonly defs?: { readonly [name: string]: PlanNode };
}

/** One place of the wire schema. The comment on each kind says what is on the wire → what the value is. */
export type PlanNode =
  /** Free string → the same; may be shown while it grows. */
  | { readonly kind: "text" }
  /** Number, boolean, null, enum, const, or a string with format or pattern → the same; shown when complete. */
  | { readonly kind: "atom" }
  /** Any JSON → the same (guided specs, where nothing is known of the place). */
  | { readonly kind: "any" }
  /** String that holds JSON text → the JSON it holds; shown when complete. */
  | { readonly kind: "json" }
  | ObjectPlan
  /** Array → array. */
  | { readonly kind: "list"; readonly item: PlanNode }
  /** Array with a node for each position → the same; `rest` for the positions after them. */
  | { readonly kind: "tuple"; readonly items: readonly PlanNode[]; readonly rest?: PlanNode }
  /** Object whose keys are listed in `keys` (and, for what follows, an array under `restKey`) → tuple in that order. */
  | {
      readonly kind: "members";
      readonly keys: readonly string[];
      readonly items: readonly PlanNode[];
      readonly rest?: { readonly key: string; readonly item: PlanNode };
    }
  /** Array of `{ key, value }` → object; of equal keys the last wins. */
  | { readonly kind: "entries"; readonly value: PlanNode }
  /** `{ [key]: X }` → X. */
  | { readonly kind: "unwrap"; readonly key: string; readonly node: PlanNode }
  | UnionPlan
  /** `plan.defs[to]`. */
  | { readonly kind: "ref"; readonly to: string };

/** Object → object. Keys that are not in `fields` are left as they are (the validator judges them), unless `extras` collects them. */
export interface ObjectPlan {
  readonly kind: "object";
  /** By wire key, in the order in which they are asked for. */
  readonly fields: { readonly [wireKey: string]: FieldPlan };
  /** Wire key of an entries list whose members become undeclared keys of the object (`x-extract.open`), and their node. */
  readonly extras?: { readonly key: string; readonly value: PlanNode };
}

export interface FieldPlan {
  readonly node: PlanNode;
  /** Key in the value, where it differs from the wire key. */
  readonly name?: string;
  /** `true`: `null` on the wire means that the optional property is absent. */
  readonly nullIsAbsent?: boolean;
  /** `true`: on the wire only (a reasoning field); not part of the value, reported in the details. */
  readonly aside?: boolean;
}

/**
 * One of several nodes. The branch is decided by the first rule that applies; what no rule decides is held until it is complete. Of
 * one branch without a rule: that branch, held (`x-stream: "atomic"`).
 */
export interface UnionPlan {
  readonly kind: "union";
  readonly branches: readonly PlanNode[];
  /** Index of the only branch a JSON type can belong to. */
  readonly byType?: { readonly [type in JsonType]?: number };
  /** Objects: index by the value of a required, constant property. */
  readonly byTag?: { readonly key: string; readonly cases: { readonly [value: string]: number } };
  /** Objects: index by the presence of a key that only one branch has. */
  readonly byKey?: { readonly [key: string]: number };
}

export type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";
