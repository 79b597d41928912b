import { findSources } from "../config/find-sources.js";
import { diagnostic } from "../diagnostics/report.js";
import { nearestName } from "../config/nearest-name.js";
import { readConfig } from "../config/read-config.js";
import { ProjectFiles } from "../write/project-files.js";
import { packageVersion } from "./package-version.js";
import type { ProjectOptions } from "./project.js";

/** Says that a schema is not there, and which one is meant: by its path, its file name or the name of its type. */
export async function missingSchema({ root, config: file }: ProjectOptions, source: string): Promise<string> {
  const target = new ProjectFiles(root).danglingLink(source);
  if (target !== undefined) {
    const { message, hint } = diagnostic("read/dangling-link", undefined, { file: source, target });
    return `schemacast: ${message}\n${hint}\n`;
  }
  const { jobs } = await readConfig({ root, generator: packageVersion(), ...(file !== undefined && { file }) });
  const there = (await Promise.all(jobs.map((job) => findSources(root, job)))).flat();
  const byStem = new Map(there.map((path) => [stemOf(path), path]));
  const stem = nearestName(stemOf(source), [...byStem.keys()]);
  const meant = nearestName(source, there) ?? (stem && byStem.get(stem));
  return `schemacast: there is no file ${source} in ${root}.${meant === undefined ? "" : ` Did you mean ${meant}?`}\n`;
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/(?:\.schema)?\.(?:json|ts)$/, "");
}
