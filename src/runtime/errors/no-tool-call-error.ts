import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The model answered without calling the tool it was told to call. */
export class NoToolCallError extends ExtractionError {
  static override readonly kind: string = "NoToolCallError";
  override readonly name = "NoToolCallError";
  /** What it said instead. */
  readonly text: string;

  constructor(tool: string, text: string, facts?: ExtractionFacts) {
    super(`The model did not call ${tool}.`, facts);
    this.text = text;
  }
}
