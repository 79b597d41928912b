import { join } from "node:path";
import { findSources } from "../config/find-sources.js";
import { readConfig } from "../config/read-config.js";
import { lockName } from "../write/lock.js";
import { manifestName, parseManifest } from "../write/manifest.js";
import { readBytes } from "../write/project-files.js";
import { journalName } from "../write/journal.js";
import { generatorIdentity } from "./generator-identity.js";
import type { ProjectOptions } from "./project.js";

/** What a task runner has to know to cache `schemacast generate`. Globs relative to the root. */
export interface TaskInputs {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Environment variables that a configuration reads. */
  readonly env: readonly string[];
}

/** Every file that a project's outputs were made from, as its manifests say, and its configuration. Relative to the root. */
export async function readTaskFiles({ root, config: file }: ProjectOptions): Promise<readonly string[]> {
  const { version, stamp } = generatorIdentity();
  const config = await readConfig({ root, generator: `${version} ${stamp}`, ...(file !== undefined && { file }) });
  const files = new Set<string>(config.files);
  for (const job of config.jobs) {
    for (const source of await findSources(root, job)) files.add(source);
    for (const path of manifestInputs(root, job.outputFolder)) files.add(path);
  }
  return [...files];
}

/** The exact inputs and outputs of a project's jobs, from its configuration and manifests. */
export async function readTaskInputs({ root, config: file }: ProjectOptions): Promise<TaskInputs> {
  const { version, stamp } = generatorIdentity();
  const config = await readConfig({ root, generator: `${version} ${stamp}`, ...(file !== undefined && { file }) });
  const inputs = new Set<string>(config.files);
  const outputs = new Set<string>();
  for (const { inputFolder, outputFolder, include, exclude } of config.jobs) {
    for (const glob of include ?? ["**/*.json", "**/*.ts"]) inputs.add(`${inputFolder}/${glob}`);
    for (const glob of exclude ?? []) inputs.add(`!${inputFolder}/${glob}`);
    outputs.add(`${outputFolder}/**`);
    for (const name of [lockName, journalName]) outputs.add(`!${outputFolder}/${name}`);
    for (const path of manifestInputs(root, outputFolder)) if (!path.startsWith(`${inputFolder}/`)) inputs.add(path);
  }
  const texts = config.files.map((path) => readBytes(join(root, path))?.toString("utf8") ?? "");
  const env = new Set(texts.flatMap((text) => [...text.matchAll(/\bprocess\.env(?:\.|\[["'])(\w+)/g)].map(([, name = ""]) => name)));
  return { inputs: [...inputs], outputs: [...outputs], env: [...env].toSorted() };
}

/** What the outputs in a folder were made from, by its manifest. */
export function manifestInputs(root: string, outputFolder: string): readonly string[] {
  const text = readBytes(join(root, outputFolder, manifestName))?.toString("utf8");
  const sources = (text === undefined ? undefined : parseManifest(text))?.sources ?? {};
  return [...new Set(Object.values(sources).flatMap((entry) => Object.keys(entry.inputs)))];
}
