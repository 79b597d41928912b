import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { banner, uncheckedLine } from "./banner.js";
import type { EmitSettings } from "./emit-settings.js";
import type { GeneratedFile } from "./generated-file.js";
import { endingFor } from "./module-names.js";

/**
 * The files of the runtime, for `runtime/` in the output folder. All of them: what calls generated code imports errors, clients and
 * checks from `runtime/index`, the set must not change with the schemas, and what nobody imports no bundler takes along.
 */
export function emitRuntime(source: string, settings: EmitSettings): readonly GeneratedFile[] {
  const { folder, isWanted } = settings.target === "js" ? builtFiles() : sourceFiles();
  const ending = endingFor(settings);
  const head = banner(source, settings.header);
  return listFiles(folder)
    .map((path) => relative(folder, path).split(sep).join("/"))
    .filter((path) => isWanted(path))
    .sort(indexFirst)
    .map((path) => {
      const text = readFileSync(join(folder, path), "utf8").replace(/\r\n/g, "\n").replaceAll(relativeModule, `$1$2${ending}"`);
      // It is code like an installed package's: whether it fits a project's strictest flags is not the project's business.
      return { path: `runtime/${path}`, text: `${head}${path.endsWith(".d.ts") ? "" : uncheckedLine}${text}` };
    });
}

/** `from "./x.js"`, `import("./x.js")`, of our own modules. */
const relativeModule = /((?:\bfrom |\bimport\()")(\.{1,2}\/[^"\n]+)\.js"/g;

interface RuntimeFolder {
  readonly folder: string;
  readonly isWanted: (path: string) => boolean;
}

/** This file lies equally deep in `src` and in `dist`; the package ships the runtime's sources for this. */
function sourceFiles(): RuntimeFolder {
  return { folder: fileURLToPath(new URL("../../src/runtime/", import.meta.url)), isWanted: (path) => path.endsWith(".ts") };
}

function builtFiles(): RuntimeFolder {
  const manifest = createRequire(import.meta.url).resolve("@schemacast/runtime/package.json");
  return { folder: join(dirname(manifest), "dist"), isWanted: (path) => /(?:\.js|\.d\.ts)$/.test(path) };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    return entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)];
  });
}

/** What people import comes first, then by code unit. */
function indexFirst(left: string, right: string): number {
  const [first, second] = [left.startsWith("index.") ? "" : left, right.startsWith("index.") ? "" : right];
  return first < second ? -1 : first > second ? 1 : 0;
}
