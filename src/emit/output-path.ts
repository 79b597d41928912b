/**
 * Where a source's generated pair goes, relative to the output folder and without an ending: `schemas/a/user.schema.json` below
 * `schemas` → `a/user`, for `a/user.ts` and `a/user.codec.ts`.
 */
export function outputStem(source: string, inputFolder: string): string {
  const folder = inputFolder.replace(/\/+$/, "");
  const inside = folder !== "" && folder !== "." && source.startsWith(`${folder}/`) ? source.slice(folder.length + 1) : source;
  return inside.replace(/(?:\.schema)?\.(?:json|jsonc|json5|ts|mts|cts|tsx)$/, "");
}
