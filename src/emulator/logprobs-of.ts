import type { Fields } from "../samples/fields.js";
import { tokensOf } from "./split-text.js";

/**
 * The member `logprobs` of a choice, as the SDK's types have it (nothing of it is recorded). Tokens of marks are all but certain, words
 * are less so the longer they are: the same text gets the same numbers, so that a test can tell which token is meant.
 *
 * @param alternatives how many to each token; absent: none were asked for, and there is no such member
 */
export function logprobsOf(text: string, alternatives: number | undefined): Fields {
  if (alternatives === undefined) return {};
  const content = tokensOf(text).map((token) => {
    const logprob = logprobOf(token);
    const others = Array.from({ length: Math.max(alternatives - 1, 0) }, (_, index) => entry(`${token}${index + 1}`, logprob - 1 - index));
    return { ...entry(token, logprob), top_logprobs: alternatives === 0 ? [] : [entry(token, logprob), ...others] };
  });
  return { logprobs: { content, refusal: null } };
}

function logprobOf(token: string): number {
  return /[\p{L}\p{N}]/u.test(token) ? -Array.from(token.trim()).length / 32 : -1 / 1024;
}

function entry(token: string, logprob: number): Fields {
  return { token, logprob, bytes: [...Buffer.from(token)] };
}
