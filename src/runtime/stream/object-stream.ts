import type { ExtractionDetails } from "../options.js";
import type { ExtractionStream } from "../results.js";
import { patient } from "./consumer.js";
import { SnapshotIterator } from "./snapshot-iterator.js";
import { StreamCall, type StreamJob } from "./stream-call.js";

/** A running extraction of one value. */
export class ObjectStream<T, P, C> implements ExtractionStream<T, P> {
  readonly #call: StreamCall<T, C>;
  #result: Promise<T> | undefined;

  constructor(job: StreamJob<T, C>) {
    this.#call = new StreamCall(job);
  }

  get result(): Promise<T> {
    return (this.#result ??= this.withDetails().then(({ value }) => value));
  }

  withDetails(): Promise<ExtractionDetails<T>> {
    this.#call.join(patient);
    return this.#call.details;
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<P, undefined> {
    return new SnapshotIterator<P>(this.#call);
  }
}
