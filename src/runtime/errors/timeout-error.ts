import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** Time ran out: `idle`, no byte came for `idleTimeout`; `total`, the whole call took longer than `timeout`. */
export class TimeoutError extends ExtractionError {
  static override readonly kind: string = "TimeoutError";
  override readonly name = "TimeoutError";
  readonly limit: "idle" | "total";
  /** Milliseconds that had been allowed. */
  readonly milliseconds: number;

  constructor(limit: "idle" | "total", milliseconds: number, facts?: ExtractionFacts) {
    super(
      limit === "idle"
        ? `Nothing arrived from the API for ${milliseconds} ms (option idleTimeout).`
        : `The call took longer than ${milliseconds} ms (option timeout).`,
      facts,
    );
    this.limit = limit;
    this.milliseconds = milliseconds;
  }
}
