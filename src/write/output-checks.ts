import { realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { systemErrorCode } from "./project-files.js";

/** Which source each output belongs to. Outputs that differ in upper and lower case only are one file on macOS and Windows. */
export class OutputClaims {
  readonly #sources = new Map<string, string>();

  /** Notes that a source has this output, unless another source does: then says which. */
  claim(output: string, source: string): string | undefined {
    // NFC: macOS may give back names in another form of Unicode than they were written in.
    const key = output.normalize("NFC").toLowerCase();
    const other = this.#sources.get(key);
    if (other === undefined) this.#sources.set(key, source);
    return other === source ? undefined : other;
  }
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
