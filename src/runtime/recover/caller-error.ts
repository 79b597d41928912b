import { ExtractionError } from "../errors/extraction-error.js";
import { textOf } from "./text-of.js";

/** The caller's own code has failed: `message` names the option. What it threw is the cause, also where that is an ExtractionError of another call. */
export function callerError({ message, cause }: Readonly<Record<string, unknown>>): ExtractionError {
  return new ExtractionError(`Option ${String(message)} threw: ${textOf(cause)}`, { cause });
}
