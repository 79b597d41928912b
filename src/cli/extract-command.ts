import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { GeneratedSource } from "../generate.js";
import { ProjectFiles, systemErrorCode } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors } from "./job-report.js";
import { LiveView } from "./live-view.js";
import { paletteFor } from "./palette.js";
import { projectOptions } from "./project-options.js";
import { renderPretty } from "./render-diagnostics.js";
import type { Terminal } from "./terminal.js";

/** `schemacast extract`: generates an extractor into a temporary folder, runs it on a text, shows the result. */
export async function extractCommand({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { root } = projectOptions(options, terminal);
  const source = relative(root, resolve(terminal.cwd, positionals[0] ?? ""))
    .split(sep)
    .join("/");
  const generated = await generateSource(root, source, terminal);
  if (generated === undefined) return 1;
  const type = chooseType(generated, options["type"], terminal);
  if (type === undefined) return 1;
  const input = await readInput(positionals[1], terminal);
  if (input === undefined) return 1;
  const folder = mkdtempSync(join(tmpdir(), "schemacast-extract-"));
  const emulator = options["emulate"] === true ? await (await import("../emulator/index.js")).startEmulator() : undefined;
  try {
    const module = await loadGenerated(folder, root, generated);
    const call = {
      ...(typeof options["model"] === "string" && { model: options["model"] }),
      ...(emulator &&
        (await import("@schemacast/runtime")).fromProvider("cerebras/gpt-oss-120b", { apiKey: "offline", baseURL: emulator.url })),
    };
    await runExtractor({ module, type, input, call, options, terminal });
    return 0;
  } catch (error) {
    terminal.stderr.write(`schemacast: ${describeError(error)}\n`);
    return 1;
  } finally {
    await emulator?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function generateSource(root: string, source: string, terminal: Terminal): Promise<GeneratedSource | undefined> {
  const files = new ProjectFiles(root);
  if (files.read(source) === undefined) {
    terminal.stderr.write(`schemacast: there is no file ${source} in ${root}.\n`);
    return undefined;
  }
  const { generate } = await import("../generate.js");
  const [result] = await generate({ root, sources: [source], inputFolder: dirname(source), outputFolder: "generated", files });
  const palette = paletteFor(terminal.stderr, terminal.environment);
  for (const each of result?.diagnostics ?? []) {
    if (each.severity === "error") terminal.stderr.write(`${renderPretty(each, { palette, readFile: (path) => files.read(path) })}\n`);
  }
  return result === undefined || hasErrors(result.diagnostics) ? undefined : result;
}

function chooseType({ source, types }: GeneratedSource, wanted: unknown, terminal: Terminal): string | undefined {
  if (typeof wanted === "string" && types.includes(wanted)) return wanted;
  const [only] = types;
  if (wanted === undefined && types.length === 1) return only;
  const there = types.length === 0 ? "nothing to extract" : `the types ${types.join(", ")}`;
  terminal.stderr.write(`schemacast: ${source} holds ${there}.${types.length > 1 ? " Choose one with --type." : ""}\n`);
  return undefined;
}

async function readInput(file: string | undefined, terminal: Terminal): Promise<string | undefined> {
  if (file === undefined || file === "-") {
    if (process.stdin.isTTY) terminal.stderr.write("Type or paste the text; end with Ctrl+D.\n");
    return readAll(process.stdin);
  }
  try {
    return readFileSync(resolve(terminal.cwd, file), "utf8");
  } catch (error) {
    terminal.stderr.write(`schemacast: ${file} could not be read (${systemErrorCode(error) ?? String(error)}).\n`);
    return undefined;
  }
}

const runtimeEntries = ["@schemacast/runtime/v1", "@schemacast/runtime/lenient"];

type ExtractorModule = Readonly<Record<string, unknown>>;

/** Loads what was generated as it would be loaded in a project. jiti takes the types away. */
async function loadGenerated(folder: string, root: string, { files, types }: GeneratedSource): Promise<ExtractorModule> {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { createJiti } = await import("jiti");
  const main = files.find(({ path }) => !path.includes(".codec.") && /\.[jt]s$/.test(path));
  if (main === undefined) throw new Error(`Nothing was generated for ${types.join(", ")}.`);
  const jiti = createJiti(join(root, "package.json"), {
    fsCache: false,
    interopDefault: false,
    // The schema may lie in a project that has no runtime yet.
    alias: Object.fromEntries(runtimeEntries.map((entry) => [entry, fileURLToPath(import.meta.resolve(entry))])),
  });
  return jiti.import<ExtractorModule>(join(folder, main.path));
}

interface ExtractorRun {
  readonly module: ExtractorModule;
  readonly type: string;
  readonly input: string;
  readonly call: Readonly<Record<string, unknown>>;
  readonly options: ParsedArguments["options"];
  readonly terminal: Terminal;
}

/** What generated functions are, as far as this command uses them. */
type Extract = (input: string, options: object) => Promise<unknown>;
type Stream = (input: string, options: object) => AsyncIterable<unknown> & { readonly result: Promise<unknown> };

async function runExtractor({ module, type, input, call, options, terminal }: ExtractorRun): Promise<void> {
  const print = (value: unknown): unknown =>
    terminal.stdout.write(`${options["json"] === true ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`);
  // The names are those that the emitter gave: `extractUser`, `streamUser`, `streamUserList`.
  const find = (name: string): unknown => {
    if (typeof module[name] !== "function") throw new Error(`The generated file has no function ${name}.`);
    return module[name];
  };
  if (options["list"] === true) {
    for await (const item of (find(`stream${type}List`) as Stream)(input, call)) print(item);
    return;
  }
  if (options["json"] === true || terminal.stdout.isTTY !== true) {
    print(await (find(`extract${type}`) as Extract)(input, call));
    return;
  }
  const stream = (find(`stream${type}`) as Stream)(input, call);
  const view = new LiveView(terminal.stdout);
  for await (const partial of stream) view.draw(partial);
  view.end(await stream.result);
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = error.name === "MissingKeyError" ? "\nSet CEREBRAS_API_KEY, or try it without a key: --emulate." : "";
  return `${error.name}: ${error.message}${hint}`;
}
