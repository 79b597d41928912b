import type { Answer } from "../call/answer.js";
import type { RecordEntry } from "../call/call-record.js";
import type { FinishedCall } from "../call/details.js";
import type { ExchangeJob } from "../call/exchange.js";
import { streamExchange } from "../call/stream-exchange.js";
import { withDetails } from "../call/with-details.js";
import { Misfit } from "../json/misfit.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { ContainerTap } from "../json/frame.js";
import type { ExtractionDetails } from "../options.js";
import type { ListStream } from "../results.js";
import { ItemQueue } from "./item-queue.js";
import type { ItemRepairs } from "./item-repairs.js";
import { type ItemTaker, StreamCall, type StreamJob } from "./stream-call.js";

/** Items that are kept for a promise of all of them that nobody has asked for yet. */
const KEPT = 10_000;

/** A running extraction of a list. Items wait for their reader. */
export class ItemStream<T, C> implements ListStream<T>, ItemTaker, ContainerTap {
  /** Of the next item in the whole list, with those that are not kept. */
  index = 0;
  readonly #call: StreamCall<T[], C>;
  readonly #queue: ItemQueue<T>;
  #result: Promise<T[]> | undefined;
  #keep: boolean;
  #iterated = false;
  #dropped = false;
  /** Items that were handed to the queue. */
  #taken = 0;
  /** Items of the whole list that are dealt with: one that comes again, because the answer is read once more, is passed over. */
  #settled = 0;
  /** Of those, the ones that were left out or are being mended. */
  readonly #refused = new Set<number>();
  /** Where in the whole list this answer begins. */
  #base = 0;
  #repairs: Promise<ItemRepairs<C>> | undefined;
  /** With the list's requests, and those for single items. */
  readonly #job: Omit<StreamJob<T[], C>, "items" | "shape"> & { readonly entries: RecordEntry[]; readonly beside: RecordEntry[] };

  constructor(job: Omit<StreamJob<T[], C>, "items" | "shape">) {
    this.#job = { ...job, entries: [], beside: [] };
    // What looks at the whole list needs the whole list.
    this.#keep = job.options.validate !== undefined || job.options.transform !== undefined;
    this.#call = new StreamCall<T[], C>({ ...this.#job, shape: "list", items: this, exchange: (asked) => this.#exchange(asked) });
    this.#queue = new ItemQueue<T>(this.#call);
  }

  get result(): Promise<T[]> {
    return (this.#result ??= this.#finished().then(({ value }) => {
      if (this.#dropped) throw new ExtractionError(`The list is longer than ${KEPT} items and was not kept: ask for it before iterating.`);
      return value;
    }));
  }

  withDetails(): Promise<ExtractionDetails<T[]>> {
    return withDetails(this.#finished()).then((details) => {
      const told = { ...details, warnings: [...details.warnings, ...this.#warnings()] };
      const { size } = this.#refused;
      if (size < 1) return told;
      return { ...told, invalidItems: { skipped: 0, repaired: 0, [this.#repairs ? "repaired" : "skipped"]: size } };
    });
  }

  /** For who asks for all of them: nothing is dropped from here on. */
  #finished(): Promise<FinishedCall<T[]>> {
    this.#keep ||= !this.#dropped;
    return this.#call.result;
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
    return this.#iterated ? this.#taken : 0;
  }

  get settled(): number {
    return this.#settled - this.#base;
  }

  restart(kept?: readonly unknown[]): number {
    if (!this.#call.again) {
      if (kept === undefined) {
        this.#refused.clear();
        void this.#repairs?.then((repairs) => repairs.cancel());
        this.#queue.restart((this.#taken = this.#settled = 0));
      }
      this.#base = this.#settled;
    }
    this.index = this.#base;
    return this.#taken;
  }

  settle(list: unknown): unknown {
    return this.#repairs?.then((repairs) => repairs.settle(list)) ?? list;
  }

  async stop(): Promise<void> {
    await (await this.#repairs)?.stop();
  }

  /** The list is the whole value; lists in its items are none of ours. */
  opened(depth: number): ContainerTap | undefined {
    const { scanner, watch } = this.#call;
    const { frames } = scanner;
    const isWhole = frames[depth]?.list === true && (depth === 1 || (depth === 2 && frames[1]?.list === false));
    if (!isWhole) return watch?.opened(depth);
    // Of equal keys the last wins; what was handed out of the first can't be taken back.
    if (this.index > this.#base) throw new Misfit("the list is given twice");
    return this;
  }

  closed(built: unknown, depth: number): boolean {
    const index = this.index++;
    const isNew = index >= this.#settled;
    const value = this.#call.filled(built);
    const { spec, options } = this.#call.job;
    const { onInvalidItem = "throw" } = options;
    if (!spec.validate(value)) {
      // What is wrong with it is found out where the error is made (recover/unreadable.ts).
      if (onInvalidItem === "throw") throw new Misfit("is not valid", [index], value);
      if (isNew) {
        this.#settled++;
        this.#refused.add(index);
        if (onInvalidItem === "repair") this.#repair(value, index);
      }
      return false;
    }
    if (isNew) this.#settled++;
    else {
      if (!this.#refused.has(index)) return true;
      // It is asked for already.
      if (onInvalidItem === "repair") return false;
      this.#refused.delete(index);
    }
    this.#push(value);
    if (this.#keep || !this.#iterated || this.#taken <= KEPT) return true;
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

  /** @param valid decoded */
  #push(valid: unknown): void {
    const { revive } = this.#call.job.spec;
    // The validator has proved the shape.
    this.#queue.push((revive === undefined ? valid : revive(valid)) as T);
    this.#taken++;
  }

  #repair(value: unknown, index: number): void {
    // Checks and transform are the list's.
    const { validate: _, transform: __, ...options } = this.#job.options;
    const job = { ...this.#job, spec: this.#call.job.spec, options };
    // Few calls get this far.
    this.#repairs ??= import("./item-repairs.js").then((module) => new module.ItemRepairs<C>(job));
    void this.#repairs.then((repairs) =>
      repairs.add(value, index, (valid) => {
        this.#push(valid);
        this.#queue.wake();
      }),
    );
  }

  #warnings(): readonly string[] {
    return [
      ...(this.#refused.size > 0 && !this.#repairs ? [`${this.#refused.size} invalid items were left out.`] : []),
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
