import { errorBody, type ApiError } from "./api-error.js";

/** What a key may use; what is absent is not limited. */
export interface RateLimit {
  /** In a window. */
  readonly requests?: number;
  /**
   * In a window: prompts and answers. A request that says how long its answer may be (`max_completion_tokens`) is let in where that much
   * is left, as Cerebras does it; another one where anything is left, though Cerebras reserves a large default for it.
   */
  readonly tokens?: number;
  /** Seconds. Default 60, as Cerebras has it; shorter ones make short tests. */
  readonly window?: number;
}

/** Recorded 2025-10-07; the values are those of a day with little use. */
const quietDay = {
  limitRequestsDay: 1_440_000,
  remainingRequestsDay: 1_439_999,
  resetRequestsDay: 10_805.35,
  limitTokensMinute: 1_000_000,
  remainingTokensMinute: 998_877,
  resetTokensMinute: 5.35,
};

/** Counts what a key uses in windows that begin at whole multiples of their length. */
export class RateLimiter {
  readonly #limit: RateLimit | undefined;
  readonly #length: number;
  #window = Number.NaN;
  #requests = 0;
  #requestsToday = 0;
  #tokens = 0;

  constructor(limit: RateLimit | undefined) {
    this.#limit = limit;
    this.#length = (limit?.window ?? 60) * 1000;
  }

  /**
   * A request arrives.
   *
   * @param now milliseconds since 1970
   * @param reserved tokens that there must be room for
   * @returns the refusal when there is no room for it; a refused request does not count
   */
  admit(now: number, reserved: number): ApiError | undefined {
    this.#turnTo(now);
    const { requests = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = this.#limit ?? {};
    const isFull = this.#tokens >= tokens || this.#tokens + reserved > tokens;
    const code = this.#requests >= requests ? "request_quota_exceeded" : isFull ? "token_quota_exceeded" : undefined;
    // `retry-after` is not documented and none was seen: a client has the rate-limit headers to go by.
    if (code !== undefined) return { status: 429, body: errorBody(429, code), headers: this.headers(now) };
    this.#requests += 1;
    this.#requestsToday += 1;
    return undefined;
  }

  spend(tokens: number): void {
    this.#tokens += tokens;
  }

  /** The headers of every answer, by their recorded names. Nothing in them tells how many requests a window has left. */
  headers(now: number): Readonly<Record<string, string>> {
    const { limitRequestsDay, limitTokensMinute } = quietDay;
    const isLimited = this.#limit !== undefined;
    const tokens = this.#limit?.tokens ?? limitTokensMinute;
    const secondsLeft = ((this.#window + 1) * this.#length - now) / 1000;
    const told = !isLimited
      ? quietDay
      : {
          limitRequestsDay,
          remainingRequestsDay: limitRequestsDay - this.#requestsToday,
          resetRequestsDay: 86_400 - ((now / 1000) % 86_400),
          limitTokensMinute: tokens,
          remainingTokensMinute: Math.max(0, tokens - this.#tokens),
          resetTokensMinute: secondsLeft,
        };
    return {
      "x-ratelimit-limit-requests-day": String(told.limitRequestsDay),
      "x-ratelimit-limit-tokens-minute": String(told.limitTokensMinute),
      "x-ratelimit-remaining-requests-day": String(told.remainingRequestsDay),
      "x-ratelimit-remaining-tokens-minute": String(told.remainingTokensMinute),
      "x-ratelimit-reset-requests-day": String(Number(told.resetRequestsDay.toFixed(3))),
      "x-ratelimit-reset-tokens-minute": String(Number(told.resetTokensMinute.toFixed(3))),
    };
  }

  #turnTo(now: number): void {
    const window = Math.floor(now / this.#length);
    if (window === this.#window) return;
    this.#window = window;
    this.#requests = 0;
    this.#tokens = 0;
  }
}
