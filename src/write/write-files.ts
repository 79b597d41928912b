import { mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemErrorCode } from "./project-files.js";

/** How temporary files end. A run that finds some from a broken-off run removes them. */
export const temporarySuffix = ".schemacast-tmp";

/**
 * Writes files so that each is old or new at any moment, and all or none where the disk refuses: first every text goes into a
 * temporary file beside its target, then the temporary files are renamed.
 */
export class StagedFiles {
  readonly #folder: string;
  readonly #staged: string[] = [];
  readonly #madeFolders: string[] = [];
  readonly #knownFolders = new Set<string>();
  #last: string | undefined;

  /** @param folder absolute path of the output folder */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get count(): number {
    return this.#staged.length;
  }

  /** The file that was staged or renamed last: the one an error is about. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Writes the content beside its target. @throws what the system reports; what was staged before stays until `discard` */
  stage(path: string, content: string | Uint8Array): void {
    this.#last = path;
    const target = join(this.#folder, path);
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) throw folderInTheWay(target);
    this.#makeFolder(dirname(target));
    this.#staged.push(path);
    writeTemporary(target + temporarySuffix, content);
  }

  #makeFolder(folder: string): void {
    if (this.#knownFolders.has(folder)) return;
    if (mkdirSync(folder, { recursive: true }) !== undefined) this.#madeFolders.push(folder);
    this.#knownFolders.add(folder);
  }

  /** Puts every staged file in its place, in the order they were staged. */
  commit(): void {
    while (this.#staged.length > 0) {
      this.#last = this.#staged[0];
      const target = join(this.#folder, this.#last ?? "");
      renameSync(target + temporarySuffix, target);
      this.#staged.shift();
    }
  }

  /** Takes back what was staged and not yet put in its place. */
  discard(): void {
    for (const path of this.#staged.splice(0)) rmSync(join(this.#folder, path + temporarySuffix), { force: true });
    for (const folder of this.#madeFolders.splice(0)) removeEmptyFolders(this.#folder, folder);
  }
}

/** Writes one file by way of a temporary one. @throws what the system reports */
export function replaceFile(path: string, text: string): void {
  writeTemporary(path + temporarySuffix, text);
  renameSync(path + temporarySuffix, path);
}

/** What stands there is removed, not written to: it may be a symbolic link, which leads anywhere. */
function writeTemporary(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: "wx" });
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
    rmSync(path, { force: true });
    writeFileSync(path, content, { flag: "wx" });
  }
}

/** Removes a file and the folders that it leaves empty, up to the output folder. */
export function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  removeEmptyFolders(folder, dirname(join(folder, path)));
}

/** What renaming over a folder would report, before anything is renamed. */
function folderInTheWay(path: string): Error {
  return Object.assign(new Error(`EISDIR: illegal operation on a directory, rename '${path}'`), {
    code: "EISDIR",
    syscall: "rename",
    path,
  });
}

function removeEmptyFolders(upTo: string, from: string): void {
  for (let folder = from; folder.length > upTo.length; folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return; // Not empty: somebody else's files live there.
    }
  }
}
