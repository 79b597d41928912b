import { filledSpec } from "./call/filled-spec.js";
import { checkedValue, specResults } from "./call/check-results.js";
import { Fault } from "./call/fault.js";
import { readAnswer } from "./call/read-answer.js";
import { ExtractionError } from "./errors/extraction-error.js";
import { InvalidOutputError } from "./errors/invalid-output-error.js";
import { readLenient } from "./lenient/read-lenient.js";
import type { Issue, ParseOptions } from "./options.js";
import { describeFailures } from "./recover/describe-failures.js";
import { unreadable } from "./recover/unreadable.js";
import type { Spec } from "./spec.js";

/**
 * Reads and validates a model's answer that was obtained elsewhere: what people copied or another client received is messy as
 * often as not, so that any spec's text may be mended here (`repair`, default `safe`).
 *
 * @throws {InvalidOutputError}
 */
export function parse<T>(given: Spec<T>, text: string, options: ParseOptions = {}): T {
  const spec = filledSpec(given, options);
  let value: unknown;
  try {
    ({ value } = readAnswer({ spec, shape: "one", lenient: readLenient, options }, text));
  } catch (cause) {
    throw unreadable(cause instanceof Fault ? cause.facts : { cause }, text);
  }
  if (!spec.validate(value)) throw new InvalidOutputError(describeFailures(spec.validate.errors ?? [], value), value, text);
  // Parse boundary: the generated validator has proved the shape.
  const valid = spec.revive === undefined ? (value as T) : revived(spec.revive, value);
  const issues = specResults(spec, "one", checkedValue(spec, "one", value, valid), options.context).flatMap(known);
  if (issues.length > 0) throw new InvalidOutputError(issues, value, text);
  return valid;
}

/** @throws {ExtractionError} where the caller's own code fails (`withTransform`) */
function revived<T>(revive: (valid: unknown) => T, valid: unknown): T {
  try {
    return revive(valid);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const { message, cause } = thrown.facts;
    throw new ExtractionError(`Option ${String(message)} threw: ${String(cause)}`, { cause });
  }
}

/** There is nobody who could wait. */
function known(issues: readonly Issue[] | Promise<readonly Issue[]>): readonly Issue[] {
  if (!(issues instanceof Promise)) return issues;
  issues.catch(() => {});
  throw new ExtractionError(
    "A check of this schema is asynchronous: a text can't be parsed at once. Call the check yourself, or make it synchronous.",
  );
}
