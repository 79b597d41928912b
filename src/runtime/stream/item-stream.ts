import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { BuilderListener, ItemTap } from "../json/value-builder.js";
import type { ExtractionDetails } from "../options.js";
import type { ListStream } from "../results.js";
import { patient } from "./consumer.js";
import { ItemQueue } from "./item-queue.js";
import { StreamCall, type StreamJob } from "./stream-call.js";

/** A running extraction of a list. Items wait for their reader. */
export class ItemStream<T, C> implements ListStream<T>, BuilderListener, ItemTap {
  readonly #call: StreamCall<T[], C>;
  readonly #queue: ItemQueue<T>;
  readonly #spec: StreamJob<T[], C>["spec"];
  #result: Promise<T[]> | undefined;
  /** Valid items so far, of all answers, and whether somebody reads them one by one. */
  #items: unknown[] = [];
  #isRead = false;

  constructor(job: Omit<StreamJob<T[], C>, "listener" | "shape">) {
    this.#spec = job.spec;
    this.#call = new StreamCall<T[], C>({
      ...job,
      shape: "list",
      listener: this,
      handedOut: () => (this.#isRead ? this.#items : []),
      onRestart: (kept) => {
        this.#items = [...kept];
        // What nobody has begun to read is read anew.
        if (!this.#isRead) this.#queue.clear();
      },
    });
    this.#queue = new ItemQueue<T>(this.#call);
  }

  get result(): Promise<T[]> {
    return (this.#result ??= this.withDetails().then(({ value }) => value));
  }

  withDetails(): Promise<ExtractionDetails<T[]>> {
    this.#call.join(patient);
    return this.#call.details;
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    this.#isRead = true;
    this.#call.join(this.#queue);
    return this.#queue;
  }

  /** The list is the whole value; lists in its items are none of ours. */
  listOpened(depth: number): ItemTap | undefined {
    const { frames } = this.#call.scanner;
    return depth === 1 || (depth === 2 && frames[1]?.list === false) ? this : undefined;
  }

  item(value: unknown): boolean {
    const { validate, revive } = this.#spec;
    if (!validate(value)) throw new InvalidOutputError([{ path: [this.#items.length], message: "is not valid" }], value, "");
    this.#items.push(value);
    // The validator has proved the shape.
    this.#queue.push((revive === undefined ? value : revive(value)) as T);
    return true;
  }
}
