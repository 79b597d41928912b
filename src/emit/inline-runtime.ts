import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { banner, uncheckedLine } from "./banner.js";
import type { EmitSettings } from "./emit-settings.js";
import type { GeneratedFile } from "./generated-file.js";
import { endingFor } from "./module-names.js";

/** What generated code and the code that calls it import. */
const entries = ["index", "v1", "lenient", "validation", "fetch", "mock"];

/**
 * The files of the runtime, for `runtime/` in the output folder: all that the entries lead to. Not less: what calls generated code imports
 * errors, clients and checks from `runtime/index`, the set must not change with the schemas, and what nobody imports no bundler takes
 * along. Not more: telemetry would need a package of its own.
 */
export function emitRuntime(source: string, settings: EmitSettings): readonly GeneratedFile[] {
  const { folder, isWanted } = settings.target === "js" ? builtFiles() : sourceFiles();
  const ending = endingFor(settings);
  const head = banner(source, settings.header);
  const texts = new Map<string, string>();
  for (const file of listFiles(folder)) {
    const path = relative(folder, file).split(sep).join("/");
    if (isWanted(path)) texts.set(path, readFileSync(file, "utf8").replace(/\r\n/g, "\n"));
  }
  const reached = reachable(texts);
  return [...texts]
    .filter(([path]) => reached.has(moduleOf(path)))
    .sort(([left], [right]) => indexFirst(left, right))
    .map(([path, text]) => {
      // It is code like an installed package's: whether it fits a project's strictest flags is not the project's business.
      const start = `${head}${path.endsWith(".d.ts") ? "" : uncheckedLine}`;
      return { path: `runtime/${path}`, text: start + text.replaceAll(relativeModule, `$1$2${ending}"`) };
    });
}

/** `from "./x.js"`, `import("./x.js")`, of our own modules. */
const relativeModule = /((?:\bfrom |\bimport\()")(\.{1,2}\/[^"\n]+)\.js"/g;

/** The modules that the entries lead to, by way of values or of types. */
function reachable(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const imports = new Map<string, string[]>();
  for (const [path, text] of texts) {
    const found = [...text.matchAll(relativeModule)].map(([, , module = ""]) => posix.join(posix.dirname(path), module));
    imports.set(moduleOf(path), [...(imports.get(moduleOf(path)) ?? []), ...found]);
  }
  // A set iterates over what is added while it is iterated.
  const reached = new Set(entries);
  for (const module of reached) for (const next of imports.get(module) ?? []) reached.add(next);
  return reached;
}

function moduleOf(path: string): string {
  return path.replace(/(?:\.d)?\.[jt]s$/, "");
}

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
