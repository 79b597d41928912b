import { lstatSync, readdirSync, statSync, type Stats } from "node:fs";
import type { Job } from "../config/job.js";
import { systemErrorCode } from "../write/project-files.js";

/** What the system says of the files of a job. */
export interface DiskDescription {
  /** Relative to the root, with `/`. */
  readonly names: readonly string[];
  /** Four for each name: size, times of change in milliseconds since 1970, inode. */
  readonly facts: readonly number[];
  /** The last time of change, in milliseconds since 1970. */
  readonly newest: number;
}

export const factsPerFile = 4;

/**
 * Asks for the facts of every file below the folders of a job.
 *
 * @param others files besides, relative to the root
 * @returns undefined where a folder or file is missing
 */
export function describeDisk(root: string, job: Job, others: readonly string[]): DiskDescription | undefined {
  const disk = new Description(root);
  try {
    disk.walk(job.inputFolder);
    disk.walk(job.outputFolder);
    for (const path of others) disk.add(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
  return disk;
}

/** The description with the facts of some files asked for anew; those that are gone are left out. */
export function describeAnew(root: string, before: DiskDescription, touched: ReadonlySet<string>): DiskDescription {
  const disk = new Description(root);
  before.names.forEach((name, index) => {
    const [size = 0, mtimeMs = 0, ctimeMs = 0, ino = 0] = before.facts.slice(index * factsPerFile, (index + 1) * factsPerFile);
    if (!touched.has(name)) disk.add(name, { size, mtimeMs, ctimeMs, ino });
  });
  for (const name of touched) disk.addIfThere(name);
  return disk;
}

type Facts = Pick<Stats, "size" | "mtimeMs" | "ctimeMs" | "ino">;

class Description implements DiskDescription {
  readonly names: string[] = [];
  readonly facts: number[] = [];
  newest = 0;
  /** What stands before a path for the system: nothing in the working folder, as short paths are found sooner. */
  readonly #before: string;

  constructor(root: string) {
    this.#before = root === process.cwd() ? "" : `${root}/`;
  }

  walk(folder: string): void {
    for (const entry of readdirSync(this.#before + folder)) {
      if (entry === "node_modules" || entry === ".git") continue;
      const name = `${folder}/${entry}`;
      const stats = statSync(this.#before + name);
      // Asking for kinds with the names would make an object for each. Links to folders are not followed.
      if (stats.isDirectory() && lstatSync(this.#before + name).isDirectory()) this.walk(name);
      else this.add(name, stats);
    }
  }

  add(name: string, { size, mtimeMs, ctimeMs, ino }: Facts = statSync(this.#before + name)): void {
    if (mtimeMs > this.newest) this.newest = mtimeMs;
    if (ctimeMs > this.newest) this.newest = ctimeMs;
    this.names.push(name);
    this.facts.push(size, mtimeMs, ctimeMs, ino);
  }

  addIfThere(name: string): void {
    const stats = statSync(this.#before + name, { throwIfNoEntry: false });
    if (stats !== undefined) this.add(name, stats);
  }
}
