import { createRequire } from "node:module";
import type { ts } from "ts-morph";

/** The compiler API inside ts-morph: its own copy of TypeScript 6, whatever `typescript` the project has. */
export type Compiler = typeof ts;

/** Loads the compiler: some 400 ms of a cold process, so it is done only when a TypeScript source is read. */
export function loadCompiler(): Compiler {
  // The type says what the package's own declarations say of its main export.
  return (createRequire(import.meta.url)("ts-morph") as { readonly ts: Compiler }).ts;
}

/** Names and texts of TypeScript's own lib files, for sources that need more than our small one. */
export function loadLibFiles(): readonly { readonly fileName: string; readonly text: string }[] {
  const fromTsMorph = createRequire(createRequire(import.meta.url).resolve("ts-morph"));
  const common = fromTsMorph("@ts-morph/common") as { readonly getLibFiles: () => { fileName: string; text: string }[] };
  return common.getLibFiles();
}
