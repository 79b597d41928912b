import path from "node:path";
import picomatch from "picomatch";
import type { ts } from "ts-morph";
import type { Compiler } from "./compiler.js";

export interface ConfigRequest {
  readonly ts: Compiler;
  /** Absolute. */
  readonly source: string;
  /** The tsconfig nearest to it, absolute. */
  readonly nearest: string;
  readonly read: (file: string) => string | undefined;
}

/**
 * The tsconfig that a source belongs to: the nearest, unless that leaves the source to a project it refers to, as the one at the root
 * of a Vite application does (`"files": [], "references": [{ "path": "./tsconfig.app.json" }]`).
 */
export function projectConfig({ ts, source, nearest, read }: ConfigRequest): ts.ParsedCommandLine {
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    // Nothing but the source is looked for.
    readDirectory: (folder, _extensions, excludes, includes) => (isIncluded({ folder, excludes, includes }, source) ? [source] : []),
  };
  const parse = (file: string): ts.ParsedCommandLine => {
    const json = ts.readJsonConfigFile(file, read);
    return ts.parseJsonSourceFileConfigFileContent(json, host, path.posix.dirname(file), undefined, file);
  };
  const own = parse(nearest);
  if (own.fileNames.includes(source)) return own;
  const others = own.projectReferences?.map((reference) => ts.resolveProjectReferencePath(reference)) ?? [];
  const projects = others.filter((file) => file !== nearest && read(file) !== undefined).map(parse);
  return projects.find(({ fileNames }) => fileNames.includes(source)) ?? own;
}

interface Patterns {
  readonly folder: string;
  readonly excludes: readonly string[] | undefined;
  readonly includes: readonly string[];
}

function isIncluded({ folder, excludes = [], includes }: Patterns, source: string): boolean {
  const relative = path.posix.relative(folder, source);
  // A folder stands for all that is in it.
  const fits = (patterns: readonly string[]): boolean => {
    const plain = patterns.map((pattern) => path.posix.normalize(pattern).replace(/\/$/, ""));
    return plain.length > 0 && picomatch(plain.flatMap((pattern) => (pattern === "." ? ["**"] : [pattern, `${pattern}/**`])))(relative);
  };
  return fits(includes) && !fits(excludes);
}
