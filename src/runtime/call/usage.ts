import type { RateLimit, Timing, Usage } from "../options.js";
import type { JsonObject } from "../spec.js";
import type { HeaderSource } from "./answer.js";
import { isObject } from "./is-object.js";

/** The provider's token counts; every one of them may be missing (cerebras/api.md 7). */
export function usageOf(raw: JsonObject | undefined): Usage | undefined {
  if (raw === undefined) return undefined;
  const promptTokens = count(raw, "prompt_tokens");
  const completionTokens = count(raw, "completion_tokens");
  return {
    promptTokens,
    completionTokens,
    totalTokens: count(raw, "total_tokens") || promptTokens + completionTokens,
    reasoningTokens: count(raw["completion_tokens_details"], "reasoning_tokens"),
    cachedTokens: count(raw["prompt_tokens_details"], "cached_tokens"),
  };
}

/** Adds up two records of counts, member by member. */
export function sum<R extends { readonly [K in keyof R]: number }>(a: R | undefined, b: R): R {
  if (a === undefined) return b;
  const total = { ...a };
  for (const key in b) total[key] = (a[key] + b[key]) as R[typeof key];
  return total;
}

/** Seconds, as the provider measured them; `wallTime` is not its business. */
export function timingOf(raw: JsonObject | undefined): Timing {
  return {
    queueTime: count(raw, "queue_time"),
    promptTime: count(raw, "prompt_time"),
    completionTime: count(raw, "completion_time"),
    totalTime: count(raw, "total_time"),
    wallTime: 0,
  };
}

/** What the rate-limit headers say, seconds for the resets; `undefined` where there are none. */
export function rateLimitOf(headers: HeaderSource | undefined): RateLimit | undefined {
  let limits: Record<string, number> | undefined;
  for (const what of ["limit", "remaining", "reset"]) {
    for (const [name, header] of [
      ["RequestsDay", "requests-day"],
      ["TokensMinute", "tokens-minute"],
    ] as const) {
      const text = headers?.get(`x-ratelimit-${what}-${header}`);
      if (text) (limits ??= {})[what + name] = Number(text);
    }
  }
  return limits;
}

function count(raw: unknown, key: string): number {
  const value = isObject(raw) ? raw[key] : undefined;
  return typeof value === "number" ? value : 0;
}
