import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/runtime/errors/api-error.js";
import { retryAfterSeconds, retryDelay } from "../../src/runtime/recover/retry-delay.js";

describe("waiting", () => {
  test("retry-after: seconds, a date, milliseconds, garbage", () => {
    expect(retryAfterSeconds(new Headers({ "retry-after": "3" }))).toBe(3);
    expect(retryAfterSeconds(new Headers({ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }), () => Date.UTC(2026, 9, 21, 7, 27, 30))).toBe(
      30,
    );
    expect(retryAfterSeconds(new Headers({ "retry-after-ms": "1500", "retry-after": "9" }))).toBe(1.5);
    for (const garbage of ["", "soon", "-5", "1x", "NaN"])
      expect(retryAfterSeconds(new Headers({ "retry-after": garbage }))).toBeUndefined();
  });
  test("the exhausted rate limit says how long", () => {
    const error = new ApiError("slow", { status: 429 });
    const given = {
      "x-ratelimit-remaining-tokens-minute": "0",
      "x-ratelimit-reset-tokens-minute": "5.35",
      "x-ratelimit-remaining-requests-day": "10",
      "x-ratelimit-reset-requests-day": "10805",
    };
    expect(retryDelay(error, 0, new Headers(given), () => 0)).toBe(5350);
    expect(retryDelay(error, 0, new Headers({ ...given, "x-ratelimit-remaining-requests-day": "0" }), () => 0)).toBeUndefined();
  });
  test("a minute is waited for, whatever the jitter, and nothing longer", () => {
    const minute = new ApiError("slow", { status: 429, retryAfter: 60 });
    expect([0, 0.5, 1].map((random) => retryDelay(minute, 0, undefined, () => random))).toEqual([60_000, 63_000, 66_000]);
    expect(retryDelay(new ApiError("slow", { status: 429, retryAfter: 61 }), 0, undefined, () => 0)).toBeUndefined();
  });
  test("else doubled, capped, jittered downwards", () => {
    const error = new ApiError("oops", { status: 500 });
    expect([0, 1, 2, 3, 4, 5].map((sent) => retryDelay(error, sent, undefined, () => 0))).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    expect(retryDelay(error, 0, undefined, () => 1)).toBe(375);
  });
});
