import { join } from "node:path";
import type { GenerateSettings } from "./generate-settings.js";
import { runtimeSource } from "./runtime-source.js";
import { byCodeUnit } from "../write/manifest.js";
import { listFiles } from "../write/project-files.js";
import type { Job } from "./job.js";

/** The schema files of a job, relative to the root, in order of path. */
export async function findSources(root: string, job: Job): Promise<readonly string[]> {
  const isIncluded = await includeFilter(job);
  return listFiles(join(root, job.inputFolder))
    .filter((path) => isSource(path) && isIncluded(path))
    .map((path) => `${job.inputFolder}/${path}`)
    .toSorted(byCodeUnit);
}

/** What a job's outputs are made from: its schema files and, where generated code is to import its own copy, the runtime. */
export async function findJobSources(root: string, job: Job): Promise<readonly string[]> {
  const sources = await findSources(root, job);
  return job.settings.runtime === "inline" && sources.length > 0 ? [...sources, runtimeSource].toSorted(byCodeUnit) : sources;
}

/** Whether a file can be a source, by its name: no declaration file, nothing that belongs to npm or TypeScript. */
export function isSource(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.startsWith(".")) return false;
  if (name.endsWith(".json")) return !/^(?:package(?:-lock)?|tsconfig(?:\..*)?)\.json$/.test(name);
  return name.endsWith(".ts") && !name.endsWith(".d.ts");
}

/** Settings for each source of a job: its own, then those of every override that fits, the last one winning. */
export async function settingsOf(job: Job): Promise<(source: string) => GenerateSettings> {
  if (job.overrides.length === 0) return () => job.settings;
  const { default: picomatch } = await import("picomatch");
  const overrides = job.overrides.map(({ files, settings }) => ({ fits: picomatch([...files]), settings }));
  return (source) => {
    if (source === runtimeSource) return job.settings;
    const path = source.slice(job.inputFolder.length + 1);
    return overrides.reduce((merged, { fits, settings }) => (fits(path) ? { ...merged, ...settings } : merged), job.settings);
  };
}

/** Overrides of a job that fit no source. */
export async function unusedOverrides(job: Job, sources: readonly string[]): Promise<readonly (readonly string[])[]> {
  if (job.overrides.length === 0) return [];
  const { default: picomatch } = await import("picomatch");
  const paths = sources.map((source) => source.slice(job.inputFolder.length + 1));
  return job.overrides
    .map(({ files }) => files)
    .filter((files) => {
      const fits = picomatch([...files]);
      return !paths.some((path) => fits(path));
    });
}

async function includeFilter({ include, exclude }: Job): Promise<(path: string) => boolean> {
  if (include === undefined && exclude === undefined) return () => true;
  const { default: picomatch } = await import("picomatch");
  const isIncluded = include && picomatch([...include]);
  const isExcluded = exclude && picomatch([...exclude]);
  return (path) => (isIncluded?.(path) ?? true) && isExcluded?.(path) !== true;
}
