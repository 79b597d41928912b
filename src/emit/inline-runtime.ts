import { readdirSync, readFileSync } from "node:fs";
import { banner, uncheckedLine } from "./banner.js";
import type { EmitSettings } from "./emit-settings.js";
import type { GeneratedFile } from "./generated-file.js";
import { endingFor } from "./module-names.js";

/** Made by `.ci/bundle-runtime.mjs`; this file lies equally deep in `src` and in `dist`. */
const FOLDER = new URL("../../dist/inline-runtime/", import.meta.url);

/** `from "./x.js"`, `import("./x.js")`: the files of the copy import each other. */
const relativeModule = /((?:\bfrom |\bimport\()"\.\/[^"\n]+)\.js"/g;

/**
 * The files of the runtime, for `runtime/` in the output folder. They are the same for all schemas: what calls generated code imports
 * errors, clients and checks from `runtime/index`, and what nobody imports no bundler takes along.
 *
 * @throws what `readdirSync` throws in a checkout that has not been built
 */
export function emitRuntime(source: string, settings: EmitSettings): readonly GeneratedFile[] {
  const isWanted = settings.target === "js" ? /(?:\.js|\.d\.ts)$/ : /(?<!\.d)\.ts$/;
  const ending = endingFor(settings);
  const head = banner(source, settings.header);
  return readdirSync(FOLDER)
    .filter((name) => isWanted.test(name))
    .sort(indexFirst)
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), "utf8").replaceAll(relativeModule, `$1${ending}"`);
      // It is code like an installed package's: whether it fits a project's strictest flags is not the project's business.
      return { path: `runtime/${name}`, text: `${head}${name.endsWith(".d.ts") ? "" : uncheckedLine}${text}` };
    });
}

/** What people import comes first, then by code unit. */
function indexFirst(left: string, right: string): number {
  const [first, second] = [left, right].map((name) => (name.startsWith("index.") ? "" : name));
  return (first ?? "") < (second ?? "") ? -1 : 1;
}
