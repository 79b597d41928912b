import type { ReadResult } from "../../src/read/schema-document.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import { memoryReader } from "./disk-reader.js";

/** Reads sources of a project that is in memory. */
export function readAll(texts: Readonly<Record<string, string>>, ...sources: readonly string[]): ReadonlyMap<string, ReadResult> {
  return readTypeScript({ root: "/project", sources, files: memoryReader(texts) });
}

export function readOne(texts: Readonly<Record<string, string>>, source: string): ReadResult {
  const result = readAll(texts, source).get(source);
  if (!result) throw new Error("no result");
  return result;
}

/** `file:line:column code` of each diagnostic. */
export const told = (result: ReadResult): readonly string[] =>
  result.diagnostics.map(({ code, at }) => (at ? `${at.file}:${at.line}:${at.column} ${code}` : code));

export const user = 'export interface User { name: string; role: "b" | "a" }';
