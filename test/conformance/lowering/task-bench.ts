import { rm, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { expect } from "vitest";
import { type Emulator, startEmulator } from "../../../src/emulator/index.js";
import type { Scenario } from "../../../src/emulator/scenario.js";
import type { GeneratedFile } from "../../../src/emit/generated-file.js";
import { generate } from "../../../src/generate.js";
import { encode } from "../../../src/lower/encode.js";
import type { Lowering } from "../../../src/lower/lowering.js";
import type { SchemaDocument } from "../../../src/read/schema-document.js";
import { type Extractor, extract, extractList, stream, streamList } from "../../../src/runtime/index.js";
import type { ChatClient, ExtractionDetails, ExtractOptions } from "../../../src/runtime/options.js";
import type { ExtractionStream, ListStream } from "../../../src/runtime/results.js";
import type { StreamSpec } from "../../../src/runtime/spec.js";
import { loopback, toolStream } from "../../runtime/loopback.js";
import { cut, snapshots } from "../../stream/read-pieces.js";
import { documentFor, lowerFor } from "./measure-lowering.js";

/** A task whose hard point is asserted: `T` is what its schema says. */
export type HardPoint = (task: TaskBench<unknown>) => Promise<void> | void;

/** Says which type a task's schema stands for. */
export function point<T>(assert: (task: TaskBench<T>) => Promise<void> | void): HardPoint {
  // The schema is read from the corpus: only the entry knows its type.
  return assert as HardPoint;
}

/** One task, generated as a project's, with an emulator of its own, which refuses what Cerebras refuses. */
export class TaskBench<T> implements AsyncDisposable {
  readonly #emulator: Emulator;
  readonly client: ChatClient;
  readonly document: SchemaDocument;
  readonly lowering: Lowering;
  readonly spec: StreamSpec<T, unknown>;
  /** The generated module for people, and its codec. */
  readonly modules: readonly string[];

  private constructor(document: SchemaDocument, { spec, modules }: Loaded<T>, emulator: Emulator) {
    this.document = document;
    this.lowering = lowerFor(document, false);
    this.spec = spec;
    this.modules = modules;
    this.#emulator = emulator;
    this.client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
  }

  static async of<T>(schema: unknown): Promise<TaskBench<T>> {
    const document = documentFor(schema);
    if (document === undefined) throw new Error("the schema is not read");
    return new TaskBench(document, await load<T>(schema), await startEmulator());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#emulator.close();
  }

  /** The text of the schema that is sent. */
  get sent(): string {
    return JSON.stringify(this.spec.wire.one.function.parameters);
  }

  /** Bodies of the requests so far. */
  get bodies(): readonly string[] {
    return this.#emulator.requests.map(({ body }) => JSON.stringify(body));
  }

  /** The value as the model writes it; one that no model held to the schema could write stands as it is. */
  wire(value: unknown): unknown {
    return encode(this.lowering, value)?.wire ?? value;
  }

  /** The task's function, for `extractEach`. */
  get extractor(): Extractor<T> {
    return (input, options) => extract(this.spec, input, { ...this.defaults, ...options });
  }

  /** What the emulator says next, request by request. */
  enqueue(...scenarios: readonly Scenario[]): void {
    this.#emulator.enqueue(...scenarios);
  }

  /** Asks once for each of the values: the model writes them one after the other. */
  extract<C = unknown>(values: readonly unknown[], options: ExtractOptions<T, C> = {}): Promise<ExtractionDetails<T>> {
    this.enqueue(...values.map((value) => ({ value: this.wire(value) })));
    return extract(this.spec, "the text", { ...this.defaults, ...options }).withDetails();
  }

  extractList<C = unknown>(lists: readonly (readonly unknown[])[], options: ExtractOptions<T[], C> = {}): Promise<ExtractionDetails<T[]>> {
    this.enqueue(...lists.map((list) => this.#list(list)));
    return extractList(this.spec, "the text", { ...this.defaults, ...options }).withDetails();
  }

  stream<C = unknown>(values: readonly unknown[], options: ExtractOptions<T, C> = {}): ExtractionStream<T, unknown> {
    this.enqueue(...values.map((value) => ({ value: this.wire(value), chunkSize: 3 })));
    return stream(this.spec, "the text", { ...this.defaults, ...options });
  }

  streamList<C = unknown>(lists: readonly (readonly unknown[])[], options: ExtractOptions<T[], C> = {}): ListStream<T> {
    this.enqueue(...lists.map((list) => ({ ...this.#list(list), chunkSize: 3 })));
    return streamList(this.spec, "the text", { ...this.defaults, ...options });
  }

  /** Every snapshot of a value that arrives character by character. */
  growth(value: unknown): readonly unknown[] {
    return snapshots(this.spec.handler.plan, cut(JSON.stringify(this.wire(value)), 1));
  }

  /** The value is taken, whole and streamed, in one request. */
  async takes(value: T): Promise<void> {
    expect(this.faults(value)).toEqual([]);
    const { value: whole, attempts } = await this.extract([value]);
    expect(whole).toEqual(value);
    expect(attempts).toHaveLength(1);
    expect(await this.stream([value]).result).toEqual(value);
  }

  /** What the generated validator has against a value: `/place keyword`. */
  faults(value: unknown): readonly string[] {
    return this.spec.validate(value)
      ? []
      : (this.spec.validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  }

  /** The wrong value is asked for again, once; gives what the model is told of it. */
  async complaint<C = unknown>(wrong: unknown, right: T, options: ExtractOptions<T, C> = {}): Promise<string> {
    const before = this.bodies.length;
    const { value, attempts } = await this.extract([wrong, right], options);
    expect(value).toEqual(right);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["invalid", "ok"]);
    const { messages } = JSON.parse(this.bodies[before + 1] ?? "{}") as { messages: readonly { content: string }[] };
    return messages.at(-1)?.content ?? "";
  }

  /** Reads a list of which only so much has been sent: the connection stays open until the reader has left. */
  async itemsBeforeTheEnd(text: string, count: number): Promise<readonly T[]> {
    const name = this.spec.wire.list.function.name;
    let isClosed = false;
    const begun = toolStream([text], name).split("\n\n").slice(0, -3).join("\n\n");
    await using server = await loopback((response) => {
      response.on("close", () => (isClosed = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`${begun}\n\n`);
    });
    const items: T[] = [];
    for await (const item of streamList(this.spec, "the text", { client: server.client })) {
      items.push(item);
      if (items.length === count) break;
    }
    await expect.poll(() => isClosed).toBe(true);
    return items;
  }

  get defaults(): { readonly client: ChatClient; readonly model: string } {
    return { client: this.client, model: "gpt-oss-120b" };
  }

  #list(values: readonly unknown[]): Scenario {
    return { value: { items: values.map((value) => this.wire(value)) } };
  }
}

interface Loaded<T> {
  readonly spec: StreamSpec<T, unknown>;
  readonly modules: readonly string[];
}

/** Generates the extractor of a schema as if its file were called so; the module for people first, then its codec. */
export async function generateTask(name: string, schema: unknown): Promise<readonly GeneratedFile[]> {
  const source = `schemas/${name}.json`;
  const input = JSON.stringify(schema);
  const read = (path: string): string | undefined => (path === source ? input : undefined);
  const [result] = await generate({ root: "/", sources: [source], inputFolder: "schemas", outputFolder: "generated", files: { read } });
  expect(result?.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return result?.files ?? [];
}

/** Generates the extractor of a schema and imports it. */
async function load<T>(schema: unknown): Promise<Loaded<T>> {
  const files = await generateTask("task", schema);
  const folder = await mkdtemp(join(tmpdir(), "schemacast-task-"));
  try {
    for (const { path, text } of files) await writeFile(join(folder, path), text);
    const exported = (await import(pathToFileURL(join(folder, files[0]?.path ?? "")).href)) as Record<string, unknown>;
    // The generator gives every `…StreamSpec` this type.
    const spec = Object.entries(exported).find(([name]) => name.endsWith("StreamSpec"))?.[1] as StreamSpec<T, unknown> | undefined;
    if (spec === undefined) throw new Error("no spec was generated");
    return { spec, modules: files.map(({ text }) => text) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
