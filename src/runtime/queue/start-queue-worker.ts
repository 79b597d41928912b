import { type ConnectionOptions, DelayedError, type Job, type Queue, RateLimitError, Worker } from "bullmq";
import type { Extractor, SharedOptions } from "../each/each-options.js";
import { isTransient } from "../recover/retry-delay.js";
import { Pace } from "../each/pace.js";
import { ApiError } from "../errors/api-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { ExtractionDetails } from "../options.js";
import { plainRecord } from "../errors/error-record.js";
import { callerError } from "../recover/caller-error.js";
import { openQueue } from "./open-queue.js";
import { packDetails, type QueuedDocument } from "./queued-document.js";
import { spendTokens } from "./shared-tokens.js";

export interface QueueWorkerOptions {
  /** Of the queue. */
  readonly name: string;
  readonly connection: ConnectionOptions;
  /** Most documents at a time in this worker. Default 16. Fewer run while the provider refuses. */
  readonly concurrency?: number;
  /** A budget for all workers of the queue together; give each the same. */
  readonly rateLimit?: { readonly requestsPerMinute?: number; readonly tokensPerMinute?: number };
  /** How often a document is begun when the provider has no room or can't be reached. Default 8. */
  readonly maxTries?: number;
  /** Milliseconds after which the documents of a worker that died go to others. Default 30,000. */
  readonly lease?: number;
  /** What is wrong is this worker, not the document (a wrong key, say): the document goes back, and the worker ends. Default: never. */
  readonly endsWorker?: (error: ExtractionError) => boolean;
  /** Options of each call. */
  readonly options?: Omit<SharedOptions, "signal">;
  /** Told of each document that this worker is done with. What it throws ends the worker, and takes nothing from the document. */
  readonly onDone?: (outcome: {
    readonly key: string;
    readonly details?: ExtractionDetails<unknown>;
    readonly error?: ExtractionError;
  }) => void;
  readonly clock?: () => number;
  readonly random?: () => number;
}

/** A worker that runs. */
export interface QueueWorker {
  /** Resolves when the worker has ended: with the error for which `endsWorker` said so or that `onDone` threw, or with nothing after `close`. */
  readonly ended: Promise<ExtractionError | undefined>;
  /** Takes no more documents and waits for those that run; `force`: leaves them, others take them once their lease is over. */
  close(force?: boolean): Promise<void>;
}

/**
 * Extracts from the documents that `queueEach` puts into a queue, on any number of machines. One pace holds for all workers: where the
 * provider refuses one of them, all wait.
 *
 * @throws what Redis reports when it can't be reached
 */
export async function startQueueWorker<T>(extract: Extractor<T>, options: QueueWorkerOptions): Promise<QueueWorker> {
  const running = new RunningWorker(extract, await openQueue(options.name, options.connection), options);
  await running.run();
  return running;
}

/** A document may be lost with its worker so often before it counts as the one that ends them. */
const MAX_LOSSES = 3;

class RunningWorker<T> implements QueueWorker {
  readonly ended: Promise<ExtractionError | undefined>;
  readonly #extract: Extractor<T>;
  readonly #options: QueueWorkerOptions;
  readonly #pace: Pace;
  readonly #queue: Queue;
  readonly #worker: Worker<QueuedDocument, ExtractionDetails<T>>;
  #end: (error?: ExtractionError) => void = () => {};

