import { basename, dirname } from "node:path";
import { extractEach, ExtractionError } from "@schemacast/runtime";
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
import { extractorOf, modelOf, paceOf } from "./call-settings.js";
import type { DocumentEntry } from "./entry.js";
import { estimateBatch } from "./estimate.js";
import { onInterrupt } from "./on-interrupt.js";
import { openEntries } from "./open-entries.js";
import { QueueError, sendToQueue } from "./queue.js";
import { reportEstimate, reportSummary } from "./report-batch.js";
import { ForeignFileError } from "./result-log.js";
import { type BatchRun, limitReason, runBatch } from "./run-batch.js";
import { priceOf, Spending } from "./spending.js";

/** `schemacast batch`: one extraction for each document of the input, taken up again where the last run ended. */
export async function batchCommand(parsed: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const outcome = readBatchOptions(parsed, terminal.cwd);
  if ("problem" in outcome) return refuse(outcome.problem, terminal);
  const { options } = outcome;
  const model = await modelOf(parsed, terminal);
  const prices = await readPrices(parsed, { model, terminal });
  if (prices === undefined)
    return refuse("--price must be two numbers, per million tokens of input and of output: --price 0.35,0.75.", terminal);
  if (options.maxCost !== undefined && priceOf(prices, model) === undefined) {
    return refuse(
      `--max-cost needs the price of ${model}: --price 0.35,0.75, or prices: { "${model}": { input: …, output: … } } in the configuration, per million tokens.`,
      terminal,
    );
  }
  const extractor = await loadExtractor(parsed, terminal);
  if (extractor === undefined) return 1;
  try {
    if (parsed.options["dry-run"] === true) return await dryRun({ parsed, options, extractor, prices, model, terminal });
    return await lockAndRun({ parsed, options, extractor, prices, model, terminal });
  } catch (error) {
    // Of the runtime's errors only those come here that nothing can be sent with: a retired model.
    if (!(error instanceof ForeignFileError || error instanceof QueueError || ExtractionError.is(error))) throw error;
    terminal.stderr.write(`schemacast: ${error.message}\n`);
    return 1;
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

/** The prices of the configuration, and that of the command line. @returns undefined where the latter is no price */
async function readPrices(
  { options }: ParsedArguments,
  { model, terminal }: { readonly model: string; readonly terminal: Terminal },
): Promise<Prices | undefined> {
  const { root, config } = projectOptions(options, terminal);
  const { prices = {} } = await readConfig({ root, generator: packageVersion(), ...(config !== undefined && { file: config }) });
  if (typeof options["price"] !== "string") return prices;
  const [input, output] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(options["price"])?.slice(1).map(Number) ?? [];
  return input === undefined || output === undefined ? undefined : { ...prices, [model]: { input, output } };
}

async function dryRun({ parsed, options, extractor, prices, model, terminal }: Batch): Promise<0> {
  // What `loadExtractor` found is what the generator emitted: `userSpec` is a spec.
  const spec = extractor.find(`${valueNames(extractor.type).value}Spec`) as Spec<unknown>;
  const shape = parsed.options["list"] === true ? "list" : "one";
  const estimate = await estimateBatch(openEntries(options).entries, { spec, shape, price: priceOf(prices, model) });
  reportEstimate(estimate, { model, isJson: parsed.options["format"] === "json", terminal });
  return 0;
}

/** Two runs that write one file, be it that of errors, would lose lines. */
async function lockAndRun(batch: Batch): Promise<0 | 1> {
  const { output, errors } = batch.options;
  const held: (() => void)[] = [];
  try {
    for (const path of [output, errors]) {
      if (path === undefined || path === "-") continue;
      const lock = await takeLock(dirname(path), 0, `${basename(path)}.lock`);
      if (lock.kind === "busy") {
        batch.terminal.stderr.write(
          `schemacast: another run (process ${lock.owner.process}) is writing ${path}. Wait for it, or name another ${path === output ? "--out" : "--errors"}.\n`,
        );
        return 1;
      }
      held.push(lock.release);
    }
    return await run(batch);
  } finally {
    for (const release of held) release();
  }
}

async function run(batch: Batch): Promise<0 | 1> {
  const { parsed, options, prices, terminal } = batch;
  const emulator = parsed.options["emulate"] === true ? await (await import("../../emulator/index.js")).startEmulator() : undefined;
  const interruption = onInterrupt(terminal);
  const startedAt = performance.now();
  const spending = new Spending({ prices, ...limitsOf(options) });
  const source = openEntries(options);
  interruption.drain.addEventListener("abort", () => source.close());
  try {
    const send = await senderOf(batch, { url: emulator?.url, ...interruption });
    const state = await BatchState.open(options, pipesTo(terminal));
    let failures: number | undefined;
    const summary = await runBatch({
      options,
      send,
      source,
      state,
      spending,
      progress: progressFor(parsed, terminal),
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
    source.close();
    interruption.close();
    await emulator?.close();
  }
}

/** What makes results of documents: this process, or the workers of a queue. */
async function senderOf(
  batch: Batch,
  { url, drain, abort }: { readonly url: string | undefined; readonly drain: AbortSignal; readonly abort: AbortSignal },
): Promise<BatchRun["send"]> {
  const { parsed, options } = batch;
  if (options.queue !== undefined) return sendToQueue({ ...batch, url: options.queue, drain, abort });
  const extract = extractorOf(batch, url);
  const settings = { ...paceOf(parsed), ordered: false, text: inputOf, key: keyOf, drain, signal: abort };
  return (documents) => extractEach<unknown, DocumentEntry>(extract, documents, settings);
}

const inputOf = ({ input }: DocumentEntry): DocumentEntry["input"] => input;
const keyOf = ({ key }: DocumentEntry): string => key;

function limitsOf({ maxCost, maxTokens }: BatchOptions): { readonly maxCost?: number; readonly maxTokens?: number } {
  return { ...(maxCost !== undefined && { maxCost }), ...(maxTokens !== undefined && { maxTokens }) };
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
