import { join } from "node:path";
import { byCodeUnit } from "./manifest.js";
import { fileHasOurHeader } from "./our-header.js";
import { listFiles } from "./project-files.js";

/**
 * Files in the output folder that carry our header and that nobody claims, in order of path.
 *
 * @param folder absolute path of the output folder
 * @param claimed outputs that have a source, relative to the folder
 */
export function findOrphans(folder: string, claimed: ReadonlySet<string>): readonly string[] {
  return listFiles(folder)
    .filter((path) => !claimed.has(path) && /\.[cm]?[jt]s$/.test(path) && fileHasOurHeader(join(folder, path)))
    .toSorted(byCodeUnit);
}
