import { closeSync, createReadStream, existsSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { readLines } from "./read-lines.js";

/** A line that a log holds: the key comes first, so that it can be found without reading the rest. */
export type LogRecord = { readonly key: string } & Readonly<Record<string, unknown>>;

/** Milliseconds between two times that the disk is told to keep what was written. */
const syncInterval = 1000;

const keyed = /^\{"key":("(?:[^"\\]|\\.)*")[,}]/;

/**
 * A file of JSON lines that only grows. A line is written in one piece, so that after a kill all are whole but perhaps the last,
 * which is cut off when the file is opened again: what has no whole line was never done.
 */
export class ResultLog {
  readonly path: string;
  readonly #file: number;
  #syncedAt = performance.now();

  private constructor(path: string, file: number) {
    this.path = path;
    this.#file = file;
  }

  /** Opens the log and tells the key of every line that is there. @throws {ForeignFileError} when it is no log of ours */
  static async open(path: string, onKey: (key: string) => void): Promise<ResultLog> {
    const whole = await readKeys(path, onKey);
    const file = openSync(path, "a");
    ftruncateSync(file, whole);
    return new ResultLog(path, file);
  }

  /** A new file. @throws what the system reports where there is one already */
  static create(path: string): ResultLog {
    return new ResultLog(path, openSync(path, "ax"));
  }

  append(record: LogRecord): void {
    const { key, ...rest } = record;
    writeSync(this.#file, `${JSON.stringify({ key, ...rest })}\n`);
    if (performance.now() - this.#syncedAt > syncInterval) this.#sync();
  }

  close(): void {
    this.#sync();
    closeSync(this.#file);
  }

  #sync(): void {
    fsyncSync(this.#file);
    this.#syncedAt = performance.now();
  }
}

/** Somebody else's file stands where the log is to be. */
export class ForeignFileError extends Error {
  constructor(path: string, line: number) {
    super(`Line ${line} of ${path} was not written by \`schemacast batch\`. Nothing was changed; name another file.`);
  }
}

/** Tells the key of each whole line of a log. @returns bytes of the whole lines */
async function readKeys(path: string, onKey: (key: string) => void): Promise<number> {
  if (!existsSync(path)) return 0;
  let whole = 0;
  for await (const { number, text, ended, offset } of readLines(createReadStream(path))) {
    const key = keyOf(text);
    // What a kill has cut off is the beginning of a line of ours.
    if (!ended && (key !== undefined || '{"key":"'.startsWith(text.slice(0, 8)))) break;
    if (key === undefined) throw new ForeignFileError(path, number);
    onKey(key);
    whole = offset;
  }
  return whole;
}

/** The key of a line, if it is one that a log holds. */
export function keyOf(line: string): string | undefined {
  const quoted = keyed.exec(line)?.[1];
  if (quoted === undefined) return undefined;
  // The pattern lets pass only what looks like a string; a bad escape in it is not ours.
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}
