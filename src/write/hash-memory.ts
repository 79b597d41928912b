import { statSync } from "node:fs";

/** A change within this time of the last one may leave the file's times as they were. */
const racyMilliseconds = 2000;

interface Remembered {
  readonly stamp: string;
  readonly hash: string;
  /** When it was hashed, in milliseconds since 1970. */
  readonly at: number;
}

/** Hashes of files, by absolute path, with their size, inode and time of change, while a process lives. */
export class HashMemory {
  readonly #known = new Map<string, Remembered>();

  /** The hash of a file that has not changed since; undefined where that is not certain. */
  recall(path: string): string | undefined {
    const known = this.#known.get(path);
    if (known === undefined) return undefined;
    const now = stampOf(path);
    return now !== undefined && now.stamp === known.stamp && now.changed < known.at - racyMilliseconds ? known.hash : undefined;
  }

  remember(path: string, hash: string): void {
    const now = stampOf(path);
    if (now !== undefined) this.#known.set(path, { stamp: now.stamp, hash, at: Date.now() });
  }
}

function stampOf(path: string): { readonly stamp: string; readonly changed: number } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return { stamp: `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`, changed: Math.max(stats.mtimeMs, stats.ctimeMs) };
}
