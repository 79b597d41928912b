import type { Diagnostic, SourcePosition } from "../../diagnostics/diagnostic.js";
import type { DiagnosticCode } from "../../diagnostics/report.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { FileReader } from "../schema-document.js";
import type { JsonNode } from "./json-node.js";
import type { ReadLimits } from "./limits.js";
import { metaschema } from "./metaschemas.js";
import { parseJson } from "./parse-json.js";
import { remoteLockFile, type RemoteLookup, type RemoteRefusal } from "./remote-lookup.js";
import type { SchemaFile } from "./schema-index.js";
import { fileUri, SchemaIndex } from "./schema-index.js";
import { isYaml, yamlConversion } from "./yaml.js";

/** The state of reading one source: files loaded, resources found, diagnostics told. */
export class ReadSession {
  readonly index = new SchemaIndex();
  readonly limits: ReadLimits;
  readonly #files: FileReader;
  readonly #remote: RemoteLookup;
  readonly #loaded = new Map<string, SchemaFile | undefined>();
  readonly #refusals = new Map<string, RemoteRefusal>();
  readonly #told = new Set<string>();
  readonly #roots = new Map<JsonNode, SchemaFile>();
  readonly #diagnostics = new Map<string, Diagnostic>();

  constructor(options: { readonly files: FileReader; readonly limits: ReadLimits; readonly remote: RemoteLookup }) {
    this.#files = options.files;
    this.limits = options.limits;
    this.#remote = options.remote;
  }

  /** The file of a path relative to the root, or of a remote URI; undefined where there is none or it is no JSON (which is told). */
  load(path: string): SchemaFile | undefined {
    const known = this.#loaded.get(path);
    if (known || this.#loaded.has(path)) return known;
    const text = isRemote(path) ? this.#readRemote(path) : this.#files.read(path);
    if (text === undefined || this.#loaded.size >= this.limits.files) return undefined;
    const { root, lines, diagnostics } = parseJson(path, text, this.limits);
    for (const found of root === undefined && isYaml(path) ? [tellYaml(path)] : diagnostics) this.add(found);
    const file = root && { path, uri: fileUri(path), root, lines };
    this.#loaded.set(path, file);
    if (file) {
      this.#roots.set(file.root, file);
      this.index.addFile(file);
    }
    return file;
  }

  #readRemote(uri: string): string | undefined {
    const own = metaschema(uri);
    if (own !== undefined) return own;
    const answer = this.#remote(uri);
    if (answer?.kind === "refused") this.#refusals.set(uri, answer);
    return answer?.kind === "text" ? answer.text : undefined;
  }

  /** Why a remote schema that was allowed is not there. */
  refusal(uri: string): RemoteRefusal | undefined {
    return this.#refusals.get(uri);
  }

  /** What a symbolic link names that leads nowhere. */
  danglingLink(path: string): string | undefined {
    return this.#files.danglingLink?.(path);
  }

  /** Tells about the place a node's key, or the node itself, stands at. */
  report(code: DiagnosticCode, node: JsonNode, facts: Readonly<Record<string, string | number>> = {}): void {
    this.add(diagnostic(code, this.position(node), facts));
  }

  /** As `report`, once for each file and keyword: foreign keywords come by the hundred. */
  reportOnce(code: DiagnosticCode, node: JsonNode, facts: Readonly<Record<string, string>> & { readonly keyword: string }): void {
    const at = this.position(node);
    const key = `${code} ${at.file} ${facts.keyword}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.add(diagnostic(code, at, facts));
  }

  /** The same fault is told once, however many documents and references lead to it. */
  add(found: Diagnostic): void {
    const { file, line, column } = found.at ?? { file: "", line: 0, column: 0 };
    const key = `${found.code} ${file}:${line}:${column} ${found.message}`;
    if (!this.#diagnostics.has(key)) this.#diagnostics.set(key, found);
  }

  /** Where the node's key stands; for what has no key, its first character, or all of it when it is a scalar. */
  position(node: JsonNode): SourcePosition {
    let root = node;
    while (root.parent) root = root.parent;
    const file = this.#roots.get(root);
    if (!file) throw new Error("a node stands in a loaded file");
    return file.lines.position(node.label ?? (node.kind === "scalar" ? node : { offset: node.offset, length: 1 }));
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()];
  }

  get hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === "error");
  }

  /** Paths of all files of the project read, in the order they were needed. The lockfile stands for all remote schemas. */
  get dependencies(): readonly string[] {
    const paths = [...this.#loaded.keys()];
    const usesRemote = paths.some((path) => isRemote(path) && metaschema(path) === undefined);
    return [...paths.filter((path) => !isRemote(path)), ...(usesRemote ? [remoteLockFile] : [])];
  }

  /** Whether a file was asked for and found, be it JSON or not. */
  has(path: string): boolean {
    return this.#loaded.has(path);
  }
}

function isRemote(path: string): boolean {
  return /^https?:/.test(path);
}

function tellYaml(path: string): Diagnostic {
  const command = isRemote(path) ? "" : `, for example with ${yamlConversion(path)}`;
  const advice = `Convert it${command}, and name or refer to the JSON file instead.`;
  return diagnostic("read/yaml", { file: path, line: 1, column: 1 }, { advice });
}
