import type { AnswerReader } from "../call/answer-reader.js";
import { filledSpec } from "../call/filled-spec.js";
import { onAbort } from "../call/on-abort.js";
import { runCall } from "../call/run-call.js";
import { streamExchange } from "../call/stream-exchange.js";
import type { Filler, FillMemo } from "../defaults.js";
import { shapeOf } from "../json/compile-plan.js";
import { JsonScanner } from "../json/json-scanner.js";
import type { Shape } from "../json/shape.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { ExtractInput, ExtractionDetails, ExtractOptions, JsonLimits, Repair } from "../options.js";
import type { LenientReader, Plan, StreamSpec } from "../spec.js";
import type { FieldState } from "../results.js";
import { memberPath } from "../json/member-path.js";
import type { Consumer, Failure, Readable } from "./consumer.js";
import type { MessyFeed } from "./messy-feed.js";
import { PartRefused, StreamWatch } from "./stream-watch.js";

/** What a stream object needs of its call. */
export interface StreamJob<R, C> {
  readonly spec: StreamSpec<unknown, unknown>;
  readonly shape: "one" | "list";
  readonly input: ExtractInput;
  readonly options: ExtractOptions<R, C>;
  /** Who is told instead of the watch. */
  readonly listener?: BuilderListener;
  /** How many items of a list were taken out of the answers. */
  readonly pushed?: () => number;
  /** How many items of a list can't be taken back. */
  readonly given?: () => number;
  /** A new answer begins, after this many items of the ones before. */
  readonly onRestart?: (kept: number) => void;
  /** Index in the answer of the list item that is being read; those that are not kept count. */
  readonly itemIndex?: () => number;
  /** Has the last word on the whole value. */
  readonly settle?: (value: unknown) => unknown;
}

/** One streaming call and those who read it: feeds the scanner, wakes the consumers, waits for the slowest. */
export class StreamCall<R, C> implements AnswerReader, Readable {
  scanner: JsonScanner;
  lenient: LenientReader | undefined;
  repairs: readonly Repair[] = [];
  readonly job: Pick<StreamJob<R, C>, "spec" | "shape" | "options">;
  /** The answer so far, kept where it may have to be read once more. */
  text = "";
  /** From the moment that the text is no longer JSON. */
  feed: MessyFeed | undefined;
  /** `true`: the scanner reads an answer again that it has read a part of, because it has to be mended. */
  again = false;
  readonly pushed: () => number;
  readonly details: Promise<ExtractionDetails<R>>;
  /** UTF-16 units of this answer so far, and how many there must be for it to be judged. */
  #length = 0;
  #judgeAt = Number.POSITIVE_INFINITY;
  #fill: Filler | undefined;
  #memo: FillMemo | undefined;
  #end: { readonly failure?: Failure } | undefined;
  /** Of a list: the items that came before this attempt. */
  kept: readonly unknown[] = [];
  readonly #given: () => number;
  readonly #onRestart: StreamJob<R, C>["onRestart"];
  readonly #itemIndex: () => number;
  readonly #settle: NonNullable<StreamJob<R, C>["settle"]>;
  readonly #consumers = new Set<Consumer>();
  readonly #controller = new AbortController();
  readonly watch: StreamWatch;
  readonly #listener: BuilderListener;
  readonly #live: boolean;
  readonly #limits: JsonLimits | undefined;
  readonly #root: Shape;
  readonly #defs: Plan["defs"];

