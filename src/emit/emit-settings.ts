import type { Naming } from "./naming.js";

/** Settings that shape the text of one source's files. What is absent has its default. */
export interface EmitSettings {
  readonly mode?: "tools" | "json_schema" | "json_object";
  readonly model?: string;
  readonly instructions?: string;
  /** Checks beyond the schema by type name, `./checks/order.ts#totals`, relative to the root. */
  readonly checks?: Readonly<Record<string, string | readonly string[]>>;
  /** `true`: calls fill the schema's defaults unless they say otherwise. */
  readonly applyDefaults?: boolean;
  /** `ts`: `user.ts`. `js`: `user.js` and `user.d.ts`. Default: `ts`. */
  readonly target?: "ts" | "js";
  /** `package`: `@schemacast/runtime` is imported. `inline`: the copy in the output folder is. Default: `package`. */
  readonly runtime?: "package" | "inline";
  /** How relative imports end. Default: as the nearest tsconfig of a TypeScript source has it, else `js`. */
  readonly importExtension?: "js" | "ts" | "none";
  /** What `isUser` asks: the validator, or a function of its own that stops at the first fault. Default: `all-errors`. */
  readonly guards?: "all-errors" | "first-error";
  /** `true`: `user.mock.ts` too. */
  readonly mocks?: boolean;
  readonly naming?: Naming;
  /** Lines put below the `@generated` line, as comments. */
  readonly header?: string;
}
