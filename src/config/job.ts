import type { GenerateSettings } from "./generate-settings.js";

/** One run of the generator, with every default filled in. Paths are relative to the root, with `/`. Plain data: it is cached. */
export interface Job {
  /** Folder the sources live in; outputs keep their path below it. */
  readonly inputFolder: string;
  readonly outputFolder: string;
  /** Globs below the input folder; absent: every `.json` and `.ts` file. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Origins that remote references may be fetched from. */
  readonly allowRemote?: readonly string[];
  readonly settings: GenerateSettings;
  readonly overrides: readonly JobOverride[];
  /** Fingerprint of every setting that shapes the output; part of what an output is made from. */
  readonly settingsHash: string;
}

export interface JobOverride {
  /** Globs below the input folder. */
  readonly files: readonly string[];
  readonly settings: GenerateSettings;
}

/** What runs where nothing is configured. */
export const defaultJob: Job = { inputFolder: "schemas", outputFolder: "generated", settings: {}, overrides: [], settingsHash: "" };
