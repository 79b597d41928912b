import { opendir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";
import { systemErrorCode } from "../../write/project-files.js";
import { temporarySuffix } from "../../write/write-files.js";
import type { Entry } from "./entry.js";

/** Bytes; a larger file is no document. */
const largestFile = 64 * 1024 * 1024;

/**
 * A folder of text files, each a document, by their paths below it. Links are not followed.
 *
 * @param written what the batch writes, absolute: no document, where it lies in the folder, nor are the files beside it
 */
export async function* fileEntries(folder: string, glob: string, written: readonly string[]): AsyncGenerator<Entry> {
  const matches = picomatch(glob);
  const isOwn = (path: string): boolean =>
    written.some((own) => path === own || path === `${own}.lock` || (path.startsWith(own) && path.endsWith(temporarySuffix)));
  for await (const path of walk(folder, "")) if (matches(path) && !isOwn(join(folder, path))) yield readEntry(folder, path);
}

/** Paths in the same order on every machine; a folder at a time is held. */
async function* walk(root: string, below: string): AsyncGenerator<string> {
  const files: string[] = [];
  const folders: string[] = [];
  for await (const entry of await opendir(join(root, below))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory()) folders.push(path);
  }
  yield* files.toSorted();
  for (const path of folders.toSorted()) yield* walk(root, path);
}

async function readEntry(folder: string, key: string): Promise<Entry> {
  const path = join(folder, key);
  try {
    const { size } = await stat(path);
    if (size > largestFile) return { kind: "unreadable", key, problem: `The file is larger than ${largestFile / 1024 / 1024} MiB.` };
    return { kind: "document", key, input: await readFile(path, "utf8") };
  } catch (error) {
    return { kind: "unreadable", key, problem: `The file can't be read (${systemErrorCode(error) ?? String(error)}).` };
  }
}
