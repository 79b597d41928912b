import { createReadStream, existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { FingerprintMap } from "./fingerprint-map.js";
import { readLines } from "./read-lines.js";
import { keyOf } from "./result-log.js";

/**
 * Drops from the log of errors what has come right since, and all but the last error of a document. The new file takes the place of
 * the old in one step.
 *
 * @returns how many documents have an error
 */
export async function settleErrors(path: string, hasSucceeded: (key: string) => boolean): Promise<number> {
  if (!existsSync(path)) return 0;
  const last = new FingerprintMap();
  for await (const { number, text, ended } of readLines(createReadStream(path))) {
    const key = ended ? keyOf(text) : undefined;
    if (key !== undefined && !hasSucceeded(key)) last.set(key, number);
  }
  if (last.size === 0) {
    rmSync(path);
    return 0;
  }
  const temporary = `${path}.schemacast-tmp`;
  const file = await open(temporary, "w");
  try {
    for await (const { number, text } of readLines(createReadStream(path))) {
      const key = keyOf(text);
      if (key !== undefined && last.get(key) === number) await file.write(`${text}\n`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  renameSync(temporary, path);
  return last.size;
}
