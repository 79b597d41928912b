import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The answer was cut off by a token limit (`finish_reason: "length"`). */
export class TruncatedError extends ExtractionError {
  static override readonly kind: string = "TruncatedError";
  override readonly name = "TruncatedError";
  /** The model's text up to the cut; empty when reasoning used all tokens, and of a list whose items are not kept. */
  readonly text: string;
  /** What could be read of it, decoded but not validated. */
  readonly partial: unknown;
  /** Of a list: the items that were complete and valid. */
  readonly items: readonly unknown[];

  constructor(text: string, partial: unknown, items: readonly unknown[], facts?: ExtractionFacts) {
    super(
      text === "" && partial === undefined
        ? "The token limit was reached before the answer began (reasoning counts too): raise maxCompletionTokens or lower reasoningEffort."
        : "The answer was cut off by the token limit: raise maxCompletionTokens, or ask for less.",
      facts,
    );
    this.text = text;
    this.partial = partial;
    this.items = items;
  }
}
