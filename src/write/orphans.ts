import { join } from "node:path";
import { byCodeUnit, type ManifestEntry } from "./manifest.js";
import { fileHasOurHeader } from "./our-header.js";
import { listFiles } from "./project-files.js";
import { removeFile } from "./write-files.js";

/** Removes files that carry our header and belong to no source. Files of others stay. */
export function removeOrphans(folder: string, entries: Readonly<Record<string, ManifestEntry>>): readonly string[] {
  const orphans = findOrphans(folder, entries);
  for (const path of orphans) removeFile(folder, path);
  return orphans;
}

/** Files in the output folder that carry our header and belong to no source, in order of path. */
export function findOrphans(folder: string, entries: Readonly<Record<string, ManifestEntry>>): readonly string[] {
  const known = new Set(Object.values(entries).flatMap((entry) => Object.keys(entry.outputs)));
  return listFiles(folder)
    .filter((path) => !known.has(path) && /\.[cm]?[jt]s$/.test(path) && fileHasOurHeader(join(folder, path)))
    .toSorted(byCodeUnit);
}
