import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The model called a tool that was not offered, or called the one tool several times with different arguments. */
export class UnexpectedToolCallError extends ExtractionError {
  static override readonly kind: string = "UnexpectedToolCallError";
  override readonly name = "UnexpectedToolCallError";
  /** Names of the tools that were called, in order. */
  readonly called: readonly string[];

  constructor(expected: string, called: readonly string[], facts?: ExtractionFacts) {
    super(`The model was to call ${expected} once, but called ${called.join(", ")}.`, facts);
    this.called = called;
  }
}
