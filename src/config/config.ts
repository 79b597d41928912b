import type { GenerateSettings } from "./generate-settings.js";
import type { Prices } from "./prices.js";

/** Settings that can be given for a whole job and, in `overrides`, for some of its schemas. */
export interface ConfigSettings extends Omit<GenerateSettings, "templates" | "target" | "runtime" | "referenced"> {
  /** Folder with templates that replace ours, relative to the root: `./templates`. */
  readonly templates?: string;
}

/** Settings for the sources that match. */
export interface ConfigOverride extends ConfigSettings {
  /** Globs below the job's input folder: `["billing/**"]`. */
  readonly files: readonly string[];
}

/** One run of the generator: which files become extractors, where they go, and how. */
export interface JobConfig extends ConfigSettings, Pick<GenerateSettings, "target" | "runtime" | "referenced"> {
  /** Folder of the schemas, relative to the root. Default: `schemas`. */
  readonly input?: string;
  /** Globs below the input folder. Default: every `.json` and `.ts` file that is no declaration file. */
  readonly include?: readonly string[];
  /** Globs below the input folder that are left out. */
  readonly exclude?: readonly string[];
  /** Origins that remote `$ref`s may be fetched from: `["https://example.com"]`. Nothing else is fetched. */
  readonly allowRemote?: readonly string[];
  /** Folder of the generated files, relative to the root. Each job has its own. Default: `generated`. */
  readonly output?: string;
  /** Later ones win over earlier ones. */
  readonly overrides?: readonly ConfigOverride[];
}

/** What stands in `schemacast.config.ts`: one job, or several. With `jobs`, the settings beside it hold for each of them. */
export interface Config extends JobConfig {
  readonly jobs?: readonly JobConfig[];
  /** What models cost for a million tokens: `{ "gpt-oss-120b": { input: 0.35, output: 0.75 } }`. For `schemacast batch`. */
  readonly prices?: Prices;
}

/** Types a configuration for the editor; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
