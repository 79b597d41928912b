import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { GeneratedFile } from "./emit/generated-file.js";
import type { GenerateSettings } from "./generate-settings.js";
import type { FileReader } from "./read/schema-document.js";

/** What to generate from. Paths are relative to the project root, with `/`. */
export interface GenerateRequest {
  /** Absolute path of the project root; only the TypeScript reader resolves modules below it. */
  readonly root: string;
  /** Files to make extractors for: `schemas/user.schema.json`, `schemas/order.ts`. */
  readonly sources: readonly string[];
  /** Every input there is, when `sources` is only the stale part of them: names must not clash with what is left out. */
  readonly inputFolder: string;
  /** Folder the generated files will live in: `generated`. */
  readonly outputFolder: string;
  readonly files: FileReader;
  /** Settings of the configuration for a source, overrides merged in. Absent: the defaults. */
  readonly settingsFor?: (source: string) => GenerateSettings;
}

/** What one source file became. */
export interface GeneratedSource {
  readonly source: string;
  /** Empty where an error stopped it. */
  readonly files: readonly GeneratedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** All files this output depends on, the source first, relative to the root. */
  readonly dependencies: readonly string[];
  /** Names of the types that got an extractor. */
  readonly types: readonly string[];
}

/** Reads, lowers and emits. Pure: what it needs comes through `files`, what it makes is returned, in the order of `sources`. */
export function generate(_request: GenerateRequest): Promise<readonly GeneratedSource[]> {
  throw new Error("not yet");
}
