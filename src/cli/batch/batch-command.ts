import { basename, dirname } from "node:path";
import { fromProvider } from "@schemacast/runtime";
import type { Spec } from "@schemacast/runtime/v1";
import { readConfig } from "../../config/read-config.js";
import type { Prices } from "../../config/prices.js";
import { valueNames } from "../../emit/value-names.js";
import { takeLock } from "../../write/lock.js";
import type { ParsedArguments } from "../command-table.js";
import { type LoadedExtractor, loadExtractor } from "../load-extractor.js";
import { packageVersion } from "../package-version.js";
import { paletteFor } from "../palette.js";
import { projectOptions } from "../project-options.js";
import type { Terminal } from "../terminal.js";
import { type BatchOptions, readBatchOptions } from "./batch-options.js";
import { BatchProgress } from "./batch-progress.js";
import { BatchState } from "./batch-state.js";
import { estimateBatch } from "./estimate.js";
import { openEntries } from "./open-entries.js";
import { reportEstimate, reportSummary } from "./report-batch.js";
import { ForeignFileError } from "./result-log.js";
import { type BatchExtractor, limitReason, runBatch } from "./run-batch.js";
import { priceOf, Spending } from "./spending.js";

/** `schemacast batch`: one extraction for each document of the input, taken up again where the last run ended. */
export async function batchCommand(parsed: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const outcome = readBatchOptions(parsed, terminal.cwd);
  if ("problem" in outcome) return refuse(outcome.problem, terminal);
  const { options } = outcome;
  const prices = await readPrices(parsed, terminal);
  const model = modelOf(parsed, terminal);
  if (options.maxCost !== undefined && priceOf(prices, model) === undefined) {
    return refuse(
      `--max-cost needs the price of ${model}: prices: { "${model}": { input: …, output: … } } in the configuration, per million tokens.`,
      terminal,
    );
  }
  const extractor = await loadExtractor(parsed, terminal);
  if (extractor === undefined) return 1;
  try {
    if (parsed.options["dry-run"] === true) return await dryRun({ parsed, options, extractor, prices, model, terminal });
    return await lockAndRun({ parsed, options, extractor, prices, model, terminal });
  } catch (error) {
    if (!(error instanceof ForeignFileError)) throw error;
    terminal.stderr.write(`schemacast: ${error.message}\n`);
    return 1;
  } finally {
    extractor.close();
  }
}

interface Batch {
  readonly parsed: ParsedArguments;
  readonly options: BatchOptions;
  readonly extractor: LoadedExtractor;
  readonly prices: Prices;
  readonly model: string;
  readonly terminal: Terminal;
}

function refuse(problem: string, terminal: Terminal): 2 {
  terminal.stderr.write(`schemacast: ${problem}\nRun \`schemacast batch --help\` to see what there is.\n`);
  return 2;
}

function modelOf({ options }: ParsedArguments, { environment }: Terminal): string {
  return typeof options["model"] === "string" ? options["model"] : environment["CEREBRAS_MODEL"] || "gpt-oss-120b";
}

async function readPrices({ options }: ParsedArguments, terminal: Terminal): Promise<Prices> {
  const { root, config } = projectOptions(options, terminal);
  const { prices = {} } = await readConfig({ root, generator: packageVersion(), ...(config !== undefined && { file: config }) });
  return prices;
}

async function dryRun({ parsed, options, extractor, prices, model, terminal }: Batch): Promise<0> {
  // What `loadExtractor` found is what the generator emitted: `userSpec` is a spec.
  const spec = extractor.find(`${valueNames(extractor.type).value}Spec`) as Spec<unknown>;
  const shape = parsed.options["list"] === true ? "list" : "one";
  const estimate = await estimateBatch(openEntries(options).entries, { spec, shape, price: priceOf(prices, model) });
  reportEstimate(estimate, { model, isJson: parsed.options["format"] === "json", terminal });
  return 0;
}

async function lockAndRun(batch: Batch): Promise<0 | 1> {
  const { output } = batch.options;
  if (output === "-") return run(batch);
  const lock = await takeLock(dirname(output), 0, `${basename(output)}.lock`);
  if (lock.kind === "busy") {
    batch.terminal.stderr.write(
      `schemacast: another run (process ${lock.owner.process}) is writing ${output}. Wait for it, or name another --out.\n`,
    );
    return 1;
  }
  try {
    return await run(batch);
  } finally {
    lock.release();
  }
}

