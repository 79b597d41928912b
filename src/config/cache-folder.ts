import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readBytes } from "../write/project-files.js";
import { replaceFile } from "../write/write-files.js";

/** A file in `node_modules/.cache/schemacast` that makes runs faster and may vanish at any time. */
export interface CacheFile {
  read(): string | undefined;
  /** Does nothing where the cache can't be written. */
  write(text: string): void;
}

/**
 * The cache file of a purpose for a project: in the nearest `node_modules`, as other tools do it. Where there is none, nothing is cached.
 *
 * @param name `config`, `stats-generated`
 */
export function cacheFile(root: string, name: string): CacheFile {
  const home = nearestModules(root);
  if (home === undefined) return { read: () => undefined, write: () => undefined };
  const folder = folderIn(home);
  const project = relative(home, root).replace(/[^A-Za-z0-9-]+/g, "_");
  const path = join(folder, `${name}${project === "" ? "" : `.${project}`}.json`);
  return {
    read: () => readBytes(path)?.toString("utf8"),
    write: (text) => {
      try {
        mkdirSync(folder, { recursive: true });
        replaceFile(path, text);
      } catch {
        // A read-only checkout runs without a cache.
      }
    },
  };
}

/** Path of a cache file that all projects below the nearest `node_modules` share; undefined where there is no such folder. */
export function cachePath(root: string, file: string): string | undefined {
  const home = nearestModules(root);
  return home === undefined ? undefined : join(folderIn(home), file);
}

function folderIn(home: string): string {
  return join(home, "node_modules", ".cache", "schemacast");
}

function nearestModules(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
