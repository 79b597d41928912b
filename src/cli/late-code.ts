import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compiledCode } from "../config/compiled-code.js";
import { loadScript } from "../read/typescript/load-script.js";
import { optimiseLate } from "./optimise-late.js";

/**
 * A module of `dist/late.cjs`, the bundle of what a run needs that finds something to do: generator, Ajv, json-schema-to-typescript.
 * Only the bundled program uses it. It is loaded once a process, with the compiled code that an earlier run left in the cache folder.
 *
 * @param name of the module, below `dist`
 */
export function lateModule(name: string): unknown {
  const file = fileURLToPath(new URL("../late.cjs", import.meta.url));
  const known = createRequire(file).cache[file];
  return Reflect.get((known?.exports ?? load(file)) as object, name);
}

function load(file: string): unknown {
  optimiseLate();
  const { exports, keep } = loadScript(file, compiledCode(process.cwd(), "generator"));
  // A run that stopped early has compiled little of what later ones need.
  process.once("exit", (code) => (code === 0 ? keep() : undefined));
  return exports;
}
