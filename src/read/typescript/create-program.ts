import path from "node:path";
import type { ts } from "ts-morph";
import { type Compiler, loadLibFiles } from "./compiler.js";
import { miniLibPath, miniLibText } from "./mini-lib.js";
import type { ProjectFiles } from "./project-files.js";

/** A program over some sources and all that they reach. */
export interface SourceProgram {
  readonly program: ts.Program;
  /** Made when it is asked for. */
  readonly checker: ts.TypeChecker;
  /** The files that a file reaches through imports and references, absolute: itself first, then in the order in which they are merged. */
  readonly reached: (file: string) => readonly string[];
}

export interface ProgramRequest {
  readonly ts: Compiler;
  readonly project: ProjectFiles;
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly options: ts.CompilerOptions;
  /** `mini`: our own few globals. `full`: the whole of lib.es2022 and lib.dom. */
  readonly lib: "mini" | "full";
  /** Files that were parsed for other programs under the same options, by path. */
  readonly parsed: Map<string, ts.SourceFile>;
}

/** Makes one program for all sources. Reads through `project` only; nothing is resolved that no source reaches. */
export function createProgram(request: ProgramRequest): SourceProgram {
  const { ts, project, options, sources, parsed } = request;
  const libs = libFiles(ts, request.lib);
  const leadsTo = new Map<string, Set<string>>();
  const note = (from: string, to: string | undefined): void => {
    if (to !== undefined) leadsTo.set(from, (leadsTo.get(from) ?? new Set()).add(to));
  };
  const read = (file: string): string | undefined => libs.texts.get(file) ?? project.read(file);
  const cache = ts.createModuleResolutionCache(project.root, (name) => name, options);
  const host: ts.CompilerHost = {
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    getSourceFile(file, languageVersion) {
      const known = parsed.get(file);
      if (known) return known;
      const text = read(file);
      const given = typeof languageVersion === "object" ? languageVersion : { languageVersion };
      // Comments are read by ourselves (`js-doc.ts`); those of JavaScript hold its types.
      const { ParseAll, ParseNone } = ts.JSDocParsingMode;
      const settings = { ...given, jsDocParsingMode: /\.[cm]?jsx?$/.test(file) ? ParseAll : ParseNone };
      if (text === undefined) return undefined;
      const made = ts.createSourceFile(file, text, settings);
      if (!libs.texts.has(file)) parsed.set(file, made);
      return made;
    },
    getDefaultLibFileName: () => libs.main,
    getDefaultLibLocation: () => path.posix.dirname(libs.main),
    getCurrentDirectory: () => project.root,
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
    resolveModuleNameLiterals: (literals, file, redirected, _options, containing) =>
      literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(containing, literal, options);
        const found = ts.resolveModuleName(literal.text, file, options, host, cache, redirected, mode);
        note(file, found.resolvedModule?.resolvedFileName);
        return found;
      }),
    resolveTypeReferenceDirectiveReferences: (references, file, redirected, _options, containing) =>
      references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        const mode = typeof reference === "string" ? undefined : (reference.resolutionMode ?? containing?.impliedNodeFormat);
        const found = ts.resolveTypeReferenceDirective(name, file, options, host, redirected, undefined, mode);
        note(file, found.resolvedTypeReferenceDirective?.resolvedFileName);
        return found;
      }),
  };
  const program = ts.createProgram({ rootNames: sources, options, host });
  const next = (file: string): readonly string[] => [...referenced(program, file), ...(leadsTo.get(file) ?? [])];
  return {
    program,
    get checker() {
      return program.getTypeChecker();
    },
    reached: (file) => reach(next, file),
  };
}

/** What `/// <reference path="…" />` names. */
function referenced(program: ts.Program, file: string): readonly string[] {
  const references = program.getSourceFile(file)?.referencedFiles ?? [];
  return references.flatMap(({ fileName }) => {
    const named = path.posix.join(path.posix.dirname(file), fileName);
    return ["", ".ts", ".tsx", ".d.ts"].map((ending) => named + ending).find((one) => program.getSourceFile(one)) ?? [];
  });
}

/** As the compiler goes: what a file leads to stands before it. */
function reach(next: (file: string) => readonly string[], start: string): readonly string[] {
  const seen = new Set<string>();
  const reached: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    next(file).forEach(visit);
    if (file !== start) reached.push(file);
  };
  visit(start);
  return [start, ...reached];
}

interface LibFiles {
  readonly main: string;
  readonly texts: ReadonlyMap<string, string>;
}

function libFiles(ts: Compiler, kind: "mini" | "full"): LibFiles {
  if (kind === "mini") return { main: miniLibPath, texts: new Map([[miniLibPath, miniLibText]]) };
  const folder = path.posix.dirname(miniLibPath);
  const texts = new Map(loadLibFiles().map(({ fileName, text }) => [`${folder}/${fileName}`, text]));
  return { main: `${folder}/${ts.getDefaultLibFileName({ target: ts.ScriptTarget.ES2022 })}`, texts };
}
