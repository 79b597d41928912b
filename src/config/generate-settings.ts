import type { Naming } from "../emit/naming.js";
import type { ProfileChoice } from "../profiles/profile-for.js";

/** Settings of the configuration that shape one source's output. What is absent has its default. Read from a file: plain data. */
export interface GenerateSettings {
  /** How the model is asked; `x-extract.mode` of the schema wins. Default: `tools`. */
  readonly mode?: "tools" | "json_schema" | "json_object";
  /** Model for these extractors, below a call's own `model` and `fromProvider`. */
  readonly model?: string;
  /** Replaces the generated instruction sentence; `x-extract.instructions` of the schema wins. */
  readonly instructions?: string;
  /** Provider rules to lower for, by name or with facts of the project's own (docs/lowering.md). Default: `cerebras`. */
  readonly profile?: "cerebras" | ProfileChoice;
  /** How an optional property is asked for: `plain`, it may be left out; `nullable`, it is `null`. Default: `plain`. */
  readonly optional?: "plain" | "nullable";
  /** `true`: undeclared keys are extracted wherever a schema allows them (`x-extract.open` of an object wins), and other values than objects at a root without `type`. Default: false. */
  readonly open?: boolean;
  /** `skip`: the model is not asked for properties marked `readOnly`. Default: `send`. */
  readonly readOnly?: "send" | "skip";
  /**
   * Checks beyond the schema, by the type's name: `{ Order: "./checks/order.ts#totals" }`, or a list. A module below the root and the name of its
   * export, a function of the valid value and the call's context. They come besides those that the schema itself names (`x-extract.checks`).
   */
  readonly checks?: Readonly<Record<string, string | readonly string[]>>;
  /** `true`: calls fill what an answer lacks and the schema has a `default` for; a call's own `applyDefaults` wins. Default: false. */
  readonly applyDefaults?: boolean;
  /** What is written: `ts`, TypeScript; `js`, JavaScript with declaration files. Default: `ts`. */
  readonly target?: "ts" | "js";
  /**
   * Where generated code has its runtime from: `package`, `@schemacast/runtime`; `inline`, a copy in `runtime/` of the output folder, so
   * that only the Cerebras SDK has to be installed. Default: `package`.
   */
  readonly runtime?: "package" | "inline";
  /** How relative imports in generated files end: `./user.codec.js`, `./user.codec.ts`, `./user.codec`. Default: as the nearest tsconfig of a TypeScript source has it, else `js`. */
  readonly importExtension?: "js" | "ts" | "none";
  /** What becomes of JSON files that others of the job refer to: `skip`, parts of those; `extract`, they get extractors too. Default: `skip`. */
  readonly referenced?: "skip" | "extract";
  /**
   * What `isUser` asks. `all-errors`: the validator of the extractors, which goes through the whole value; `first-error`: a function of its
   * own that stops at the first fault. Same verdict; sooner, and smaller in a bundle that needs no extractor. Default: `all-errors`.
   */
  readonly guards?: "all-errors" | "first-error";
  /** `true`: `user.mock.ts` beside `user.ts`, with samples and mock functions for tests. Default: false. */
  readonly mocks?: boolean;
  /** How types, functions and files are called: `{ extract: "get{Type}", file: "kebab" }`. */
  readonly naming?: Naming;
  /** Lines put below the `@generated` line of every file, as comments. */
  readonly header?: string;
  /** Texts of templates that replace ours, by file name. */
  readonly templates?: Readonly<Record<string, string>>;
}
