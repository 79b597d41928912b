import { isAscii } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import type { ts } from "ts-morph";

/** The compiler API inside ts-morph: its own copy of TypeScript 6, whatever `typescript` the project has. */
export type Compiler = typeof ts;

/** Keeps V8's compiled form of the compiler between runs. What it gives may be gone or useless at any time. */
export interface CompiledCode {
  /** @param key changes with the code and with Node */
  readonly read: (key: string) => Uint8Array | undefined;
  readonly write: (key: string, code: Uint8Array) => void;
}

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
  return compiled ? loadThroughStore(file, compiled) : { ts: require(file) as Compiler, keep: () => undefined };
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

function loadThroughStore(file: string, compiled: CompiledCode): LoadedCompiler {
  const { size, mtimeMs } = statSync(file);
  const key = `typescript-${process.version}-${process.arch}-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}`;
  const stored = compiled.read(key);
  const bytes = readFileSync(file);
  // Text known to be ASCII needs no decoding: 25 ms less for 9 MB.
  const text = bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const script = new Script(source, {
    filename: file,
    ...(stored && { cachedData: Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength) }),
  });
  const module = new Module(file);
  module.filename = file;
  const require = createRequire(file);
  // The wrapper's parameters are those of every CommonJS module (Node's documentation, "The module wrapper").
  const run = script.runInThisContext() as (
    exports: unknown,
    require: NodeJS.Require,
    module: Module,
    file: string,
    folder: string,
  ) => void;
  run(module.exports, require, module, file, path.dirname(file));
  module.loaded = true;
  // Others that ask for the file, ts-morph among them, get this one.
  require.cache[file] = module;
  const isUsed = stored !== undefined && script.cachedDataRejected === false;
  return {
    ts: module.exports as Compiler,
    keep: () => {
      // After the work, so that what it compiled is in it.
      if (!isUsed) compiled.write(key, script.createCachedData());
    },
  };
}
