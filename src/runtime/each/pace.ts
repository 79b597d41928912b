import type { RateLimit } from "../options.js";

export interface PaceOptions {
  /** Most documents at a time. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Milliseconds since any fixed point. */
  readonly clock: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const MINUTE = 60_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;

/**
 * How many documents may run, and from when on: one pace for all of them, so that a refusal slows everybody at once and nobody
 * comes back before the others. Additive increase, multiplicative decrease, as TCP does it (RFC 5681).
 */
export class Pace {
  readonly #options: PaceOptions;
  #limit: number;
  #pausedUntil = 0;
  #nextStart = 0;
  /** Refusals in a row, for the length of the pause. */
  #refusals = 0;
  /** Starts before this moment belong to a pace that was given up: their refusals say nothing new. */
  #epoch = 0;
  #tokens = 0;
  #tokensSince = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#limit = options.concurrency;
  }

  /** Documents that may run at a time, now. At least 1. */
  get limit(): number {
    return Math.max(1, Math.floor(this.#limit));
  }

  /** Milliseconds until the next document may start; 0 for at once. */
  wait(): number {
    return Math.max(0, Math.max(this.#pausedUntil, this.#nextStart) - this.#options.clock());
  }

  /** A document starts. Returns what `refused` wants to know of it. */
  start(): number {
    const now = this.#options.clock();
    if (this.#options.requestsPerMinute !== undefined) {
      this.#nextStart = Math.max(now, this.#nextStart) + MINUTE / this.#options.requestsPerMinute;
    }
    return now;
  }

  /** A document is done. What its answer's headers said and what it used may hold back the next ones. */
  succeeded(tokens: number, rateLimit: RateLimit | undefined): void {
    this.#refusals = 0;
    this.#limit = Math.min(this.#options.concurrency, this.#limit + 1 / this.#limit);
    this.#countTokens(tokens);
    if (rateLimit === undefined) return;
    // What is running already will take its share of what remains.
    const needed = tokens * this.limit;
    if (rateLimit.remainingTokensMinute !== undefined && rateLimit.remainingTokensMinute < needed)
      this.#pauseFor((rateLimit.resetTokensMinute ?? 1) * 1000);
    if (rateLimit.remainingRequestsDay !== undefined && rateLimit.remainingRequestsDay < 1)
      this.#pauseFor((rateLimit.resetRequestsDay ?? 1) * 1000);
  }

  /**
   * The provider had no room for a document.
   *
   * @param startedAt what `start` returned for it
   * @param retryAfter seconds the provider asked for
   */
  refused(startedAt: number, retryAfter: number | undefined): void {
    const now = this.#options.clock();
    if (startedAt >= this.#epoch) {
      this.#limit = Math.max(1, this.#limit / 2);
      this.#refusals += 1;
      this.#epoch = now;
    }
    const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#refusals - 1));
    const asked = retryAfter === undefined ? 0 : Math.min(LONGEST_PAUSE, retryAfter * 1000);
    this.#pauseFor(Math.max(asked, backOff * (0.75 + this.#options.random() / 4)));
  }

  #countTokens(tokens: number): void {
    const { tokensPerMinute, clock } = this.#options;
    if (tokensPerMinute === undefined) return;
    const now = clock();
    if (now - this.#tokensSince >= MINUTE) {
      this.#tokensSince = now;
      this.#tokens = 0;
    }
    this.#tokens += tokens;
    if (this.#tokens >= tokensPerMinute) this.#pauseFor(this.#tokensSince + MINUTE - now);
  }

  #pauseFor(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#options.clock() + milliseconds);
  }
}
