import { AbortedError } from "../errors/aborted-error.js";
import { ApiError } from "../errors/api-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import { isTransient } from "../recover/retry-delay.js";
import { sum } from "../call/usage.js";
import type { ExtractInput, ExtractionDetails, Usage } from "../options.js";
import type { EachOptions, EachResult, Extractor } from "./each-options.js";
import { Pace } from "./pace.js";

interface Job<I> {
  readonly key: string;
  readonly index: number;
  readonly input: I;
  /** Among the documents that are not skipped: where its result goes when results come in order. */
  readonly position: number;
  tries: number;
}

/** One run over many documents. Holds at most `window` of them, whatever the input: started, or done and not yet taken. */
export class EachRun<T, I> implements AsyncIterator<EachResult<T, I>> {
  readonly #extract: Extractor<T>;
  readonly #source: AsyncIterator<I> | Iterator<I>;
  readonly #options: EachOptions<I>;
  readonly #pace: Pace;
  readonly #clock: () => number;
  readonly #window: number;
  readonly #startedAt: number;
  readonly #stop = new AbortController();
  /** Done and not yet taken, by position in the output. */
  readonly #done = new Map<number, EachResult<T, I>>();
  /** Ready to start: just pulled, or refused for lack of room. */
  readonly #ready: Job<I>[] = [];
  readonly #takers: { resolve(result: IteratorResult<EachResult<T, I>>): void; reject(error: unknown): void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pulling = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #running = 0;
  #pulled = 0;
  #started = 0;
  #finished = 0;
  #taken = 0;
  #succeeded = 0;
  #failed = 0;
  #skipped = 0;
  #usage: Usage | undefined;

