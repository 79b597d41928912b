import path from "node:path";
import type { ts } from "ts-morph";
import type { Compiler } from "./compiler.js";
import { projectConfig } from "./project-config.js";
import type { ProjectFiles } from "./project-files.js";

/** What the nearest tsconfig says about a source, reduced to what bears on its types. */
export interface CompilerSettings {
  readonly options: ts.CompilerOptions;
  /** The tsconfig and those it extends, absolute: a change of them can change what an import means. */
  readonly configFiles: readonly string[];
  readonly errors: readonly ts.Diagnostic[];
  /** How specifiers of relative imports end under these settings. */
  readonly extension: "js" | "ts" | "none";
}

/** Options that decide where imports lead and what a type means. All others (lint-like ones, output, lib) are not ours to judge. */
const taken = [
  "module",
  "moduleResolution",
  "baseUrl",
  "paths",
  "pathsBasePath",
  "rootDirs",
  "customConditions",
  "moduleSuffixes",
  "resolvePackageJsonExports",
  "resolvePackageJsonImports",
  "allowImportingTsExtensions",
  "rewriteRelativeImportExtensions",
  "allowArbitraryExtensions",
  "allowJs",
  "checkJs",
  "resolveJsonModule",
  "exactOptionalPropertyTypes",
  "esModuleInterop",
  "experimentalDecorators",
] as const;

/** Finds and reads the tsconfig that a source lives under; without one, the defaults of a bundler project. */
export function compilerSettings(ts: Compiler, project: ProjectFiles, source: string): CompilerSettings {
  const nearest = ts.findConfigFile(path.posix.dirname(source), (file) => project.read(file) !== undefined);
  if (nearest === undefined) return { options: ourOptions(ts, {}), configFiles: [], errors: [], extension: "js" };
  const configFiles: string[] = [];
  const read = (file: string): string | undefined => {
    const text = project.read(file);
    if (text !== undefined && !configFiles.includes(file)) configFiles.push(file);
    return text;
  };
  const parsed = projectConfig({ ts, source, nearest, read });
  const errors = ts.getConfigFileParsingDiagnostics(parsed).filter((error) => isOurs(ts, error));
  return { options: ourOptions(ts, parsed.options), configFiles, errors, extension: importExtension(ts, parsed.options) };
}

/** "No inputs were found", "The 'files' list is empty": we never let it list files. */
const aboutInputs = new Set([18002, 18003]);

/** "Unknown compiler option": it may be one of a newer compiler than ours. */
const unknownOption = new Set([5023, 5025]);

/** Whether a fault bears on where imports lead; a value we don't know for an option that we don't use does not. */
function isOurs(ts: Compiler, { code, messageText }: ts.Diagnostic): boolean {
  if (aboutInputs.has(code) || unknownOption.has(code)) return false;
  const [, option] = /^(?:Argument for|Compiler option) '(?:--)?(\w+)'/.exec(ts.flattenDiagnosticMessageText(messageText, " ")) ?? [];
  return option === undefined || option === "extends" || taken.some((name) => name === option);
}

/** Bundler and classic Node resolution take specifiers without an extension; the others want what stands in the output. */
function importExtension(ts: Compiler, options: ts.CompilerOptions): "js" | "ts" | "none" {
  if (options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions) return "ts";
  const { Bundler, Node10 } = ts.ModuleResolutionKind;
  return options.moduleResolution === Bundler || options.moduleResolution === Node10 ? "none" : "js";
}

function ourOptions(ts: Compiler, theirs: ts.CompilerOptions): ts.CompilerOptions {
  const picked: Record<string, unknown> = {};
  for (const name of taken) if (theirs[name] !== undefined) picked[name] = theirs[name];
  if (picked.moduleResolution === undefined && picked.module === undefined) {
    picked.module = ts.ModuleKind.ESNext;
    picked.moduleResolution = ts.ModuleResolutionKind.Bundler;
  }
  return {
    ...picked,
    target: ts.ScriptTarget.ESNext,
    // `string | null` has to stay one, also in a project that does not check nulls.
    strict: true,
    strictPropertyInitialization: false,
    types: [],
    noEmit: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    ignoreDeprecations: "6.0",
  };
}
