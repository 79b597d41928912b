import { existsSync } from "node:fs";
import type { BatchOptions } from "./batch-options.js";
import { FingerprintMap } from "./fingerprint-map.js";
import { type LogRecord, ResultLog } from "./result-log.js";
import { settleErrors } from "./settle-errors.js";

/** What is known of a key: a sum of these. */
const succeeded = 1;
const failed = 2;
const seen = 4;

/** Where results are put. */
interface Sink {
  append(record: LogRecord): void;
  close(): void;
}

/** What a batch has done, in this run and in those before: the two logs, and in memory a fingerprint of each key. */
export class BatchState {
  readonly #known = new FingerprintMap();
  readonly #retryErrors: boolean;
  readonly #errorsPath: string | undefined;
  #results: Sink;
  #errors: Sink;

  private constructor(options: BatchOptions, results: Sink, errors: Sink) {
    this.#retryErrors = options.retryErrors;
    this.#errorsPath = options.errors;
    this.#results = results;
    this.#errors = errors;
  }

  /** @param pipes take the place of a file where there is none */
  static async open(options: BatchOptions, pipes: { readonly results: Sink; readonly errors: Sink }): Promise<BatchState> {
    const state = new BatchState(options, pipes.results, pipes.errors);
    if (options.output !== "-") state.#results = await ResultLog.open(options.output, (key) => state.#mark(key, succeeded));
    try {
      if (options.errors !== undefined) state.#errors = await openErrors(options.errors, (key) => state.#mark(key, failed));
    } catch (error) {
      state.#results.close();
      throw error;
    }
    return state;
  }

  /** What is to be done with the next document: `again` is one whose key came before in this run. */
  meet(key: string): "new" | "done" | "again" {
    const known = this.#known.get(key) ?? 0;
    if ((known & seen) !== 0) return "again";
    this.#known.set(key, known | seen);
    if ((known & succeeded) !== 0) return "done";
    return (known & failed) !== 0 && !this.#retryErrors ? "done" : "new";
  }

  succeed(record: LogRecord): void {
    this.#results.append(record);
    this.#mark(record.key, succeeded);
  }

  fail(record: LogRecord): void {
    this.#errors.append(record);
    this.#mark(record.key, failed);
  }

  /** Closes the logs. @returns how many documents have an error, of all runs; undefined where errors have no file */
  async close(): Promise<number | undefined> {
    this.#results.close();
    this.#errors.close();
    if (this.#errorsPath === undefined) return undefined;
    return settleErrors(this.#errorsPath, (key) => ((this.#known.get(key) ?? 0) & succeeded) !== 0);
  }

  #mark(key: string, flag: number): void {
    this.#known.set(key, (this.#known.get(key) ?? 0) | flag);
  }
}

/** A file for errors is made with the first one. */
async function openErrors(path: string, onKey: (key: string) => void): Promise<Sink> {
  if (existsSync(path)) return ResultLog.open(path, onKey);
  let log: ResultLog | undefined;
  return {
    append: (record) => (log ??= ResultLog.create(path)).append(record),
    close: () => log?.close(),
  };
}
