import type { Answer } from "../call/answer.js";
import type { ExchangeJob } from "../call/exchange.js";
import { streamExchange } from "../call/stream-exchange.js";
import { Misfit } from "../json/misfit.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { ContainerTap } from "../json/frame.js";
import type { ExtractInput, ExtractionDetails } from "../options.js";
import type { ListStream } from "../results.js";
import { ItemQueue } from "./item-queue.js";
import type { ItemRepairs } from "./item-repairs.js";
import { type ItemTaker, StreamCall, type StreamJob } from "./stream-call.js";

/** Items that are kept for a promise of all of them that nobody has asked for yet. */
const KEPT = 10_000;

/** A running extraction of a list. Items wait for their reader. */
export class ItemStream<T, C> implements ListStream<T>, ItemTaker, ContainerTap {
  /** Items out of this answer and the ones before. */
  taken = 0;
  /** Of the next item, skipped ones counted. */
  index = 0;
  readonly #call: StreamCall<T[], C>;
  readonly #queue: ItemQueue<T>;
  #result: Promise<T[]> | undefined;
  #keep: boolean;
  #iterated = false;
  #dropped = false;
  #skipped = 0;
  /** Items of this answer that have closed, those of the ones before included: it may be read once more, to be mended. */
  #closed = 0;
  /** Indexes of those that were not valid. */
  readonly #refused = new Set<number>();
  /** Of this answer. */
  #repairs: Promise<ItemRepairs<C>> | undefined;
  /** The list of this answer has begun. */
  #begun = false;
  readonly #input: ExtractInput;

  constructor({ input, ...job }: Omit<StreamJob<T[], C>, "items" | "shape">) {
    this.#input = input;
    // What looks at the whole list needs the whole list.
    this.#keep = job.options.validate !== undefined || job.options.transform !== undefined;
    this.#call = new StreamCall<T[], C>({ ...job, input, shape: "list", items: this, exchange: (asked) => this.#exchange(asked) });
    this.#queue = new ItemQueue<T>(this.#call);
  }

  get result(): Promise<T[]> {
    return (this.#result ??= this.withDetails().then(({ value }) => {
      if (this.#dropped) throw new ExtractionError(`The list is longer than ${KEPT} items and was not kept: ask for it before iterating.`);
      return value;
    }));
  }

  withDetails(): Promise<ExtractionDetails<T[]>> {
    this.#keep ||= !this.#dropped;
    return this.#call.result.then(async (details) => {
      const told = { ...details, warnings: [...details.warnings, ...this.#warnings()] };
      const repairs = await this.#repairs;
      if (repairs !== undefined) return repairs.addTo(told);
      return this.#skipped > 0 ? { ...told, invalidItems: { skipped: this.#skipped, repaired: 0 } } : told;
    });
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    this.#iterated = true;
    this.#call.join(this.#queue);
    return this.#queue;
  }

  /** Of those who did not iterate, nothing was given. */
  get given(): number {
    return this.#iterated ? this.taken : 0;
  }

  restart(kept: number): void {
    this.#begun = false;
    if (!this.#call.again) {
      this.#repairs = undefined;
      this.#refused.clear();
      this.taken = this.#closed = kept;
    }
    this.#queue.restart(kept);
  }

  settle(list: unknown): unknown {
    return this.#repairs?.then((repairs) => repairs.settle(list)) ?? list;
  }

  /** The list is the whole value; lists in its items are none of ours. */
  opened(depth: number): ContainerTap | undefined {
    const { scanner, kept, watch } = this.#call;
    const { frames } = scanner;
    const isWhole = frames[depth]?.list === true && (depth === 1 || (depth === 2 && frames[1]?.list === false));
    if (!isWhole) return watch?.opened(depth);
    // Of equal keys the last wins; what was handed out of the first can't be taken back.
    if (this.#begun && this.index > kept.length) throw new Misfit("the list is given twice");
    this.#begun = true;
    this.index = kept.length;
    return this;
  }

  closed(built: unknown, depth: number): boolean {
    const index = this.index++;
    const isNew = index >= this.#closed;
    const value = this.#call.filled(built);
    const { spec, options } = this.#call.job;
    const { validate, revive } = spec;
    const { onInvalidItem = "throw" } = options;
    if (!validate(value)) {
      // What is wrong with it is found out where the error is made (recover/unreadable.ts).
      if (onInvalidItem === "throw") throw new Misfit("is not valid", [index], value);
      if (isNew) this.#refuse(value, index);
      return false;
    }
    if (isNew) this.#closed = index + 1;
    else {
      if (!this.#refused.has(index)) return true;
      // It is asked for already.
      if (onInvalidItem === "repair") return false;
      this.#refused.delete(index);
      this.#skipped--;
    }
    this.#push(revive === undefined ? value : revive(value));
    if (this.#keep || !this.#iterated || this.taken <= KEPT) return true;
    const list = this.#call.scanner.frames[depth];
    if (list !== undefined) list.index = list.values.length = 0;
    this.#dropped = true;
    return false;
  }

  /** Where items are not kept, neither is the text that they were read from: a list without end takes no memory. */
  #exchange(job: ExchangeJob): Promise<void> {
    const write = (text: string): void | Promise<void> => {
      const written = job.write(text);
      if (this.#dropped && job.answer.joined === undefined) forget(job.answer);
      return written;
    };
    return streamExchange({ ...job, write });
  }

  #push(valid: unknown): void {
    // The validator has proved the shape.
    this.#queue.push(valid as T);
    this.taken++;
  }

  #refuse(value: unknown, index: number): void {
    this.#closed = index + 1;
    this.#refused.add(index);
    if (this.#call.job.options.onInvalidItem === "repair") this.#repair(value, index);
    else this.#skipped++;
  }

  #repair(value: unknown, index: number): void {
    const { spec, options } = this.#call.job;
    const { revive } = spec;
    // Checks and transform are the list's.
    const { validate: _, transform: __, ...shared } = options;
    const job = { spec, input: this.#input, options: shared, signal: this.#call.signal };
    // Few calls get this far.
    const begun = (this.#repairs ??= import("./item-repairs.js").then((module) => new module.ItemRepairs<C>(job)));
    void begun.then((repairs) =>
      repairs.add(value, index, (valid) => {
        // Its answer may be void by now.
        if (this.#repairs !== begun) return;
        this.#push(revive === undefined ? valid : revive(valid));
        this.#queue.wake();
      }),
    );
  }

  #warnings(): readonly string[] {
    return [
      ...(this.#skipped > 0 ? [`${this.#skipped} invalid items were left out.`] : []),
      ...(this.#dropped ? ["The items were not kept: nobody had asked for all of them before they were read one by one."] : []),
    ];
  }

  revealed(): void {}

  textBegun(): undefined {}
}

function forget(answer: Answer): void {
  answer.content = "";
  const [call] = answer.toolCalls;
  if (call !== undefined) call.arguments = "";
}
