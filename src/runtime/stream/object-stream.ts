import type { ExtractionDetails } from "../options.js";
import type { CompleteField, Element, ExtractionStream, FieldState, ListPath, TextPath } from "../results.js";
import { patient } from "./consumer.js";
import { ItemQueue, TextQueue } from "./item-queue.js";
import { SnapshotIterator } from "./snapshot-iterator.js";
import { StreamCall, type StreamJob } from "./stream-call.js";
import type { StreamIterator } from "./stream-iterator.js";

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

  [Symbol.asyncIterator](): AsyncIterableIterator<P> {
    return this.#join(new SnapshotIterator<P>(this.#call));
  }

  elements<L extends ListPath<T>>(path: L): AsyncIterableIterator<Element<T, L>> {
    const queue = new ItemQueue<Element<T, L>>(this.#call);
    // What the watch pushes is what stands at the path, whose type the path has told.
    this.#watch(this.#call.watch.elements, path, queue);
    return this.#join(queue);
  }

  fields(): AsyncIterableIterator<CompleteField> {
    const queue = new ItemQueue<CompleteField>(this.#call);
    this.#call.watch.fields.add(queue);
    return this.#join(queue);
  }

  text(path: TextPath<T>): AsyncIterableIterator<string> {
    const queue = new TextQueue(this.#call);
    this.#watch(this.#call.watch.texts, path, queue);
    return this.#join(queue);
  }

  state(path: string): FieldState {
    return this.#call.stateOf(path === "" ? [] : path.split("."));
  }

  #watch<Q>(queues: Map<string, Set<Q>>, path: string, queue: Q): void {
    queues.set(path, (queues.get(path) ?? new Set<Q>()).add(queue));
  }

  #join<I extends StreamIterator<unknown>>(iterator: I): I {
    this.#call.join(iterator);
    return iterator;
  }
}
