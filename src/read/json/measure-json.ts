import type { ReadLimits } from "./limits.js";

/** A bound that a text breaks, found before anything is built from it. */
export interface ExceededLimit {
  readonly limit: "characters" | "depth" | "values";
  readonly allowed: number;
  readonly offset: number;
}

/**
 * Looks through a text once, without recursion and without building anything, and says which bound it breaks first. It counts on
 * the safe side for texts that are not JSON; whether they are is for the parser to say.
 */
export function findExceededLimit(text: string, limits: ReadLimits): ExceededLimit | undefined {
  if (text.length > limits.characters) return { limit: "characters", allowed: limits.characters, offset: 0 };
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 0x22) index = endOfString(text, index);
    else if (character === 0x2f) index = endOfComment(text, index);
    else if (character === 0x5b || character === 0x7b) {
      depth++;
      values++;
      if (depth > limits.depth) return { limit: "depth", allowed: limits.depth, offset: index };
    } else if (character === 0x5d || character === 0x7d) depth--;
    else if (character === 0x2c) values++;
    if (values > limits.values) return { limit: "values", allowed: limits.values, offset: index };
  }
  return undefined;
}

/** The index of the closing quote, or of the line's end where it is missing. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 0x5c) index++;
    else if (character === 0x22 || character === 0x0a || character === 0x0d) return index;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const next = text.charCodeAt(start + 1);
  const end = next === 0x2f ? text.indexOf("\n", start) : next === 0x2a ? text.indexOf("*/", start + 2) : start;
  return end < 0 ? text.length : next === 0x2a ? end + 1 : end;
}
