import type { EachResult, ExtractInput, Extraction, ExtractionError } from "@schemacast/runtime";
import type { BatchOptions } from "./batch-options.js";
import type { BatchProgress } from "./batch-progress.js";
import type { BatchState } from "./batch-state.js";
import { describeError, isFatal, isOutage } from "./describe-error.js";
import type { DocumentEntry, Entry, EntrySource, UnreadableEntry } from "./entry.js";
import type { LogRecord } from "./result-log.js";
import type { Spending } from "./spending.js";

/** So many documents in a row for which the API is out of reach are an outage. Each has been tried eight times, over a minute or more. */
const OUTAGE = 10;

/** A generated function with the call's options in it. */
export type BatchExtractor = (input: ExtractInput, options?: object) => Extraction<unknown>;

export interface BatchRun {
  readonly options: BatchOptions;
  /** Makes results of documents, in any order. */
  readonly send: (documents: AsyncIterable<DocumentEntry>) => AsyncIterable<EachResult<unknown, DocumentEntry>>;
  readonly source: EntrySource;
  readonly state: BatchState;
  readonly spending: Spending;
  readonly progress: BatchProgress;
  /** Nothing new is begun once it fires. */
  readonly drain: AbortSignal;
  /** What runs is given up. */
  readonly abort: AbortSignal;
}

/** How a run ended. */
export interface BatchSummary {
  readonly succeeded: number;
  readonly failed: number;
  /** Done in a run before. */
  readonly skipped: number;
  /** Why documents were left; absent where none were. */
  readonly stopped?: string;
}

/** Extracts from every document that is not done yet. Each ends in one of the two logs, before the next is counted. */
export async function runBatch(run: BatchRun): Promise<BatchSummary> {
  const tally = new Tally(run);
  try {
    for await (const result of run.send(feed(run, tally))) {
      if (record(run, tally, result) === "stop") break;
    }
    if (tally.outages.length < OUTAGE) settleOutages(run, tally);
  } catch (error) {
    if (!run.abort.aborted) throw error;
    tally.stopped ??= "interrupted";
  }
  // Documents that waited for another try are left.
  if (run.drain.aborted && !tally.isWhole) tally.stopped ??= "interrupted";
  run.progress.end();
  return tally.summary();
}

class Tally {
  succeeded = 0;
  failed = 0;
  skipped = 0;
  begun = 0;
  /** Of those begun. */
  ended = 0;
  /** The input has no more. */
  readToEnd = false;
  stopped: string | undefined;
  /** Documents that the API was out of reach for, of late and in a row: not failed yet, because they are left where it stays so. */
  readonly outages: LogRecord[] = [];
  readonly #run: BatchRun;

  constructor(run: BatchRun) {
    this.#run = run;
  }

  get isWhole(): boolean {
    return this.readToEnd && this.ended === this.begun;
  }

  show(): void {
    const { progress, spending, source } = this.#run;
    const { succeeded, failed, skipped } = this;
    progress.show({ succeeded, failed, skipped, tokens: spending.tokens, cost: spending.cost, fraction: source.fraction() });
  }

  summary(): BatchSummary {
    const { succeeded, failed, skipped, stopped } = this;
    return { succeeded, failed, skipped, ...(stopped !== undefined && { stopped }) };
  }
}

/** The documents that are to be done. What can't be read is recorded on the way. */
async function* feed(run: BatchRun, tally: Tally): AsyncGenerator<DocumentEntry> {
  const { options, source, state, spending, drain } = run;
  for await (const entry of source.entries) {
    const reason = stopReason(drain, spending, tally.begun >= options.limit ? limitReason(options) : undefined);
    if (reason !== undefined) {
      tally.stopped ??= reason;
      return;
    }
    const met = state.meet(entry.key);
    const refused = met === "again" ? repeated(entry) : entry;
    if (met === "done" || (met === "again" && state.meet(refused.key) !== "new")) {
      tally.skipped += 1;
      tally.show();
      continue;
    }
    if (refused.kind === "document") {
      tally.begun += 1;
      yield refused;
      continue;
    }
    const { key, line, problem, name = "UnreadableDocumentError" } = refused;
    state.fail({ key, ...(line !== undefined && { line }), error: { name, message: problem } });
    tally.failed += 1;
    tally.show();
    if (options.failFast) {
      tally.stopped ??= "--fail-fast";
      return;
    }
  }
  // Interrupted, the input is closed.
  tally.readToEnd = !drain.aborted;
}

/** The second document of a key must not pass for the first: it fails, under a key of its own. */
function repeated({ key, line }: Entry): UnreadableEntry {
  const where = line === undefined ? "again" : `line ${line}`;
  const problem = `A document before it has the same key, ${JSON.stringify(key)}.`;
  return { kind: "unreadable", key: `${key} (${where})`, ...(line !== undefined && { line }), name: "DuplicateKeyError", problem };
}

/** It was asked for, and is no fault. */
export function limitReason({ limit }: Pick<BatchOptions, "limit">): string {
  return `--limit ${limit}`;
}

function stopReason(drain: AbortSignal, spending: Spending, limit: string | undefined): string | undefined {
  return drain.aborted ? "interrupted" : (limit ?? spending.exceeded);
}

/** The API is there: what failed, failed. */
function settleOutages({ state }: BatchRun, tally: Tally): void {
  for (const failure of tally.outages.splice(0)) {
    state.fail(failure);
    tally.failed += 1;
  }
}

function record(run: BatchRun, tally: Tally, result: EachResult<unknown, DocumentEntry>): "stop" | undefined {
  const { state, spending, options } = run;
  const { key, input } = result;
  const line = input.line === undefined ? {} : { line: input.line };
  tally.ended += 1;
  if (result.ok) {
    settleOutages(run, tally);
    const { details } = result;
    spending.add(details.model, details.usage);
    const { model, usage, attempts, requestId, repairs, warnings } = details;
    const told = { model, usage, attempts: attempts.length, requestId, repairs, warnings };
    state.succeed({ key, value: result.value, ...(options.details && { details: told }) });
    tally.succeeded += 1;
  } else {
    const error: ExtractionError = result.error;
    spending.add(error.model, error.usage);
    if (isFatal(error)) {
      tally.stopped = `${error.name}: ${error.message}`;
      return "stop";
    }
    tally.outages.push({ key, ...line, error: describeError(error) });
    if (!isOutage(error) || options.failFast) settleOutages(run, tally);
    else if (tally.outages.length >= OUTAGE) {
      tally.stopped = `${OUTAGE} documents in a row got no answer, and are left: ${error.message}`;
      return "stop";
    }
    if (options.failFast) {
      tally.stopped = "--fail-fast";
      return "stop";
    }
  }
  tally.show();
  return undefined;
}
