import { withDetails } from "../call/with-details.js";
import type { ExtractionDetails } from "../options.js";
import type { CompleteField, Element, ExtractionStream, FieldState, ListPath, TextPath } from "../results.js";
import { type Consumer, patient } from "./consumer.js";
import { LateIterator } from "./late-iterator.js";
import { SnapshotIterator } from "./snapshot-iterator.js";
import { StreamCall, type StreamJob } from "./stream-call.js";
import type { StreamIterator } from "./stream-iterator.js";
import type { StreamWatch } from "./stream-watch.js";

/** A running extraction of one value. */
export class ObjectStream<T, P, C> implements ExtractionStream<T, P> {
  readonly #call: StreamCall<T, C>;
  #result: Promise<T> | undefined;

  constructor(job: StreamJob<T, C>) {
    this.#call = new StreamCall(job);
  }

  get result(): Promise<T> {
    return (this.#result ??= this.#call.result.then(({ value }) => value));
  }

  withDetails(): Promise<ExtractionDetails<T>> {
    return withDetails(this.#call.result);
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<P> {
    const iterator = new SnapshotIterator<P>(this.#call);
    this.#call.join(iterator);
    return iterator;
  }

  elements<L extends ListPath<T>>(path: L): AsyncIterableIterator<Element<T, L>> {
    // What the watch pushes is what stands at the path, whose type the path has told.
    return this.#part((watch) => watch.elementsAt<Element<T, L>>(path));
  }

  fields(): AsyncIterableIterator<CompleteField> {
    return this.#part((watch) => watch.fieldsOf());
  }

  text(path: TextPath<T>): AsyncIterableIterator<string> {
    return this.#part((watch) => watch.textAt(path));
  }

  state(path: string): FieldState {
    return this.#call.stateOf(path === "" ? [] : path.split("."));
  }

  /** A reader of parts. Until it is there, its place among the consumers is kept. */
  #part<I>(open: (watch: StreamWatch) => StreamIterator<I>): AsyncIterableIterator<I> {
    const call = this.#call;
    const place: Consumer = { ...patient };
    call.join(place);
    const opened = call.parts((watch) => {
      const iterator = open(watch);
      call.join(iterator);
      return iterator;
    });
    return new LateIterator(opened.finally(() => call.leave(place)));
  }
}
