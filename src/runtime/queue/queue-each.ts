import { createHash } from "node:crypto";
import { type ConnectionOptions, type Job, Queue, QueueEvents } from "bullmq";
import { AbortedError } from "../errors/aborted-error.js";
import type { EachResult } from "../each/each-options.js";
import type { ExtractInput, ExtractionDetails } from "../options.js";
import { errorOfReason } from "./error-record.js";
import { openQueue } from "./open-queue.js";
import { type QueuedDocument, unpackDetails } from "./queued-document.js";

export interface QueueEachOptions<I> {
  /** Of the queue: workers of the same name take its documents. */
  readonly name: string;
  readonly connection: ConnectionOptions;
  /** Most documents in the queue at a time. Default 256. */
  readonly window?: number;
  /** What to extract from an input. */
  readonly text: (input: I) => ExtractInput;
  /** Names a document, once in the whole input. */
  readonly key: (input: I, index: number) => string;
  readonly signal?: AbortSignal;
  /** Called now and then while there is no worker for the queue. */
  readonly onNoWorker?: () => void;
  /** Milliseconds between two looks at every document in the queue, for what its events did not tell. Default 5,000. */
  readonly lookEvery?: number;
}

/**
 * What `extractEach` does, by workers on any number of machines: puts documents into a queue of BullMQ and gives their results as they
 * are done. A job is removed when its result was taken, a failed one stays for a person to look at. A document that is in the queue
 * already, from a run that was killed, is not put there twice; one that failed then is tried again.
 *
 * @throws {AbortedError} when `options.signal` fires; what Redis reports, and what the inputs' own iterator throws. Documents stay in the queue.
 */
export async function* queueEach<T, I>(
  inputs: Iterable<I> | AsyncIterable<I>,
  options: QueueEachOptions<I>,
): AsyncGenerator<EachResult<T, I>, void> {
  const run = await QueueRun.open<T, I>(inputs, options);
  try {
    for (let next = await run.next(); next !== undefined; next = await run.next()) {
      yield next.result;
      if (next.result.ok) await next.job.remove();
    }
  } finally {
    await run.close();
  }
}

interface Waiting<I> {
  readonly key: string;
  readonly index: number;
  readonly input: I;
}

interface Taken<T, I> {
  readonly job: Job;
  readonly result: EachResult<T, I>;
}

class QueueRun<T, I> {
  readonly #options: QueueEachOptions<I>;
  readonly #source: AsyncIterator<I> | Iterator<I>;
  readonly #queue: Queue<QueuedDocument>;
  readonly #events: QueueEvents;
  readonly #waiting = new Map<string, Waiting<I>>();
  /** Jobs that something has happened to. */
  readonly #changed = new Set<string>();
  #wake: () => void = () => {};
  readonly #looker: ReturnType<typeof setInterval>;
  readonly #onAbort = (): void => this.#fail(new AbortedError(this.#options.signal?.reason));
  #pulled = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  private constructor(
    inputs: Iterable<I> | AsyncIterable<I>,
    {
      options,
      queue,
      events,
    }: { readonly options: QueueEachOptions<I>; readonly queue: Queue<QueuedDocument>; readonly events: QueueEvents },
  ) {
    const { signal } = options;
    this.#options = options;
    this.#source = Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
    this.#queue = queue;
    this.#events = events;
    // What events do not tell, because the connection was lost for a while, is found by looking.
    this.#looker = setInterval(() => void this.#look(), options.lookEvery ?? 5000);
    this.#events.on("completed", ({ jobId }) => this.#note(jobId));
    this.#events.on("failed", ({ jobId }) => this.#note(jobId));
    signal?.addEventListener("abort", this.#onAbort);
    if (signal?.aborted === true) this.#onAbort();
  }

  static async open<T, I>(inputs: Iterable<I> | AsyncIterable<I>, options: QueueEachOptions<I>): Promise<QueueRun<T, I>> {
    const queue = await openQueue<QueuedDocument>(options.name, options.connection);
    const events = new QueueEvents(options.name, { connection: options.connection });
    events.on("error", () => {});
    await events.waitUntilReady();
    return new QueueRun<T, I>(inputs, { options, queue, events });
  }

  /** The next result; undefined when there is none to come. */
  async next(): Promise<Taken<T, I> | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      const [id] = this.#changed;
      if (id !== undefined) {
        this.#changed.delete(id);
        const taken = await this.#take(id);
        if (taken !== undefined) return taken;
        continue;
      }
      if (!this.#ended && this.#waiting.size < (this.#options.window ?? 256)) {
        await this.#put();
        continue;
      }
      if (this.#waiting.size === 0) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#changed.size > 0 || this.#failure !== undefined) resolve();
      });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#looker);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    await this.#source.return?.();
    await Promise.allSettled([this.#queue.close(), this.#events.close()]);
  }

  async #put(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) {
      this.#ended = true;
      return;
    }
    const input = next.value;
    const index = this.#pulled;
    this.#pulled += 1;
    const document = { key: this.#options.key(input, index), input: this.#options.text(input) };
    const known = idOf(document);
    const id = this.#waiting.has(known) ? `${known}-${index}` : known;
    this.#waiting.set(id, { key: document.key, index, input });
    const left = await this.#job(id);
    if (left === undefined) await this.#add(id, document);
    else if (hasFailed(left)) await left.retry("failed");
    else if (left.finishedOn !== undefined) this.#note(id);
  }

  async #add(id: string, document: QueuedDocument): Promise<void> {
    // Whether a document is tried again is the worker's business.
    await this.#queue.add("extract", document, { jobId: id, attempts: 1, stackTraceLimit: 1 });
  }

  #job(id: string): Promise<Job<QueuedDocument, ExtractionDetails<T>> | undefined> {
    return this.#queue.getJob(id);
  }

  /** The result of a job, if it has one. */
  async #take(id: string): Promise<Taken<T, I> | undefined> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    const job = await this.#job(id);
    if (job === undefined) {
      // Another run has taken it, or Redis has lost it.
      await this.#add(id, { key: waiting.key, input: this.#options.text(waiting.input) });
      return undefined;
    }
    if (job.finishedOn === undefined) return undefined;
    this.#waiting.delete(id);
    if (hasFailed(job)) return { job, result: { ok: false, ...waiting, error: errorOfReason(job.failedReason) } };
    const details = unpackDetails(job.returnvalue);
    return { job, result: { ok: true, ...waiting, value: details.value, details } };
  }

  #note(id: string): void {
    if (!this.#waiting.has(id)) return;
    this.#changed.add(id);
    this.#wake();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  async #look(): Promise<void> {
    for (const id of this.#waiting.keys()) this.#note(id);
    const workers = await this.#queue.getWorkersCount().catch(() => 1);
    if (workers === 0 && this.#waiting.size > 0) this.#options.onNoWorker?.();
  }
}

function hasFailed(job: Job): boolean {
  return job.finishedOn !== undefined && job.failedReason !== undefined && job.failedReason !== "";
}

/** The same for the same document in every run. The letter: BullMQ takes no number for an id. */
function idOf({ key, input }: QueuedDocument): string {
  return `d${createHash("sha256")
    .update(JSON.stringify([key, input]))
    .digest("hex")
    .slice(0, 40)}`;
}
