import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { FileReader, ReadResult, SchemaDocument } from "../schema-document.js";
import { type Compiler, loadCompiler } from "./compiler.js";
import type { CompiledCode } from "./load-script.js";
import { type CompilerSettings, compilerSettings } from "./compiler-settings.js";
import type { SourceProgram } from "./create-program.js";
import { inputFaults, isProgram } from "./input-faults.js";
import { type ProjectFiles, projectFiles } from "./project-files.js";
import { readSource, type SourceRequest } from "./read-source.js";
import { separatePrograms } from "./separate-programs.js";
import { SourceTexts } from "./source-texts.js";

export interface TypeScriptRequest {
  /** Absolute path of the project root. */
  readonly root: string;
  /** `schemas/order.ts`, relative to the root. */
  readonly sources: readonly string[];
  /** Asked for paths relative to the root; those of packages installed above it begin with `../`. */
  readonly files: FileReader;
  /** Makes the next run's start faster; absent: nothing is kept. */
  readonly compiledCode?: CompiledCode;
}

/**
 * Reads the exported types of TypeScript sources. Sources under equal compiler settings share programs; only what
 * they reach is loaded. This module loads the compiler when it is called: import it only when a `.ts` source is stale.
 *
 * @returns a result for each source, by its path, in the order of `sources`
 */
export function readTypeScript(request: TypeScriptRequest): ReadonlyMap<string, ReadResult> {
  const results = new Map<string, ReadResult>();
  const [declarations, sources] = partition(request.sources, (source) => /\.d\.[cm]?ts$/.test(source));
  for (const source of declarations)
    results.set(source, refused(source, diagnostic("read/ts-declaration-file", start(source), { file: source })));
  if (sources.length > 0) {
    const { ts, keep } = loadCompiler(request.compiledCode);
    const project = projectFiles(request.root, request.files);
    for (const group of groupBySettings(ts, project, sources)) readGroup({ ts, project, group }, results);
    keep();
  }
  return new Map(request.sources.map((source) => [source, results.get(source) ?? refused(source)]));
}

interface Group {
  readonly settings: CompilerSettings;
  readonly sources: readonly string[];
}

function groupBySettings(ts: Compiler, project: ProjectFiles, sources: readonly string[]): readonly Group[] {
  const groups = new Map<string, { settings: CompilerSettings; sources: string[] }>();
  const byFolder = new Map<string, CompilerSettings>();
  for (const source of sources) {
    const folder = source.slice(0, source.lastIndexOf("/") + 1);
    const settings = byFolder.get(folder) ?? compilerSettings(ts, project, project.absolute(source));
    byFolder.set(folder, settings);
    const key = JSON.stringify([settings.options, settings.configFiles]);
    const group = groups.get(key) ?? { settings, sources: [] };
    group.sources.push(source);
    groups.set(key, group);
  }
  return [...groups.values()];
}

interface GroupRequest {
  readonly ts: Compiler;
  readonly project: ProjectFiles;
  readonly group: Group;
}

/** With our small lib first; sources in which something is amiss are read once more with TypeScript's whole lib. */
function readGroup({ ts, project, group }: GroupRequest, results: Map<string, ReadResult>): void {
  const { options } = group.settings;
  const parsed = new Map<string, ts.SourceFile>();
  const read = (sources: readonly string[], lib: "mini" | "full"): readonly string[] => {
    const files = sources.map((source) => project.absolute(source));
    const again: string[] = [];
    for (const shared of separatePrograms({ ts, project, options, lib, sources: files, parsed })) {
      for (const source of shared.sources.map((file) => project.relative(file))) {
        const result = readOne({ ts, project, group }, shared.program, source);
        if (lib === "mini" && result.diagnostics.some((one) => mayBeLib.has(one.code))) again.push(source);
        results.set(source, result);
      }
    }
    return again;
  };
  const again = read(group.sources, "mini");
  if (again.length > 0) read(again, "full");
}

/** Faults that a missing global can cause. */
const mayBeLib = new Set(["read/ts-type-error", "read/ts-unknown-name", "read/ts-unresolved-type"]);

function readOne({ ts, project, group }: GroupRequest, program: SourceProgram, source: string): ReadResult {
  const file = program.program.getSourceFile(project.absolute(source));
  const dependencies = [...program.reached(project.absolute(source)), ...group.settings.configFiles].map(project.relative);
  if (file === undefined) return { ...refused(source, missingFile(project, source)), dependencies };
  const request = { ts, ...program, source, file, texts: new SourceTexts(project.relative), extension: group.settings.extension };
  // Whatever else is amiss may come of it.
  const broken = configFaults(request, { ...group.settings, configFile: project.relative(group.settings.configFiles[0] ?? "") });
  if (broken.length > 0) return { documents: [], diagnostics: broken, dependencies };
  const faults = inputFaults(request);
  if (faults.some((one) => one.code === "read/ts-syntax")) return { documents: [], diagnostics: faults, dependencies };
  const made = readSource(request);
  const diagnostics = blame(faults, made.diagnostics, isProgram(ts, file));
  const documents: readonly SchemaDocument[] = diagnostics.some((one) => one.severity === "error") ? [] : made.documents;
  return { documents, diagnostics, dependencies };
}

function missingFile(project: ProjectFiles, source: string): Diagnostic {
  const target = project.danglingLink(source);
  if (target === undefined) return diagnostic("read/ts-missing-file", undefined, { file: source });
  return diagnostic("read/dangling-link", undefined, { file: source, target });
}

/**
 * The cause of a fault without its consequences: what could not be resolved, or came out as `any`, is not told beside the type
 * error that says why. An import that leads nowhere only counts in a program if a type needed it.
 */
function blame(faults: readonly Diagnostic[], found: readonly Diagnostic[], isProgram: boolean): readonly Diagnostic[] {
  const unresolved = found.some((one) => one.code === "read/ts-unresolved-type");
  const causes = faults.filter((one) => one.code !== "read/ts-import" || unresolved || !isProgram);
  const consequences = new Set(["read/ts-unresolved-type", "read/ts-untyped"]);
  return [...causes, ...found.filter((one) => causes.length === 0 || !consequences.has(one.code))];
}

function configFaults(
  { ts, texts }: Pick<SourceRequest, "ts" | "texts">,
  { errors, configFile }: Pick<CompilerSettings, "errors"> & { readonly configFile: string },
): readonly Diagnostic[] {
  return errors.map(({ file, start: from = 0, length = 1, messageText }) => {
    const at = file ? texts.of(file).position(from, length) : start(configFile);
    return diagnostic("read/ts-config", at, { problem: ts.flattenDiagnosticMessageText(messageText, " ") });
  });
}

function refused(source: string, ...diagnostics: readonly Diagnostic[]): ReadResult {
  return { documents: [], diagnostics, dependencies: [source] };
}

function start(file: string): Diagnostic["at"] {
  return { file, line: 1, column: 1 };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
