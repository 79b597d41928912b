import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The attempts together used more tokens than `maxTotalTokens`; `cause` is why another attempt would have been needed. */
export class LimitExceededError extends ExtractionError {
  static override readonly kind: string = "LimitExceededError";
  override readonly name = "LimitExceededError";
  readonly limit: number;
  readonly used: number;

  constructor(limit: number, used: number, facts?: ExtractionFacts) {
    super(`No further attempt: ${used} tokens were used, maxTotalTokens is ${limit}.`, facts);
    this.limit = limit;
    this.used = used;
  }
}
