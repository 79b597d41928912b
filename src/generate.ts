import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { diagnostic } from "./diagnostics/report.js";
import { type AjvLibrary, loadAjv } from "./emit/ajv-library.js";
import { emitFile } from "./emit/emit-file.js";
import type { GeneratedFile } from "./emit/generated-file.js";
import type { GenerateSettings } from "./config/generate-settings.js";
import { emitRuntime } from "./emit/inline-runtime.js";
import { outputStem } from "./emit/output-path.js";
import { runtimeSource } from "./config/runtime-source.js";
import { readTemplates, type TemplateText, type Templates } from "./emit/templates.js";
import { lower } from "./lower/lower.js";
import { loweringOptions } from "./lowering-options.js";
import { readJsonSchema } from "./read/json/read-json-schema.js";
import type { RemoteLookup } from "./read/json/remote-lookup.js";
import type { FileReader, ReadResult } from "./read/schema-document.js";
import type { CompiledCode } from "./read/typescript/load-script.js";

/** What to generate from. Paths are relative to the project root, with `/`. */
export interface GenerateRequest {
  /** Absolute path of the project root; only the TypeScript reader resolves modules below it. */
  readonly root: string;
  /** Files to make extractors for: `schemas/user.schema.json`, `schemas/order.ts`. `@schemacast/runtime` stands for the copy that `runtime: "inline"` imports. */
  readonly sources: readonly string[];
  /** Folder the sources are below; what follows it in a source's path follows `outputFolder` in its output's. */
  readonly inputFolder: string;
  /** Folder the generated files will live in: `generated`. */
  readonly outputFolder: string;
  readonly files: FileReader;
  /** Keeps the TypeScript compiler's compiled code between runs; absent: nothing is kept. */
  readonly compiledCode?: CompiledCode;
  /** Remote schemas fetched beforehand (`fetchRemoteSchemas`). Absent: remote references are refused. */
  readonly remote?: RemoteLookup;
  /** Settings of the configuration for a source, overrides merged in. Absent: the defaults. */
  readonly settingsFor?: (source: string) => GenerateSettings;
}

/** What one source file became. */
export interface GeneratedSource {
  readonly source: string;
  /** Empty where an error stopped it. */
  readonly files: readonly GeneratedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** All files this output depends on, the source first, relative to the root. */
  readonly dependencies: readonly string[];
  /** Names of the types that got an extractor, as the files have them. */
  readonly types: readonly string[];
}

/** Reads, lowers and emits. Pure: what it needs comes through `files`, what it makes is returned, in the order of `sources`. */
export async function generate(request: GenerateRequest): Promise<readonly GeneratedSource[]> {
  const results: GeneratedSource[] = [];
  for await (const result of generateEach(request)) results.push(result);
  return results;
}

/** `generate`, one source after the other: nothing of a source is kept once the next is asked for. */
export async function* generateEach(request: GenerateRequest): AsyncGenerator<GeneratedSource, void, void> {
  const templates = new ProjectTemplates();
  const fromTypeScript = await readTypeScriptSources(request);
  const ajv = once(loadAjv);
  for (const source of request.sources) {
    const settings = request.settingsFor?.(source) ?? {};
    if (source === runtimeSource) {
      yield { source, files: emitRuntime(source, settings), diagnostics: [], dependencies: [], types: [] };
      continue;
    }
    const read = fromTypeScript.get(source) ?? readJsonSchema(source, request.files, request.remote && { remote: request.remote });
    yield await generateOrTell({ request, source, read, settings, templates: await templates.for(settings), ajv });
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The TypeScript compiler is loaded only here, only when there is a TypeScript source. */
async function readTypeScriptSources(request: GenerateRequest): Promise<ReadonlyMap<string, ReadResult>> {
  const sources = request.sources.filter((source) => /\.[cm]?tsx?$/.test(source));
  if (sources.length === 0) return new Map();
  const { readTypeScript } = await import("./read/typescript/read-typescript.js");
  const { root, files, compiledCode } = request;
  return readTypeScript({ root, sources, files, ...(compiledCode && { compiledCode }) });
}

interface SourceJob {
  readonly request: GenerateRequest;
  readonly source: string;
  readonly read: ReadResult;
  readonly settings: GenerateSettings;
  readonly templates: Templates;
  readonly ajv: () => Promise<AjvLibrary>;
}

/** The engines (Ajv, json-schema-to-typescript) recurse; a schema that overflows their stack is its author's to mend, like any other fault. */
async function generateOrTell(job: SourceJob): Promise<GeneratedSource> {
  try {
    return await generateSource(job);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { source, read } = job;
    const tooDeep = diagnostic("emit/too-deep", { file: source, line: 1, column: 1 });
    return { source, dependencies: read.dependencies, files: [], diagnostics: [...read.diagnostics, tooDeep], types: [] };
  }
}

async function generateSource({ request, source, read, settings, templates, ajv }: SourceJob): Promise<GeneratedSource> {
  const diagnostics: Diagnostic[] = [...read.diagnostics];
  const result = { source, dependencies: read.dependencies };
  if (hasError(diagnostics) || read.documents.length === 0) return { ...result, files: [], diagnostics, types: [] };

  const entries = read.documents.map((document) => ({ document, lowering: lower(document, loweringOptions(settings)) }));
  for (const { lowering } of entries) diagnostics.push(...lowering.diagnostics);
  if (hasError(diagnostics)) return { ...result, files: [], diagnostics, types: [] };

  const emitted = await emitFile({
    source,
    stem: outputStem(source, request.inputFolder, settings.naming?.file),
    outputFolder: request.outputFolder,
    entries,
    templates,
    settings,
    exists: (path) => request.files.read(path) !== undefined,
    loadAjv: ajv,
  });
  diagnostics.push(...emitted.diagnostics);
  const files = hasError(emitted.diagnostics) ? [] : emitted.files;
  return { ...result, files, diagnostics, types: files.length === 0 ? [] : emitted.types };
}

/** Our templates with a project's own in their place. */
class ProjectTemplates {
  readonly #own = readTemplates();
  /** The forms of a project's templates, by text: the same for most sources. */
  readonly #erased = new Map<string, TemplateText>();

  async for(settings: GenerateSettings): Promise<Templates> {
    return { extractor: await this.#choose("extractor", settings), mock: await this.#choose("mock", settings) };
  }

  async #choose(name: keyof Templates, { templates = {}, target }: GenerateSettings): Promise<TemplateText> {
    const text = Object.hasOwn(templates, `${name}.ts`) ? templates[`${name}.ts`] : undefined;
    if (text === undefined) return this.#own[name];
    return target === "js" ? this.#plain(text) : { ...this.#own[name], ts: text };
  }

  /** As JavaScript and declarations: only the compiler can tell what a text's types are. */
  async #plain(text: string): Promise<TemplateText> {
    const known = this.#erased.get(text);
    if (known !== undefined) return known;
    const { eraseTypes } = await import("./read/typescript/erase-types.js");
    const { javascript, declarations } = eraseTypes(text);
    const forms = { ts: text, js: javascript, "d.ts": declarations };
    this.#erased.set(text, forms);
    return forms;
  }
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