  constructor(extract: Extractor<T>, source: AsyncIterator<I> | Iterator<I>, options: EachOptions<I>) {
    const concurrency = Math.max(1, Math.floor(options.concurrency ?? 16));
    this.#extract = extract;
    this.#source = source;
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#pace = new Pace({ ...options.rateLimit, concurrency, clock: this.#clock, random: options.random ?? Math.random });
    this.#window = 2 * concurrency;
    this.#startedAt = this.#clock();
    const { signal, drain } = options;
    const untilStop = { once: true, signal: this.#stop.signal };
    drain?.addEventListener("abort", () => this.#drain(), untilStop);
    if (drain?.aborted === true) this.#drain();
    if (signal?.aborted) this.#abort(signal.reason);
    else signal?.addEventListener("abort", () => this.#abort(signal.reason), untilStop);
  }

  next(): Promise<IteratorResult<EachResult<T, I>>> {
    return new Promise((resolve, reject) => {
      this.#takers.push({ resolve, reject });
      this.#turn();
    });
  }

  async return(): Promise<IteratorResult<EachResult<T, I>>> {
    this.#ended = true;
    this.#halt();
    this.#done.clear();
    this.#ready.length = 0;
    for (const taker of this.#takers.splice(0)) taker.resolve({ done: true, value: undefined });
    // A generator that waits for its next document is left when it has it: who leaves does not wait for that.
    if (this.#pulling) this.#leaveSource();
    else await this.#source.return?.();
    return { done: true, value: undefined };
  }

  #leaveSource(): void {
    void Promise.resolve()
      .then(() => this.#source.return?.())
      .catch(() => {});
  }

  /** Everything that can go on, goes on: called whenever something has changed. */
  #turn(): void {
    this.#hand();
    this.#fill();
    this.#hand();
  }

  /** Hands out what is done, in its order, and the end when there is nothing more to come. */
  #hand(): void {
    while (this.#takers.length > 0) {
      const result = this.#done.get(this.#taken);
      if (result !== undefined) {
        this.#done.delete(this.#taken);
        this.#taken += 1;
        this.#takers.shift()?.resolve({ done: false, value: result });
        continue;
      }
      const isIdle = this.#running === 0 && this.#ready.length === 0;
      if (isIdle && this.#done.size > 0) {
        // A document that was drained has left a gap.
        this.#taken += 1;
        continue;
      }
      if (this.#failure !== undefined && isIdle) {
        const { error } = this.#failure;
        this.#takers.shift()?.reject(error);
        this.#leaveSource();
        this.#failure = undefined;
        this.#ended = true;
        continue;
      }
      if (!this.#ended || !isIdle || this.#pulling) return;
      this.#stop.abort();
      this.#takers.shift()?.resolve({ done: true, value: undefined });
    }
  }

  #fill(): void {
    while (!this.#stop.signal.aborted && this.#running < this.#pace.limit) {
      const more = this.#ready.length > 0 || (!this.#ended && this.#failure === undefined && !this.#pulling && this.#held() < this.#window);
      if (!more) return;
      const wait = this.#pace.wait();
      if (wait > 0) return this.#wakeIn(wait);
      const job = this.#ready.shift();
      if (job === undefined) return this.#pull();
      void this.#run(job);
    }
  }

  #held(): number {
    return this.#started - this.#taken;
  }

  #wakeIn(milliseconds: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#turn();
    }, Math.ceil(milliseconds));
  }

  #pull(): void {
    this.#pulling = true;
    const pulled = (next: IteratorResult<I>): void => {
      if (next.done === true) this.#ended = true;
      else if (!this.#ended) this.#take(next.value);
    };
    // A synchronous source that throws is the same as one that rejects, and as an option that throws.
    void Promise.resolve()
      .then(() => this.#source.next())
      .then(pulled)
      .catch((error: unknown) => this.#break(error))
      .then(() => {
        this.#pulling = false;
        this.#turn();
      });
  }

  /** Nothing new is begun; what has begun is handed out before the error. */
  #break(error: unknown): void {
    this.#failure ??= { error };
  }

  #take(input: I): void {
    const index = this.#pulled;
    this.#pulled += 1;
    const key = this.#options.key?.(input, index) ?? String(index);
    if (this.#options.skip?.(key) === true) {
      this.#skipped += 1;
      this.#report();
      return;
    }
    this.#ready.push({ key, index, input, position: this.#started, tries: 0 });
    this.#started += 1;
  }

  async #run(job: Job<I>): Promise<void> {
    const startedAt = this.#pace.start();
    this.#running += 1;
    job.tries += 1;
    try {
      const details = await this.#extract(this.#text(job.input), {
        ...this.#options.options,
        // Retries are ours, so that all documents wait together.
        maxTransportRetries: 0,
        signal: this.#stop.signal,
      }).withDetails();
      this.#succeed(job, details);
    } catch (thrown) {
      this.#fail(job, thrown, startedAt);
    } finally {
      this.#running -= 1;
    }
    this.#report();
    this.#turn();
  }

  #text(input: I): ExtractInput {
    if (this.#options.text !== undefined) return this.#options.text(input);
    // Parse boundary: without `text` the inputs are texts or messages by the type of `extractEach`.
    return input as ExtractInput;
  }

  #succeed(job: Job<I>, details: ExtractionDetails<T>): void {
    this.#succeeded += 1;
    if (details.usage !== undefined) this.#usage = sum(this.#usage, details.usage);
    this.#pace.succeeded(details.usage?.totalTokens ?? 0, details.rateLimit);
    const { key, index, input } = job;
    this.#finish(job, { ok: true, key, index, input, value: details.value, details });
  }

  #fail(job: Job<I>, thrown: unknown, startedAt: number): void {
    if (this.#stop.signal.aborted) return;
    const error = ExtractionError.is(thrown) ? thrown : new ExtractionError("The document could not be extracted.", { cause: thrown });
    if (error.usage !== undefined) this.#usage = sum(this.#usage, error.usage);
    if (isTransient(error)) {
      if (this.#options.drain?.aborted === true) return;
      this.#pace.refused(startedAt, ApiError.is(error) ? error.retryAfter : undefined);
      if (job.tries < (this.#options.maxTries ?? 8)) {
        this.#ready.push(job);
        return;
      }
    }
    this.#failed += 1;
    const { key, index, input } = job;
    this.#finish(job, { ok: false, key, index, input, error });
  }

  #finish(job: Job<I>, result: EachResult<T, I>): void {
    const inOrder = this.#options.ordered ?? true;
    this.#done.set(inOrder ? job.position : this.#finished, result);
    this.#finished += 1;
  }

  #report(): void {
    try {
      this.#options.onProgress?.({
        succeeded: this.#succeeded,
        failed: this.#failed,
        skipped: this.#skipped,
        running: this.#running,
        limit: this.#pace.limit,
        ...(this.#usage && { usage: this.#usage }),
        elapsed: this.#clock() - this.#startedAt,
      });
    } catch (error) {
      this.#break(error);
    }
  }

  #drain(): void {
    this.#ended = true;
    this.#ready.length = 0;
    this.#leaveSource();
    this.#pulling = false;
    this.#wakeNoMore();
    this.#turn();
  }

  #abort(reason: unknown): void {
    this.#halt();
    this.#done.clear();
    this.#ready.length = 0;
    this.#failure = { error: new AbortedError(reason) };
    this.#turn();
  }

  #halt(): void {
    this.#stop.abort();
    this.#wakeNoMore();
  }

  #wakeNoMore(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
