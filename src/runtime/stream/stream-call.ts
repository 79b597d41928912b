import type { AnswerReader, ItemProgress } from "../call/answer-reader.js";
import type { CallJob } from "../call/call-job.js";
import type { Exchange } from "../call/exchange.js";
import { filledSpec } from "../call/filled-spec.js";
import { onAbort } from "../call/on-abort.js";
import type { FinishedCall } from "../call/details.js";
import { startCall } from "../call/start-call.js";
import { streamExchange } from "../call/stream-exchange.js";
import type { FillMemo, FillPlace } from "../defaults.js";
import { shapeOf } from "../json/compile-plan.js";
import { JsonScanner } from "../json/json-scanner.js";
import { openPath } from "../json/member-path.js";
import type { Shape } from "../json/shape.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { ExtractInput, ExtractOptions, Repair } from "../options.js";
import type { FieldState } from "../results.js";
import type { LenientReader, StreamSpec } from "../spec.js";
import { type Consumer, type Failure, patient, type Readable } from "./consumer.js";
import type { MessyFeed } from "./messy-feed.js";
import type { StreamWatch } from "./stream-watch.js";

/** What a stream object needs of its call. */
export interface StreamJob<R, C> extends Pick<CallJob<R, C>, "entries" | "beside"> {
  readonly spec: StreamSpec<unknown, unknown>;
  readonly shape: "one" | "list";
  readonly input: ExtractInput;
  readonly options: ExtractOptions<R, C>;
  /** Of shape `list`. */
  readonly items?: ItemTaker;
  /** Default: `streamExchange`. */
  readonly exchange?: Exchange;
}

/** Takes the items of a list as they close. */
export interface ItemTaker extends BuilderListener, ItemProgress {
  /** Index in the list of the one that is being read; those that are not kept count. */
  readonly index: number;
  /**
   * A new answer begins; with `kept` it continues the ones before. Or the same is read again, from its beginning.
   *
   * @returns how many that were taken stay
   */
  restart(kept?: readonly unknown[]): number;
  /** Has the last word on the whole list. */
  settle(list: unknown): unknown;
}

/** One streaming call and those who read it: feeds the scanner, wakes the consumers, waits for the slowest. */
export class StreamCall<R, C> implements AnswerReader, Readable {
  scanner: JsonScanner;
  lenient: LenientReader | undefined;
  repairs: readonly Repair[] = [];
  /** With another spec from the moment that what the call narrows is known. */
  job: Pick<StreamJob<R, C>, "spec" | "shape" | "options" | "items">;
  /** The answer so far, kept where it may have to be read once more. */
  text = "";
  /** From the moment that the text is no longer JSON. */
  feed: MessyFeed | undefined;
  /** `true`: the scanner reads an answer again that it has read a part of, because it has to be mended. */
  again = false;
  /** Of a list: the items that came before this attempt. */
  #kept: readonly unknown[] = [];
  /** Tells of parts and judges them; loaded for those who ask for it. */
  watch: StreamWatch | undefined;
  readonly finished: Promise<FinishedCall<R>>;
  /** Something is being loaded that must see the answer from here on. */
  #loading: Promise<unknown> | undefined;
  #shape: Shape;
  /** The shape knows what is allowed at its leaves. */
  #isRuled = false;
  #memo: FillMemo | undefined;
  #end: { readonly failure?: Failure } | undefined;
  readonly #consumers = new Set<Consumer>();
  readonly #controller = new AbortController();