  constructor({
    listener,
    given = () => 0,
    pushed = () => 0,
    itemIndex = () => 0,
    onRestart,
    settle = (value) => value,
    ...job
  }: StreamJob<R, C>) {
    this.pushed = pushed;
    const spec = filledSpec(job.spec, job.options);
    this.job = { ...job, spec };
    this.lenient = spec.lenient;
    if (spec.applyDefaults === true) this.#fill = spec.fill;
    this.watch = new StreamWatch(this, job.spec.handler.elements, job.options.validateWhileStreaming);
    this.#listener = listener ?? this.watch;
    this.#given = given;
    this.#onRestart = onRestart;
    this.#itemIndex = itemIndex;
    this.#settle = settle;
    this.#live = job.options.live ?? false;
    this.#limits = job.options.limits;
    this.#defs = job.spec.handler.plan.defs;
    this.#root = shapeOf(job.spec.handler, job.shape);
    this.scanner = this.#scan();
    const { signal } = job.options;
    const abort = (): void => this.abort(signal?.reason);
    if (signal?.aborted === true) abort();
    const letGo = signal?.aborted === false ? onAbort(signal, abort) : undefined;
    const options = { ...job.options, signal: this.#controller.signal };
    this.details = runCall<R, C>({ ...job, spec, options, reader: this, exchange: streamExchange });
    const finish = (end: { readonly failure?: Failure }): void => {
      letGo?.();
      this.#end = end;
      if (end.failure === undefined) this.scanner.thaw();
      for (const consumer of this.#consumers) consumer.close(end.failure);
    };
    this.details.then(
      () => finish({}),
      (error: unknown) => finish({ failure: { error } }),
    );
  }

  begin(attempt: number, kept: readonly unknown[] = []): void {
    this.text = "";
    this.feed = undefined;
    this.again = false;
    this.#length = 0;
    const { validateWhileStreaming = false, onInvalidItem = "throw" } = this.job.options;
    // An item that may be left out or mended ends nothing.
    this.#judgeAt = validateWhileStreaming && onInvalidItem === "throw" ? 0 : Number.POSITIVE_INFINITY;
    if (attempt === 1) return;
    this.kept = kept;
    this.restart(kept.length);
  }

  /** The scanner begins anew; what was shown is void, but for this many items of a list. */
  restart(kept: number): void {
    this.#memo = undefined;
    this.#onRestart?.(kept);
    this.scanner = this.#scan();
    for (const consumer of this.#consumers) consumer.restart(kept);
  }

  write(text: string): void | Promise<void> {
    this.#length += text.length;
    if (this.#mayMend) this.text += text;
    try {
      this.scanner.write(this.feed === undefined ? text : this.feed.write(text));
    } catch (error) {
      if (this.#mayMend && this.feed === undefined) return this.#mend(error);
      if (error instanceof PartRefused) return import("./early-verdict.js").then(({ refusePart }) => refusePart(error));
      throw error;
    }
    return this.#length < this.#judgeAt ? this.#tell() : this.#judge();
  }

  /** Judges what has arrived, each time that it has grown by a fiftieth: the work stays linear in the answer's length. */
  async #judge(): Promise<void> {
    this.#judgeAt = this.#length * 1.02 + 8;
    const { judgeGrowth } = await import("./early-verdict.js");
    judgeGrowth(this.scanner, this.job, this.#itemIndex());
    await this.#tell();
  }

  get #mayMend(): boolean {
    return this.lenient !== undefined && this.job.options.repair !== "strict";
  }

  /** Few calls get this far: what mends is loaded then. */
  async #mend(cause: unknown): Promise<void> {
    const { mend } = await import("./mend.js");
    mend(this, cause);
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

  /** What was built, or the part of it at a path, with defaults where the call wants them. */
  filled(value: unknown, path: readonly (string | number)[] = []): unknown {
    const fill = this.#fill;
    if (fill === undefined) return value;
    const isList = this.job.shape === "list";
    // What is changed in place is not remembered; of a list that goes on for ever, no copies are.
    if (!this.#live) this.#memo ??= { filled: new Map(), ...(!isList && { copies: new Map() }) };
    const memo = this.#memo && { memo: this.#memo };
    if (!isList) return fill(value, { path, ...memo });
    return path.length === 0 && Array.isArray(value)
      ? value.map((item: unknown) => fill(item, { ...memo }))
      : fill(value, { path: path.slice(1), ...memo });
  }

  #whole(built: unknown): unknown {
    const value = this.filled(built);
    return this.#settle(this.kept.length > 0 && Array.isArray(value) ? [...this.kept, ...value] : value);
  }

  /** Only their number counts (recover/continue-list.ts), so none is held for it. */
  get handedOut(): readonly unknown[] {
    const given: unknown[] = [];
    given.length = this.#given();
    return given;
  }

  partial(): unknown {
    return this.filled(this.scanner.snapshot());
  }

  join(consumer: Consumer): void {
    if (this.#end === undefined) this.#consumers.add(consumer);
    else consumer.close(this.#end.failure);
  }

  /** The request ends when the last consumer leaves. */
  leave(consumer: Consumer): void {
    if (this.#consumers.delete(consumer) && this.#consumers.size === 0) this.abort();
  }

  /** Fires when the call is given up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    if (this.#end === undefined) this.#controller.abort(reason);
  }

  /** How far a place of the value has come. */
  stateOf(path: readonly string[]): FieldState {
    const { frames, depth, growing } = this.scanner;
    // The innermost container has an open member only while a string grows there.
    const open = memberPath(frames, growing ? depth : depth - 1).path;
    let value = this.scanner.snapshot();
    for (const key of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return "pending";
      value = Reflect.get(value, key);
    }
    if (value === undefined) return "pending";
    return this.scanner.isComplete || path.some((key, at) => key !== String(open[at])) ? "complete" : "growing";
  }

  #scan(): JsonScanner {
    const scanner = new JsonScanner(this.#root, { defs: this.#defs, live: this.#live, limits: this.#limits });
    scanner.listener = this.#listener;
    return scanner;
  }
}
