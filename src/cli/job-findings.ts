import { existsSync } from "node:fs";
import { join } from "node:path";
import { findSources, unusedOverrides } from "../config/find-sources.js";
import type { ProjectConfig } from "../config/read-config.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";

/** What is wrong between a configuration and the files that are there. */
export async function findJobFaults(root: string, { file, jobs }: ProjectConfig): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  if (file === undefined) return found;
  const at = { file, line: 1, column: 1 };
  for (const job of jobs) {
    const folder = job.inputFolder;
    if (!existsSync(join(root, folder))) {
      found.push(diagnostic("config/no-input", at, { folder: `${folder}/` }));
      continue;
    }
    const sources = await findSources(root, job);
    if (sources.length === 0 && (job.include ?? job.exclude) !== undefined) {
      const { include: _, exclude: __, ...without } = job;
      const count = (await findSources(root, without)).length;
      if (count > 0) found.push(diagnostic("config/include-unused", at, { count, folder }));
    }
    for (const globs of await unusedOverrides(job, sources)) {
      found.push(diagnostic("config/override-unused", at, { globs: globs.join(", "), count: sources.length, folder }));
    }
  }
  return found;
}