  constructor({ spec: given, exchange = streamExchange, ...job }: StreamJob<R, C>) {
    const spec = filledSpec(given, job.options);
    this.job = { ...job, spec };
    this.lenient = spec.lenient;
    this.#shape = shapeOf(spec.handler, job.shape);
    this.scanner = this.#scan();
    const { signal, validateWhileStreaming, onInvalidItem = "throw" } = job.options;
    const abort = (): void => this.abort(signal?.reason);
    if (signal?.aborted === true) abort();
    const letGo = signal?.aborted === false ? onAbort(signal, abort) : undefined;
    // An item that may be left out or mended ends nothing.
    if (validateWhileStreaming === true && onInvalidItem === "throw") this.parts((watch) => watch.judge()).catch(() => {});
    const options = { ...job.options, signal: this.#controller.signal };
    this.finished = startCall<R, C>({ ...job, spec, options, reader: this, exchange });
    const finish = (end: { readonly failure?: Failure }): void => {
      letGo?.();
      this.#end = end;
      if (end.failure === undefined) this.scanner.thaw();
      for (const consumer of this.#consumers) consumer.close(end.failure);
    };
    this.finished.then(
      () => finish({}),
      (error: unknown) => finish({ failure: { error } }),
    );
  }

  /**
   * For a reader of parts, whose code is loaded now: the answer waits for it, so that it misses nothing.
   *
   * @param open begins the reading
   */
  parts<I>(open: (watch: StreamWatch) => I | Promise<I>): Promise<I> {
    const opened = import("./stream-watch.js").then(({ StreamWatch }) => {
      this.watch ??= new StreamWatch(this);
      const opened = open(this.watch);
      // What is open already may be of use to who came last.
      if (this.job.items === undefined) this.scanner.listen(this.watch);
      return opened;
    });
    this.#awaits(opened);
    return opened;
  }

  #awaits(loaded: Promise<unknown>): void {
    const done = (): void => {
      if (this.#loading === loading) this.#loading = undefined;
    };
    const loading: Promise<unknown> = (this.#loading = Promise.all([this.#loading, loaded]).then(done, done));
  }

  begin(): void {
    // The API holds such an answer to nothing, or to more than the plan knows: its leaves are looked at.
    if ((this.lenient ?? this.job.options.narrow) !== undefined && !this.#isRuled) this.#awaits(this.#rule());
  }

  restart(kept?: readonly unknown[], reason?: Error): void {
    this.text = "";
    this.feed = undefined;
    this.again = false;
    this.#kept = kept ?? [];
    this.reread(kept, reason);
  }

  async #rule(): Promise<void> {
    const { holdCall } = await import("./leaf-rules.js");
    const { spec, shape, options } = this.job;
    const held = holdCall({ spec, shape, narrow: options.narrow }, this.#shape);
    this.job = { ...this.job, spec: held.spec };
    this.#shape = held.shape;
    this.#isRuled = true;
    this.scanner = this.#scan();
  }

  /** The scanner begins anew; what was shown is void, but for items of a list that stay. */
  reread(kept?: readonly unknown[], reason?: Error): void {
    this.#memo = undefined;
    const stays = this.job.items?.restart(kept) ?? 0;
    this.watch?.restart();
    this.scanner = this.#scan();
    for (const consumer of this.#consumers) consumer.restart(stays, reason);
  }

  write(text: string): void | Promise<void> {
    if (this.#loading !== undefined) return this.#loading.then(() => this.write(text));
    if (this.#mayMend) this.text += text;
    try {
      this.scanner.write(this.feed === undefined ? text : this.feed.write(text));
      this.watch?.wrote(text.length);
    } catch (error) {
      return this.#recover(error);
    }
    return this.#tell();
  }

  get #mayMend(): boolean {
    return this.lenient !== undefined && this.job.options.repair !== "strict";
  }

  /** Few calls get this far: what mends is loaded then. @throws {Fault} `unreadable`, `unchecked` */
  async #recover(cause: unknown): Promise<void> {
    const { goOn } = await import("./mend.js");
    await goOn(this, cause, this.#mayMend);
    await this.#tell();
  }

  /** Wakes the consumers. @returns settles when all are ready for more */
  #tell(): void | Promise<void> {
    let waits: Promise<void>[] | undefined;
    for (const consumer of this.#consumers) {
      consumer.wake();
      const wait = consumer.ready();
      if (wait !== undefined) (waits ??= []).push(wait);
    }
    return waits === undefined ? undefined : Promise.all(waits).then(() => {});
  }

  end(): unknown {
    if (!this.#mayMend) return this.#whole(this.scanner.end());
    return import("./mend.js").then(({ endMended }) => this.#whole(endMended(this)));
  }

  filled(value: unknown, place?: FillPlace): unknown {
    const { applyDefaults, fill } = this.job.spec;
    if (applyDefaults !== true || fill === undefined) return value;
    // What is changed in place is not remembered; of a list that goes on for ever, no copies are.
    if (this.job.options.live !== true) this.#memo ??= { filled: new Map(), ...(this.job.items === undefined && { copies: new Map() }) };
    return fill(value, { ...place, ...(this.#memo && { memo: this.#memo }) });
  }

  shown(whole: unknown): unknown {
    return this.job.items !== undefined && Array.isArray(whole) ? whole.map((item: unknown) => this.filled(item)) : this.filled(whole);
  }

  #whole(built: unknown): unknown {
    const value = this.shown(built);
    const { items } = this.job;
    return items === undefined ? value : items.settle(this.#kept.length > 0 && Array.isArray(value) ? [...this.#kept, ...value] : value);
  }

  get json(): string | undefined {
    return this.feed?.json;
  }

  get items(): ItemTaker | undefined {
    return this.job.items;
  }

  partial(): unknown {
    return this.shown(this.scanner.snapshot());
  }

  join(consumer: Consumer): void {
    if (this.#end === undefined) this.#consumers.add(consumer);
    else consumer.close(this.#end.failure);
  }

  /** The request ends when the last consumer leaves. */
  leave(consumer: Consumer): void {
    if (this.#consumers.delete(consumer) && this.#consumers.size === 0) this.abort();
  }

  /** Who waits for the end. */
  get result(): Promise<FinishedCall<R>> {
    this.join(patient);
    return this.finished;
  }

  abort(reason?: unknown): void {
    if (this.#end === undefined) this.#controller.abort(reason);
  }

  /** How far a place of the value has come. */
  stateOf(path: readonly string[]): FieldState {
    const open = openPath(this.scanner);
    let value = this.scanner.snapshot();
    for (const key of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return "pending";
      value = Reflect.get(value, key);
    }
    if (value === undefined) return "pending";
    return open === undefined || path.some((key, at) => key !== String(open[at])) ? "complete" : "growing";
  }

  #scan(): JsonScanner {
    const { spec, options, items } = this.job;
    const { live, limits, onInvalidItem = "throw" } = options;
    // What is not right in an item is the item's business where that has consequences of its own.
    const mends = this.#mayMend && !this.again && (items === undefined || onInvalidItem === "throw");
    const { plan, rare } = spec.handler;
    const scanner = new (rare?.Scanner ?? JsonScanner)(this.#shape, { defs: plan.defs, live, limits, mends });
    scanner.listener = items ?? this.watch;
    return scanner;
  }
}
