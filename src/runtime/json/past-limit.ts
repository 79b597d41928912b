import type { JsonLimits } from "../options.js";

/** The text is larger than what is read. Not an ExtractionError by itself: the call makes a LimitExceededError of it. */
export class PastLimit extends Error {
  readonly limited: keyof JsonLimits;
  readonly limit: number;
  readonly used: number;

  constructor(limited: keyof JsonLimits, limit: number, used: number) {
    super(`${limited} passed ${limit}`);
    this.limited = limited;
    this.limit = limit;
    this.used = used;
  }
}
