import { createRequire } from "node:module";
import path from "node:path";
import type { ts } from "ts-morph";
import { type CompiledCode, loadScript } from "./load-script.js";

/** The compiler API inside ts-morph: its own copy of TypeScript 6, whatever `typescript` the project has. */
export type Compiler = typeof ts;

export interface LoadedCompiler {
  readonly ts: Compiler;
  /** Hands the code that has been compiled by now to the store, unless it came from there. To be called when the work is done. */
  readonly keep: () => void;
}

/**
 * Loads the compiler: 500 ms of processor time in a fresh process, 150 ms with compiled code at hand. It is loaded once a process.
 *
 * The file of TypeScript itself is loaded, not ts-morph's wrapper of it, which costs 150 ms more and is not needed to ask the
 * checker. It takes Node's own way where there is no store.
 */
export function loadCompiler(compiled?: CompiledCode): LoadedCompiler {
  const file = compilerFile();
  const require = createRequire(file);
  const known = require.cache[file];
  if (known?.loaded) return { ts: known.exports as Compiler, keep: () => undefined };
  if (compiled === undefined) return { ts: require(file) as Compiler, keep: () => undefined };
  const { exports, keep } = loadScript(file, compiled);
  return { ts: exports as Compiler, keep };
}

/** Names and texts of TypeScript's own lib files, for sources that need more than our small one. */
export function loadLibFiles(): readonly { readonly fileName: string; readonly text: string }[] {
  const common = createRequire(fromTsMorph().resolve("@ts-morph/common"));
  const { getLibFiles } = common("./ts-morph-common.js") as { readonly getLibFiles: () => { fileName: string; text: string }[] };
  return getLibFiles();
}

function fromTsMorph(): NodeJS.Require {
  return createRequire(createRequire(import.meta.url).resolve("ts-morph"));
}

function compilerFile(): string {
  return path.join(path.dirname(fromTsMorph().resolve("@ts-morph/common")), "typescript.js");
}
