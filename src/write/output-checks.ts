import { realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { systemErrorCode } from "./project-files.js";

/** Two sources that would become one file. */
export interface OutputClash {
  readonly output: string;
  readonly source: string;
  readonly other: string;
}

/**
 * Finds outputs that differ in upper and lower case only, or not at all: one file on macOS and Windows.
 *
 * @param outputs pairs of output and source, every job's file
 */
export function findOutputClashes(outputs: Iterable<readonly [output: string, source: string]>): readonly OutputClash[] {
  const taken = new Map<string, readonly [output: string, source: string]>();
  const clashes: OutputClash[] = [];
  for (const [output, source] of outputs) {
    // NFC: macOS may give back names in another form of Unicode than they were written in.
    const key = output.normalize("NFC").toLowerCase();
    const other = taken.get(key);
    if (other === undefined) taken.set(key, [output, source]);
    else if (other[1] !== source) clashes.push({ output, source, other: other[1] });
  }
  return clashes;
}

/**
 * Where a path leads when its symbolic links are followed, if that is outside the root; undefined where it stays inside. Looks at
 * the nearest folder that exists: what is missing will be made below it.
 */
export function leadsOutside(root: string, path: string): string | undefined {
  const realRoot = realpathSync(root);
  for (let folder = dirname(join(root, path)); ; folder = dirname(folder)) {
    const real = realPathOf(folder);
    if (real === undefined) continue;
    const fromRoot = relative(realRoot, real);
    const isInside = fromRoot !== ".." && !fromRoot.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(fromRoot);
    return isInside ? undefined : real;
  }
}

function realPathOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
