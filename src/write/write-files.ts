import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How temporary files end. A run that finds some from a broken-off run removes them. */
export const temporarySuffix = ".schemacast-tmp";

/**
 * Writes files so that each is old or new at any moment, and all or none where the disk refuses: first every text goes into a
 * temporary file beside its target, then the temporary files are renamed.
 */
export class StagedFiles {
  readonly #folder: string;
  readonly #staged: string[] = [];

  /** @param folder absolute path of the output folder */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the text beside its target. @throws what the system reports; what was staged before stays until `discard` */
  stage(path: string, text: string): void {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    this.#staged.push(path);
    writeFileSync(target + temporarySuffix, text);
  }

  /** Puts every staged file in its place. */
  commit(): void {
    for (const path of this.#staged.splice(0)) {
      const target = join(this.#folder, path);
      renameSync(target + temporarySuffix, target);
    }
  }

  /** Takes back what was staged. */
  discard(): void {
    for (const path of this.#staged.splice(0)) rmSync(join(this.#folder, path + temporarySuffix), { force: true });
  }
}

/** Removes a file and the folders that it leaves empty, up to the output folder. */
export function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    try {
      rmdirSync(join(folder, parent));
    } catch {
      return; // Not empty: somebody else's files live there.
    }
  }
}
