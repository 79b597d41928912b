import { relative, resolve, sep } from "node:path";
import type { GenerateSettings } from "../config/generate-settings.js";
import { settingsOf } from "../config/find-sources.js";
import { readConfig } from "../config/read-config.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { generatorIdentity } from "./generator-identity.js";
import type { ProjectOptions } from "./project.js";
import type { Terminal } from "./terminal.js";

/** The schema that a command line names, as sources are named: relative to the root, with `/`. */
export function sourceAt(root: string, argument: string, { cwd }: Terminal): string {
  return relative(root, resolve(cwd, argument)).split(sep).join("/");
}

/** What a project's configuration says about one source. */
export interface SourceSettings {
  /** Those of the job whose input folder holds the source, overrides merged in; the defaults where no job's does. */
  readonly settings: GenerateSettings;
  /** Origins that remote references may be fetched from. */
  readonly allowRemote?: readonly string[];
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the configuration as `generate` does, and merges what it says about a source. */
export async function sourceSettings({ root, config: file }: ProjectOptions, source: string): Promise<SourceSettings> {
  const { version, stamp } = generatorIdentity();
  const { jobs, diagnostics } = await readConfig({ root, generator: `${version} ${stamp}`, ...(file !== undefined && { file }) });
  const job = jobs.find(({ inputFolder }) => inputFolder === "." || source.startsWith(`${inputFolder}/`));
  if (job === undefined) return { settings: {}, diagnostics };
  return { settings: (await settingsOf(job))(source), diagnostics, ...(job.allowRemote && { allowRemote: job.allowRemote }) };
}
