import type { Attempt, Usage } from "../options.js";
import { type ErrorRecord, plainRecord, recordOfAttempt } from "./error-record.js";

/** What an ExtractionError may know about the call it ended. */
export interface ExtractionFacts {
  readonly model?: string;
  readonly attempts?: readonly Attempt[];
  readonly usage?: Usage;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** The base of every error a call ends with. `ApiError.is(e)` tells the classes apart and holds across copies of this package. */
export class ExtractionError extends Error {
  static readonly kind: string = "ExtractionError";
  override readonly name: string = "ExtractionError";
  readonly model?: string;
  readonly attempts?: readonly Attempt[];
  readonly usage?: Usage;
  readonly requestId?: string;

  constructor(message: string, facts: ExtractionFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    // The brand is on each object and not in a class check: two copies of the package must know each other's errors.
    Object.defineProperty(this, Symbol.for("schemacast.ExtractionError"), { value: new.target.kind });
    if (facts.model !== undefined) this.model = facts.model;
    if (facts.attempts !== undefined) this.attempts = facts.attempts;
    if (facts.usage !== undefined) this.usage = facts.usage;
    if (facts.requestId !== undefined) this.requestId = facts.requestId;
  }

  /**
   * What a log can hold of it: its class, its message and its facts. Errors of attempts are told in short, since the last of them is this one;
   * `cause` is left out, as it may be anything.
   */
  toJSON(): ErrorRecord {
    const { attempts } = this;
    return { ...plainRecord(this), ...(attempts !== undefined && { attempts: attempts.map(recordOfAttempt) }) };
  }

  static is<E>(this: { readonly kind: string; readonly prototype: E }, error: unknown): error is E {
    if (typeof error !== "object" || error === null) return false;
    const kind: unknown = Reflect.get(error, Symbol.for("schemacast.ExtractionError"));
    return kind !== undefined && (this.kind === "ExtractionError" || this.kind === kind);
  }
}
