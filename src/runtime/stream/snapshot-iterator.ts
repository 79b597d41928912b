import { type Consumer, type Deferred, deferred, type Failure, type Readable } from "./consumer.js";

/** Characters that may arrive after a pull before the stream waits for the next one. */
const LAG = 65_536;

/** Pulls snapshots: each is made when it is asked for, so what arrives together is shown together. */
export class SnapshotIterator<P> implements AsyncIterableIterator<P, undefined>, Consumer {
  #seen = 0;
  #news: Deferred | undefined;
  #pull: Deferred | undefined;
  #pulledAt = 0;
  #end: { failure?: Failure | undefined } | undefined;
  readonly #call: Readable;

  constructor(call: Readable) {
    this.#call = call;
    call.join(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<P, undefined>> {
    for (;;) {
      const { scanner } = this.#call;
      this.#pulledAt = scanner.offset;
      this.#pull?.resolve();
      this.#pull = undefined;
      const failure = this.#end?.failure;
      if (failure !== undefined) {
        this.#end = {};
        this.#seen = scanner.version;
        throw failure.error;
      }
      const value = this.#left ? undefined : scanner.snapshot();
      if (!this.#left && scanner.version !== this.#seen) {
        this.#seen = scanner.version;
        // What the scanner builds by the plan is the handler's partial type.
        return { done: false, value: value as P };
      }
      if (this.#end !== undefined) return { done: true, value: undefined };
      this.#news ??= deferred();
      await this.#news.promise;
    }
  }

  #left = false;

  return(): Promise<IteratorResult<P, undefined>> {
    this.#left = true;
    this.close();
    this.#call.leave(this);
    this.#pull?.resolve();
    return Promise.resolve({ done: true, value: undefined });
  }

  wake(): void {
    this.#news?.resolve();
    this.#news = undefined;
  }

  close(failure?: Failure): void {
    this.#end ??= { failure };
    this.wake();
  }

  ready(): Promise<void> | undefined {
    if (this.#call.scanner.offset - this.#pulledAt < LAG) return undefined;
    return (this.#pull ??= deferred()).promise;
  }

  restart(): void {
    this.#seen = this.#pulledAt = 0;
  }
}
