import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The model refused, or a content filter stopped it. */
export class RefusedError extends ExtractionError {
  static override readonly kind: string = "RefusedError";
  override readonly name = "RefusedError";
  /** The model's words, where it gave any. */
  readonly text: string;

  constructor(text: string, facts?: ExtractionFacts) {
    super(text === "" ? "A content filter stopped the answer." : `The model refused: ${text}`, facts);
    this.text = text;
  }
}
