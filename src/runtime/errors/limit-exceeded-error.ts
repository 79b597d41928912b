import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** What can be limited: tokens of all attempts, or the size of one answer (see JsonLimits). */
export type Limited = "maxTotalTokens" | "depth" | "stringLength" | "textLength" | "listLength";

/**
 * The answer went past one of its limits, or the attempts together used more tokens than `maxTotalTokens`; then `cause` is why
 * another attempt would have been needed.
 */
export class LimitExceededError extends ExtractionError {
  static override readonly kind: string = "LimitExceededError";
  override readonly name = "LimitExceededError";
  readonly limited: Limited;
  readonly limit: number;
  readonly used: number;

  constructor(
    limit: number,
    used: number,
    { limited = "maxTotalTokens", ...facts }: ExtractionFacts & { readonly limited?: Limited } = {},
  ) {
    super(
      limited === "maxTotalTokens"
        ? `No further attempt: ${used} tokens were used, maxTotalTokens is ${limit}.`
        : `The answer is too large: its ${limited} passed the limit of ${limit}.`,
      facts,
    );
    this.limited = limited;
    this.limit = limit;
    this.used = used;
  }
}
