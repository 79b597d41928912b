import { type Consumer, type Deferred, deferred, type Failure, type Readable } from "./consumer.js";

/** A consumer that is read with `for await`. What is waiting is handed out before the end, or the error, is told. */
export abstract class StreamIterator<T> implements AsyncIterableIterator<T>, Consumer {
  protected readonly call: Readable;
  #news: Deferred | undefined;
  #pull: Deferred | undefined;
  #end: { failure?: Failure | undefined } | undefined;

  constructor(call: Readable) {
    this.call = call;
  }

  /** Something is waiting. */
  protected abstract has(): boolean;
  protected abstract take(): T;
  /** So much is waiting that the stream should wait too. */
  protected abstract behind(): boolean;
  protected abstract drop(): void;
  abstract restart(kept: number, reason?: Error): void;

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      if (this.has()) {
        const value = this.take();
        if (!this.behind()) this.#release();
        return { done: false, value };
      }
      if (this.#end !== undefined) {
        const { failure } = this.#end;
        // Told to each who asks: a list has one iterator for all of its readers, and must not look whole to the second.
        if (failure !== undefined) throw failure.error;
        return { done: true, value: undefined };
      }
      this.#news ??= deferred();
      await this.#news.promise;
    }
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end = {};
    this.drop();
    this.#release();
    this.#notify();
    this.call.leave(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  get open(): boolean {
    return this.#end === undefined;
  }

  wake(): void {
    if (this.#news !== undefined && this.has()) this.#notify();
  }

  close(failure?: Failure): void {
    this.#end ??= { failure };
    this.#notify();
  }

  ready(): Promise<void> | undefined {
    return this.open && this.behind() ? (this.#pull ??= deferred()).promise : undefined;
  }

  #notify(): void {
    this.#news?.resolve();
    this.#news = undefined;
  }

  #release(): void {
    this.#pull?.resolve();
    this.#pull = undefined;
  }
}