async function run(batch: Batch): Promise<0 | 1> {
  const { parsed, options, prices, terminal } = batch;
  const emulator = parsed.options["emulate"] === true ? await (await import("../../emulator/index.js")).startEmulator() : undefined;
  const interruption = onInterrupt(terminal);
  const startedAt = performance.now();
  const spending = new Spending({ prices, ...limitsOf(options) });
  try {
    const extract = extractorOf(batch, emulator?.url);
    const state = await BatchState.open(options, pipesTo(terminal));
    let failures: number | undefined;
    const summary = await runBatch({
      options,
      extract,
      source: openEntries(options),
      state,
      spending,
      progress: progressFor(parsed, terminal),
      pace: paceOf(parsed),
      drain: interruption.drain,
      abort: interruption.abort,
    }).finally(async () => (failures = await state.close()));
    reportSummary(summary, {
      options,
      spending,
      failures,
      seconds: (performance.now() - startedAt) / 1000,
      isJson: parsed.options["format"] === "json",
      isQuiet: parsed.options["quiet"] === true,
      terminal,
    });
    const isWhole = summary.stopped === undefined || summary.stopped === limitReason(options);
    return isWhole && summary.failed === 0 && (failures ?? 0) === 0 ? 0 : 1;
  } finally {
    interruption.close();
    await emulator?.close();
  }
}

function limitsOf({ maxCost, maxTokens }: BatchOptions): { readonly maxCost?: number; readonly maxTokens?: number } {
  return { ...(maxCost !== undefined && { maxCost }), ...(maxTokens !== undefined && { maxTokens }) };
}

/** The generated function, with what the command line says about each call. */
function extractorOf({ parsed: { options }, extractor, model, terminal }: Batch, emulatorUrl: string | undefined): BatchExtractor {
  const { CEREBRAS_API_KEY: key, CEREBRAS_BASE_URL: url } = terminal.environment;
  const [apiKey, baseURL] = emulatorUrl === undefined ? [key, url] : ["offline", emulatorUrl];
  const provider = fromProvider(`cerebras/${model}`, { ...(apiKey && { apiKey }), ...(baseURL && { baseURL }) });
  const name = `extract${extractor.type}${options["list"] === true ? "List" : ""}`;
  const extract = extractor.find(name) as BatchExtractor;
  const call = {
    ...provider,
    ...(typeof options["mode"] === "string" && { mode: options["mode"] }),
    ...(typeof options["max-retries"] === "number" && { maxRetries: options["max-retries"] }),
    ...(typeof options["instructions"] === "string" && { instructions: options["instructions"] }),
  };
  return (input, own) => extract(input, { ...call, ...own });
}

function paceOf({ options }: ParsedArguments): { readonly concurrency?: number; readonly rateLimit?: Record<string, number> } {
  const number = (name: string, key: string): Record<string, number> => (typeof options[name] === "number" ? { [key]: options[name] } : {});
  const rateLimit = { ...number("requests-per-minute", "requestsPerMinute"), ...number("tokens-per-minute", "tokensPerMinute") };
  return { ...number("concurrency", "concurrency"), ...(Object.keys(rateLimit).length > 0 && { rateLimit }) };
}

function progressFor({ options }: ParsedArguments, terminal: Terminal): BatchProgress {
  const isOff = options["quiet"] === true;
  const isBar = terminal.stderr.isTTY === true && !terminal.environment["CI"] && terminal.environment["TERM"] !== "dumb";
  const palette = paletteFor(terminal.stderr, terminal.environment);
  return new BatchProgress({
    stream: terminal.stderr,
    palette,
    manner: isOff ? "off" : isBar ? "bar" : "lines",
    now: () => performance.now(),
  });
}

/** Where results and errors go that have no file. */
function pipesTo({ stdout, stderr }: Terminal): { readonly results: Pipe; readonly errors: Pipe } {
  return { results: pipeTo(stdout), errors: pipeTo(stderr) };
}

function pipeTo(stream: Terminal["stdout"]): Pipe {
  return { append: (record) => void stream.write(`${JSON.stringify(record)}\n`), close: () => {} };
}

interface Pipe {
  append(record: object): void;
  close(): void;
}

interface Interruption {
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
  close(): void;
}

/** The first Ctrl+C lets what runs end, the second gives it up. Either way the next run goes on from there. */
function onInterrupt(terminal: Terminal): Interruption {
  const [drain, abort] = [new AbortController(), new AbortController()];
  const interrupt = (): void => {
    if (drain.signal.aborted) return abort.abort();
    drain.abort();
    terminal.stderr.write("\nFinishing what has begun; press Ctrl+C again to give it up.\n");
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return { drain: drain.signal, abort: abort.signal, close: () => void process.off("SIGINT", interrupt).off("SIGTERM", interrupt) };
}
