import type { ExtractionError } from "../errors/extraction-error.js";
import type { Attempt, ExtractionDetails, Repair, Timing, Usage } from "../options.js";
import type { Answer } from "./answer.js";
import { rateLimitOf, sum, timingOf, usageOf } from "./usage.js";

/** What is known of a call so far: one record for all its attempts. */
export class CallRecord {
  readonly attempts: Attempt[] = [];
  usage: Usage | undefined;
  /** The answer that arrived last, whole or not. */
  answer: Answer | undefined;
  #timing: Timing = timingOf(undefined);
  readonly #warnings: string[] = [];
  readonly #startedAt = performance.now();

  /** Adds an attempt and what it cost. */
  add(answer: Answer, attempt: Attempt): void {
    this.answer = answer;
    this.#timing = sum(this.#timing, timingOf(answer.timeInfo));
    this.#warnings.push(...answer.warnings);
    const usage = usageOf(answer.usage);
    if (usage !== undefined) this.usage = sum(this.usage, usage);
    const { requestId, finishReason } = answer;
    this.attempts.push({
      ...attempt,
      ...(requestId === undefined ? {} : { requestId }),
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(usage === undefined ? {} : { usage }),
    });
  }

  details<R>(value: R, repairs: readonly Repair[] = []): ExtractionDetails<R> {
    const { reasoning = "", requestId, headers } = this.answer ?? {};
    const rateLimit = rateLimitOf(headers);
    return {
      value,
      model: this.#model ?? "",
      ...(this.usage === undefined ? {} : { usage: this.usage }),
      timing: { ...this.#timing, wallTime: (performance.now() - this.#startedAt) / 1000 },
      attempts: this.attempts,
      ...(reasoning === "" ? {} : { reasoning }),
      repairs,
      ...(requestId === undefined ? {} : { requestId }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
      warnings: this.#warnings,
    };
  }

  /** The error the call ends with, with all that is known of the call put on it. */
  complete(error: ExtractionError): ExtractionError {
    const { usage, attempts } = this;
    const facts = { model: this.#model, attempts, usage, requestId: this.answer?.requestId ?? error.requestId };
    // Errors are made where the fault is seen, deep below what knows the call; here the call's facts are put on them.
    return Object.assign(error, Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)));
  }

  get #model(): string | undefined {
    return this.attempts.at(-1)?.model;
  }
}
