import type { Diagnostic, SourcePosition } from "../diagnostics/diagnostic.js";

/** A 2020-12 schema in the internal form: plain data, own keys only. */
export type JsonSchema = boolean | SchemaObject;

/** Keywords are read with their standard meaning; values come from hostile files, so each reader checks what it reads. */
export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

/** Options a schema's author set for its extractor: `x-extract` at the root, or `@extract` in JSDoc. */
export interface ExtractSettings {
  readonly name?: string;
  readonly mode?: "tools" | "json_schema" | "json_object";
  readonly instructions?: string;
  /** Checks beyond the schema: `./order-checks.ts#totals`, relative to the file they are written in. */
  readonly checks?: readonly string[];
}

/** Where the user's own type lives, for TypeScript inputs. */
export interface TypeImport {
  /** Exported name in that module (`default` for a default export). */
  readonly exportName: string;
  /** Path of the module's file relative to the root, with its extension: `schemas/order.ts`. */
  readonly file: string;
  /** How module specifiers end in this project, by the nearest tsconfig; `js` where it says nothing. See `typeImportSpecifier`. */
  readonly extension?: "js" | "ts" | "none";
}

/**
 * One type to make an extractor for, whatever it was written in.
 *
 * `schema` is self-contained: every `$ref` is `#/$defs/…`, without `$id`, `$anchor` or `definitions`, no keyword of an older
 * draft. A `$ref` may have siblings. A root that something refers to (`{"$ref":"#"}` in the source) stands in `$defs` under the
 * document's own name, and the schema is then `{ "$ref": "#/$defs/<name>", "$defs": { … } }`: one copy, which lowering inlines at
 * the root and the types take as the root type. Only then is the root a bare `$ref`: one to a definition that nothing else uses is
 * resolved. `$defs` holds what is referred to and nothing else; its keys are letters, digits, `_`, `.` and `-`, so that no `$ref`
 * needs escaping, and don't depend on the order of properties or references. Foreign keywords are left out. Extension keywords: `x-extract` (`{ open, unroll, reasoning, … }`), `x-stream: "atomic"`,
 * `x-skip: true` (leaves the wire), `x-revive: "Date"` (a date-time string whose value becomes a Date).
 */
export interface SchemaDocument {
  /** PascalCase name of the root type: `User`. */
  readonly name: string;
  /** Path of the file it was read from, relative to the root, with `/`. */
  readonly source: string;
  readonly schema: JsonSchema;
  readonly settings: ExtractSettings;
  /** The place a JSON pointer into `schema` was written at. Never fails: an unknown pointer gives its nearest known parent. */
  readonly locate: (pointer: string) => SourcePosition;
  readonly typeImport?: TypeImport;
}

/** What one source file gave. */
export interface ReadResult {
  /** Empty where the file holds nothing to extract, or only faults. */
  readonly documents: readonly SchemaDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file the result was made from, the source first, relative to the root: what staleness depends on. */
  readonly dependencies: readonly string[];
}

/** How readers get at files; the only door to the disk for `generate()`. Paths are relative to the root, with `/`. */
export interface FileReader {
  /** The text, or undefined where there is no such file. */
  read(path: string): string | undefined;
  /** Where a symbolic link leads by which there is no file; undefined for what is no such link. */
  danglingLink?(path: string): string | undefined;
}
