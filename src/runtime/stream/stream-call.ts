import type { AnswerReader } from "../call/answer-reader.js";
import { runCall } from "../call/run-call.js";
import { streamExchange } from "../call/stream-exchange.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { compilePlan } from "../json/compile-plan.js";
import { JsonScanner } from "../json/json-scanner.js";
import { JsonSyntaxError } from "../json/json-syntax-error.js";
import type { Shape } from "../json/shape.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { ExtractInput, ExtractionDetails, ExtractOptions } from "../options.js";
import type { Plan, StreamSpec } from "../spec.js";
import type { Consumer, Failure, Readable } from "./consumer.js";

/** What a stream object needs of its call. */
export interface StreamJob<R, C> {
  readonly spec: StreamSpec<unknown, unknown>;
  readonly shape: "one" | "list";
  readonly input: ExtractInput;
  readonly options: ExtractOptions<R, C>;
  readonly listener?: BuilderListener;
  /** List items that a consumer has been given: they can't be taken back. */
  readonly handedOut?: () => readonly unknown[];
  /** A new answer begins after these items of the ones before. */
  readonly onRestart?: (kept: readonly unknown[]) => void;
}

/** One streaming call and those who read it: feeds the scanner, wakes the consumers, waits for the slowest. */
export class StreamCall<R, C> implements AnswerReader, Readable {
  scanner: JsonScanner;
  readonly details: Promise<ExtractionDetails<R>>;
  #end: { readonly failure?: Failure } | undefined;
  readonly #consumers = new Set<Consumer>();
  readonly #controller = new AbortController();
  readonly #listener: BuilderListener | undefined;
  readonly #handedOut: StreamJob<R, C>["handedOut"];
  readonly #onRestart: StreamJob<R, C>["onRestart"];
  #kept: readonly unknown[] = [];
  readonly #root: Shape;
  readonly #plan: Plan;

  constructor({ listener, handedOut, onRestart, ...job }: StreamJob<R, C>) {
    this.#listener = listener;
    this.#handedOut = handedOut;
    this.#onRestart = onRestart;
    this.#plan = job.shape === "one" ? job.spec.handler.plan : listPlan(job.spec.handler.plan);
    this.#root = compilePlan(this.#plan, job.spec.handler.makers);
    this.scanner = this.#scan();
    const { signal } = job.options;
    const abort = (): void => this.abort(signal?.reason);
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort);
    const options = { ...job.options, signal: this.#controller.signal };
    this.details = runCall<R, C>({ ...job, options, reader: this, exchange: streamExchange });
    const finish = (end: { readonly failure?: Failure }): void => {
      signal?.removeEventListener("abort", abort);
      this.#end = end;
      if (end.failure === undefined) this.scanner.thaw();
      for (const consumer of this.#consumers) consumer.close(end.failure);
    };
    this.details.then(
      () => finish({}),
      (error: unknown) => finish({ failure: { error } }),
    );
  }

  get handedOut(): readonly unknown[] {
    return this.#handedOut?.() ?? [];
  }

  begin(attempt: number, kept: readonly unknown[] = []): void {
    if (attempt === 1) return;
    this.#kept = kept;
    this.#onRestart?.(kept);
    this.scanner = this.#scan();
    for (const consumer of this.#consumers) consumer.restart();
  }

  write(text: string): void | Promise<void> {
    try {
      this.scanner.write(text);
    } catch (cause) {
      if (!(cause instanceof JsonSyntaxError)) throw cause;
      throw new InvalidOutputError([{ path: [], message: cause.message, expected: cause.expected }], undefined, "", { cause });
    }
    let waits: Promise<void>[] | undefined;
    for (const consumer of this.#consumers) {
      consumer.wake();
      const wait = consumer.ready();
      if (wait !== undefined) (waits ??= []).push(wait);
    }
    return waits === undefined ? undefined : Promise.all(waits).then(() => {});
  }

  end(): unknown {
    const value = this.scanner.end();
    return this.#kept.length > 0 && Array.isArray(value) ? [...this.#kept, ...value] : value;
  }

  partial(): unknown {
    return this.scanner.snapshot();
  }

  join(consumer: Consumer): void {
    if (this.#end === undefined) this.#consumers.add(consumer);
    else consumer.close(this.#end.failure);
  }

  /** The request ends when the last consumer leaves. */
  leave(consumer: Consumer): void {
    if (this.#consumers.delete(consumer) && this.#consumers.size === 0) this.abort();
  }

  abort(reason?: unknown): void {
    if (this.#end === undefined) this.#controller.abort(reason);
  }

  #scan(): JsonScanner {
    const scanner = new JsonScanner(this.#root, { defs: this.#plan.defs });
    scanner.listener = this.#listener;
    return scanner;
  }
}

/** `{ items: […] }` on the wire; a guided model may leave out what is around the array. */
function listPlan(plan: Plan): Plan {
  const list = { kind: "list", item: plan.root } as const;
  return {
    ...plan,
    root: { kind: "union", branches: [{ kind: "unwrap", key: "items", node: list }, list], byType: { object: 0, array: 1 } },
  };
}