  constructor(extract: Extractor<T>, queue: Queue, options: QueueWorkerOptions) {
    const {
      name,
      connection,
      concurrency = 16,
      lease = 30_000,
      rateLimit,
      clock = () => performance.now(),
      random = Math.random,
    } = options;
    this.#extract = extract;
    this.#options = options;
    this.#pace = new Pace({ concurrency, clock, random });
    this.#queue = queue;
    this.#worker = new Worker(name, (job, token) => this.#process(job, token), {
      connection,
      concurrency,
      autorun: false,
      lockDuration: lease,
      stalledInterval: lease,
      maxStalledCount: MAX_LOSSES,
      maximumRateLimitDelay: 5000,
      limiter: limiterOf(rateLimit?.requestsPerMinute),
    });
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async run(): Promise<void> {
    this.#worker.on("error", () => {});
    await this.#worker.waitUntilReady();
    void this.#worker.run().catch(() => {});
  }

  async close(force = false): Promise<void> {
    await this.#worker.close(force);
    await this.#queue.close();
    this.#end();
  }

  async #process(job: Job<QueuedDocument, ExtractionDetails<T>>, token: string | undefined): Promise<ExtractionDetails<T>> {
    const { key, input } = job.data;
    const startedAt = this.#pace.start();
    try {
      const details = await this.#extract(input, { ...this.#options.options, maxTransportRetries: 0 }).withDetails();
      await this.#succeeded(details);
      this.#tell({ key, details });
      return packDetails(details);
    } catch (thrown) {
      const error = ExtractionError.is(thrown) ? thrown : new ExtractionError("The document could not be extracted.", { cause: thrown });
      return this.#refuse({ job, token, startedAt, error });
    }
  }

  async #succeeded({ usage, rateLimit }: ExtractionDetails<T>): Promise<void> {
    const tokens = usage?.totalTokens ?? 0;
    this.#pace.succeeded(tokens, rateLimit);
    const budget = this.#options.rateLimit?.tokensPerMinute;
    const spent = budget === undefined ? 0 : await spendTokens(this.#worker, tokens, budget);
    await this.#hold(spent);
  }

  /** @throws what tells BullMQ where the job goes: back, or to the failed ones */
  async #refuse({ job, token, startedAt, error }: Refusal<T>): Promise<never> {
    if (this.#options.endsWorker?.(error) === true) {
      void this.#worker.pause(true);
      await job.moveToDelayed(Date.now() + 1000, token);
      this.#end(error);
      throw new DelayedError();
    }
    if (isTransient(error)) {
      this.#pace.refused(startedAt, ApiError.is(error) ? error.retryAfter : undefined);
      await this.#hold(0);
      if (job.attemptsStarted < (this.#options.maxTries ?? 8)) throw new RateLimitError();
    }
    this.#tell({ key: job.data.key, error });
    // The reason of a failed job is text: the error as JSON, with its class.
    throw new Error(JSON.stringify(ExtractionError.is(error) ? error : plainRecord(error)));
  }

  /** What `onDone` throws is nothing against the document, whose outcome stands: the worker ends with it. */
  #tell(outcome: Parameters<NonNullable<QueueWorkerOptions["onDone"]>>[0]): void {
    try {
      this.#options.onDone?.(outcome);
    } catch (cause) {
      void this.#worker.pause(true);
      this.#end(callerError({ message: "onDone", cause }));
    }
  }

  /** Lets all workers wait as long as the pace says, and at least so many milliseconds; a longer wait of another worker stays. */
  async #hold(least: number): Promise<void> {
    this.#worker.concurrency = this.#pace.limit;
    const wait = Math.ceil(Math.max(least, this.#pace.wait()));
    if (wait > 0 && wait > (await this.#queue.getRateLimitTtl(1))) await this.#worker.rateLimit(wait);
  }
}

interface Refusal<T> {
  readonly job: Job<QueuedDocument, ExtractionDetails<T>>;
  readonly token: string | undefined;
  readonly startedAt: number;
  readonly error: ExtractionError;
}

/** Evenly, a second's worth at a time. Without a budget so many that only a wait holds anybody: BullMQ heeds waits only with a limiter. */
function limiterOf(requestsPerMinute: number | undefined): { readonly max: number; readonly duration: number } {
  if (requestsPerMinute === undefined) return { max: 1_000_000, duration: 1000 };
  const max = Math.max(1, Math.floor(requestsPerMinute / 60));
  return { max, duration: Math.ceil((max * 60_000) / requestsPerMinute) };
}
