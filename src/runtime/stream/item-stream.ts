import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { describeFailures } from "../issues/describe-failures.js";
import type { ContainerTap } from "../json/frame.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { ExtractionDetails } from "../options.js";
import type { ListStream } from "../results.js";
import { patient } from "./consumer.js";
import { ItemQueue } from "./item-queue.js";
import { StreamCall, type StreamJob } from "./stream-call.js";

/** A running extraction of a list. Items wait for their reader. */
export class ItemStream<T, C> implements ListStream<T>, BuilderListener, ContainerTap {
  readonly #call: StreamCall<T[], C>;
  readonly #queue: ItemQueue<T>;
  readonly #job: Omit<StreamJob<T[], C>, "listener" | "shape">;
  #result: Promise<T[]> | undefined;
  #keep: boolean;
  #iterated = false;

  constructor(job: Omit<StreamJob<T[], C>, "listener" | "shape">) {
    this.#job = job;
    // What looks at the whole list needs the whole list.
    this.#keep = job.options.validate !== undefined || job.options.transform !== undefined;
    this.#call = new StreamCall<T[], C>({ ...job, shape: "list", listener: this });
    this.#queue = new ItemQueue<T>(this.#call);
  }

  get result(): Promise<T[]> {
    return (this.#result ??= this.withDetails().then(({ value }) => value));
  }

  withDetails(): Promise<ExtractionDetails<T[]>> {
    if (!this.#iterated) this.#keep = true;
    this.#call.join(patient);
    return this.#call.details;
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    this.#iterated = true;
    this.#call.join(this.#queue);
    return this.#queue;
  }

  /** The list is the whole value; lists in its items are none of ours. */
  opened(depth: number): ContainerTap | undefined {
    const { frames } = this.#call.scanner;
    return frames[depth]?.list === true && (depth === 1 || (depth === 2 && frames[1]?.list === false)) ? this : undefined;
  }

  closed(value: unknown, depth: number): boolean {
    const { validate, revive } = this.#job.spec;
    if (!validate(value)) {
      const index = this.#call.scanner.frames[depth]?.index ?? 0;
      const issues = describeFailures(validate.errors ?? [], value).map((issue) => ({ ...issue, path: [index, ...issue.path] }));
      if (this.#job.options.onInvalidItem === "skip") return false;
      throw new InvalidOutputError(issues, value, "");
    }
    // The validator has proved the shape.
    this.#queue.push((revive === undefined ? value : revive(value)) as T);
    return this.#keep || !this.#iterated;
  }

  revealed(): void {}

  textBegun(): undefined {}
}
