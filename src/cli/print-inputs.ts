import { join } from "node:path";
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
    const text = readBytes(join(root, outputFolder, manifestName))?.toString("utf8");
    for (const entry of Object.values((text === undefined ? undefined : parseManifest(text))?.sources ?? {})) {
      for (const path of Object.keys(entry.inputs)) if (!path.startsWith(`${inputFolder}/`)) inputs.add(path);
    }
  }
  const texts = config.files.map((path) => readBytes(join(root, path))?.toString("utf8") ?? "");
  const env = new Set(texts.flatMap((text) => [...text.matchAll(/\bprocess\.env(?:\.|\[["'])(\w+)/g)].map(([, name = ""]) => name)));
  return { inputs: [...inputs], outputs: [...outputs], env: [...env].toSorted() };
}
