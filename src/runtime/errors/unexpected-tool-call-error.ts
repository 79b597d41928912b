import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The model called a tool that was not offered, or called the one tool several times with different arguments. */
export class UnexpectedToolCallError extends ExtractionError {
  static override readonly kind: string = "UnexpectedToolCallError";
  override readonly name = "UnexpectedToolCallError";
  /** Names of the tools that were called, in order. */
  readonly called: readonly string[];

  /** @param expected `extract_user once`, or the names of those of which any may be called */
  constructor(expected: string, called: readonly string[], facts?: ExtractionFacts) {
    super(`The model was to call ${expected}, but called ${called.join(", ")}.`, facts);
    this.called = called;
  }
}
