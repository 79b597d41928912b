import path from "node:path";
import type { ts } from "ts-morph";
import { type Compiler, loadLibFiles } from "./compiler.js";
import { miniLibPath, miniLibText } from "./mini-lib.js";
import type { ProjectFiles } from "./project-files.js";

/** A program over some sources and all that they reach. */
export interface SourceProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The project's files that a file reaches through imports, itself first, absolute. */
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
}

/** Makes one program for all sources. Reads through `project` only; nothing is resolved that no source reaches. */
export function createProgram(request: ProgramRequest): SourceProgram {
  const { ts, project, options, sources } = request;
  const libs = libFiles(ts, request.lib);
  const imports = new Map<string, Set<string>>();
  const read = (file: string): string | undefined => libs.texts.get(file) ?? project.read(file);
  const cache = ts.createModuleResolutionCache(project.root, (name) => name, options);
  const host: ts.CompilerHost = {
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    getSourceFile(file, languageVersion) {
      const text = read(file);
      const given = typeof languageVersion === "object" ? languageVersion : { languageVersion };
      // Comments are read by ourselves (`js-doc.ts`); those of JavaScript hold its types.
      const { ParseAll, ParseNone } = ts.JSDocParsingMode;
      const settings = { ...given, jsDocParsingMode: /\.[cm]?jsx?$/.test(file) ? ParseAll : ParseNone };
      return text === undefined ? undefined : ts.createSourceFile(file, text, settings);
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
        const to = found.resolvedModule?.resolvedFileName;
        if (to !== undefined) imports.set(file, (imports.get(file) ?? new Set()).add(to));
        return found;
      }),
  };
  const program = ts.createProgram({ rootNames: sources, options, host });
  return { program, checker: program.getTypeChecker(), reached: (file) => reach(imports, file) };
}

function reach(imports: ReadonlyMap<string, ReadonlySet<string>>, start: string): readonly string[] {
  const reached = new Set([start]);
  // A set iterates over what is added while it is iterated.
  for (const file of reached) for (const next of imports.get(file) ?? []) reached.add(next);
  return [...reached];
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
