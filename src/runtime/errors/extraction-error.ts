import type { Attempt, Usage } from "../options.js";

/** What an ExtractionError may know about the call it ended. */
export interface ExtractionFacts {
  readonly model?: string;
  readonly attempts?: readonly Attempt[];
  readonly usage?: Usage;
  readonly requestId?: string;
  readonly cause?: unknown;
}

const brand: unique symbol = Symbol.for("schemacast.ExtractionError");

/** The base of every error a call ends with. `ExtractionError.is(e)` holds across copies of this package. */
export class ExtractionError extends Error {
  override readonly name: string = "ExtractionError";
  readonly [brand] = true;
  readonly model?: string;
  readonly attempts?: readonly Attempt[];
  readonly usage?: Usage;
  readonly requestId?: string;

  constructor(message: string, facts: ExtractionFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    if (facts.model !== undefined) this.model = facts.model;
    if (facts.attempts !== undefined) this.attempts = facts.attempts;
    if (facts.usage !== undefined) this.usage = facts.usage;
    if (facts.requestId !== undefined) this.requestId = facts.requestId;
  }

  static is(error: unknown): error is ExtractionError {
    return typeof error === "object" && error !== null && brand in error;
  }
}
