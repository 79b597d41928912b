import { ExtractionError } from "../errors/extraction-error.js";
import { textOf } from "./text-of.js";

/**
 * The caller's own code has failed: `message` names the option. What it threw is the cause, also where that is an ExtractionError of
 * another call. Or `input` is none.
 */
export function callerError(facts: Readonly<Record<string, unknown>>): ExtractionError {
  const { message, cause, input } = facts;
  if ("input" in facts) {
    // "Undefined", "Promise", "Object"
    const found = Object.prototype.toString.call(input).slice(8, -1);
    return new ExtractionError(`The input is of type ${found}: give a text, or a list of chat messages.`);
  }
  return new ExtractionError(`Option ${String(message)} threw: ${textOf(cause)}`, { cause });
}
