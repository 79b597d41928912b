import { type FileCase, fileNameIn } from "./naming.js";

/** Node reads the name of a module as a URL, TypeScript as a path: with these in it, no import pleases both. */
const unloadable = /[#?%\\]/g;

/**
 * Where a source's generated pair goes, relative to the output folder and without an ending: `schemas/a/user.schema.json` below
 * `schemas` → `a/user`, for `a/user.ts` and `a/user.codec.ts`. Folders keep their names, the file's is put into a case;
 * what no module's name can hold becomes a hyphen.
 */
export function outputStem(source: string, inputFolder: string, fileCase: FileCase = "keep"): string {
  const folder = inputFolder.replace(/\/+$/, "");
  const inside = folder !== "" && folder !== "." && source.startsWith(`${folder}/`) ? source.slice(folder.length + 1) : source;
  const stem = inside.replace(/(?:\.schema)?\.(?:json|jsonc|json5|ts|mts|cts|tsx)$/, "");
  const start = stem.lastIndexOf("/") + 1;
  const path = stem.slice(0, start) + fileNameIn(stem.slice(start), fileCase);
  return path.replace(unloadable, "-");
}
