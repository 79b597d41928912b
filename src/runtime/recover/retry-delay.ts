import { ApiError } from "../errors/api-error.js";
import { StreamProtocolError } from "../errors/stream-protocol-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { HeaderSource } from "../call/answer.js";

/** Longest wait that a server may ask for, jitter aside; who asks for a longer one gets none. */
const longestDelay = 60_000;

/** Tells whether sending the same request again may help. */
export function isTransient(error: unknown): boolean {
  if (StreamProtocolError.is(error)) return true;
  if (TimeoutError.is(error)) return error.limit === "idle";
  if (!ApiError.is(error)) return false;
  const { status } = error;
  return status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;
}

/**
 * Milliseconds to wait before a request is sent again, `undefined` when the server asks for more than is sensible. Order:
 * `retry-after`; for a 429 the reset of the exhausted rate limit; else 0.5 s doubled each time, at most 8 s. Jitter adds to
 * what a server asked for (earlier would be refused again) and takes from what was made up here.
 *
 * @param sent how often it was sent again before, from 0
 */
export function retryDelay(error: unknown, sent: number, headers?: HeaderSource, random: () => number = Math.random): number | undefined {
  const isRateLimit = ApiError.is(error) && error.status === 429;
  const asked = (ApiError.is(error) ? error.retryAfter : undefined) ?? (isRateLimit && headers ? resetSeconds(headers) : undefined);
  if (asked === undefined) return Math.min(500 * 2 ** sent, 8000) * (1 - random() / 4);
  return asked * 1000 > longestDelay ? undefined : asked * 1000 * (1 + random() / 10);
}

/** `retry-after` (seconds or a date) or `retry-after-ms`, in seconds; `undefined` for garbage. */
export function retryAfterSeconds(headers: HeaderSource, now: () => number = Date.now): number | undefined {
  const milliseconds = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds / 1000;
  const text = headers.get("retry-after") ?? "";
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text);
  // Date.parse reads far too much as a date ("1x", "-5"): only what has a time of day counts as an HTTP date.
  const date = /\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now()) / 1000;
}

/** Seconds until the exhausted limit is filled again (headers as in cerebras/api.md 6.2; values are floats). */
function resetSeconds(headers: HeaderSource): number | undefined {
  let longest: number | undefined;
  for (const limit of ["requests-day", "tokens-minute"]) {
    const remaining = headers.get(`x-ratelimit-remaining-${limit}`);
    const reset = Number(headers.get(`x-ratelimit-reset-${limit}`) ?? Number.NaN);
    if (remaining !== null && Number(remaining) <= 0 && reset >= 0) longest = Math.max(longest ?? 0, reset);
  }
  return longest;
}
