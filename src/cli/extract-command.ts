import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { systemErrorCode } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { showControls } from "./code-frame.js";
import { LiveView } from "./live-view.js";
import { type LoadedExtractor, loadExtractor } from "./load-extractor.js";
import type { Terminal } from "./terminal.js";

/** `schemacast extract`: generates an extractor into a temporary folder, runs it on a text, shows the result. */
export async function extractCommand(parsed: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { options, positionals } = parsed;
  const extractor = await loadExtractor(parsed, terminal);
  if (extractor === undefined) return 1;
  const emulator = options["emulate"] === true ? await (await import("../emulator/index.js")).startEmulator() : undefined;
  try {
    const input = await readInput(positionals[1], terminal);
    if (input === undefined) return 1;
    const { fetchClient } = await import("@schemacast/runtime/fetch");
    const call = {
      // Not the SDK: the project need not have it.
      client: fetchClient(emulator && { apiKey: "offline", baseURL: emulator.url }),
      ...(typeof options["model"] === "string" && { model: options["model"] }),
    };
    await runExtractor({ extractor, input, call, options, terminal });
    return 0;
  } catch (error) {
    // What a server or a model said may be in it.
    terminal.stderr.write(`schemacast: ${showControls(describeError(error))}\n`);
    return 1;
  } finally {
    await emulator?.close();
  }
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

interface ExtractorRun {
  readonly extractor: LoadedExtractor;
  readonly input: string;
  readonly call: Readonly<Record<string, unknown>>;
  readonly options: ParsedArguments["options"];
  readonly terminal: Terminal;
}

/** What generated functions are, as far as this command uses them. */
type Extract = (input: string, options: object) => Promise<unknown>;
type Stream = (input: string, options: object) => AsyncIterable<unknown> & { readonly result: Promise<unknown> };

async function runExtractor({ extractor, input, call, options, terminal }: ExtractorRun): Promise<void> {
  const print = (value: unknown): unknown => {
    const text = options["json"] === true ? JSON.stringify(value) : JSON.stringify(value, null, 2);
    return terminal.stdout.write(`${terminal.stdout.isTTY === true ? showControls(text) : text}\n`);
  };
  // The names are those that the emitter gave: `extractUser`, `streamUser`, `streamUserList`.
  const { type } = extractor;
  const find = (name: string): unknown => extractor.find(name);
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
