import { filledSpec } from "./call/filled-spec.js";
import { checkedValue, specResults } from "./call/check-results.js";
import { Fault } from "./call/fault.js";
import { readAnswer } from "./call/read-answer.js";
import { ExtractionError } from "./errors/extraction-error.js";
import { InvalidOutputError } from "./errors/invalid-output-error.js";
import { readLenient } from "./lenient/read-lenient.js";
import type { Issue, ParseOptions } from "./options.js";
import { callerError } from "./recover/caller-error.js";
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
  const valid = spec.revive === undefined ? (value as T) : callerCode("revive", spec.revive, value);
  const check = (judged: unknown): ReturnType<typeof specResults> => specResults(spec, "one", judged, options.context);
  const issues = callerCode("checks", check, checkedValue(spec, "one", value, valid)).flatMap(known);
  if (issues.length > 0) throw new InvalidOutputError(issues, value, text);
  return valid;
}

/** @throws {ExtractionError} where the caller's own code fails: a check, or what was given to `withTransform` */
function callerCode<V>(message: string, run: (value: unknown) => V, value: unknown): V {
  try {
    return run(value);
  } catch (cause) {
    throw callerError(cause instanceof Fault ? cause.facts : { message, cause });
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
