import { type Consumer, type Deferred, deferred, type Failure, type Readable } from "./consumer.js";

/** Items that may wait for their reader before the stream waits too. */
const WAITING = 64;

/** Hands out items, each once. */
export class ItemQueue<T> implements AsyncIterableIterator<T, undefined>, Consumer {
  #items: T[] = [];
  #at = 0;
  #news: Deferred | undefined;
  #pull: Deferred | undefined;
  #end: { failure?: Failure | undefined } | undefined;
  readonly #call: Pick<Readable, "leave">;

  constructor(call: Pick<Readable, "leave">) {
    this.#call = call;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(item: T): void {
    if (this.#end === undefined) this.#items.push(item);
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      if (this.#at < this.#items.length) {
        // In range, and all that is in range is a T.
        const value = this.#items[this.#at++] as T;
        if (this.#at === this.#items.length) this.#drain();
        return { done: false, value };
      }
      if (this.#end !== undefined) {
        const { failure } = this.#end;
        this.#end = {};
        if (failure !== undefined) throw failure.error;
        return { done: true, value: undefined };
      }
      this.#news ??= deferred();
      await this.#news.promise;
    }
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#drain();
    this.close();
    this.#call.leave(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  wake(): void {
    if (this.#items.length === 0 && this.#end === undefined) return;
    this.#news?.resolve();
    this.#news = undefined;
  }

  close(failure?: Failure): void {
    this.#end ??= { failure };
    this.wake();
  }

  ready(): Promise<void> | undefined {
    if (this.#items.length - this.#at < WAITING) return undefined;
    return (this.#pull ??= deferred()).promise;
  }

  restart(): void {}

  /** Forgets what waits. */
  clear(): void {
    this.#drain();
  }

  #drain(): void {
    this.#items = [];
    this.#at = 0;
    this.#pull?.resolve();
    this.#pull = undefined;
  }
}
