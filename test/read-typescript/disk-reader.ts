import { readFileSync } from "node:fs";
import path from "node:path";
import type { FileReader } from "../../src/read/schema-document.js";

/** Reads below a folder of the disk. */
export function diskReader(root: string): FileReader {
  return { read: (file) => readText(path.join(root, file)) };
}

/** Reads from texts held in memory, by path. */
export function memoryReader(texts: Readonly<Record<string, string>>): FileReader {
  return { read: (file) => (Object.hasOwn(texts, file) ? texts[file] : undefined) };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
