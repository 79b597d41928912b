import type { ExtractionError } from "../errors/extraction-error.js";
import type { Attempt, EarlyEnds, ExtractionDetails, Repair, Usage } from "../options.js";
import { requestIdOf } from "./answer.js";
import { confidenceOf } from "./confidence.js";
import { decodeAnswer } from "./decode-answer.js";
import type { CallRecord, RecordEntry } from "./call-record.js";
import { defined } from "./defined.js";
import { isObject } from "./is-object.js";
import { repeatedKeys } from "./repeated-keys.js";
import { answerText } from "./run-attempt.js";
import { rateLimitOf, sum, timingOf, usageOf } from "./usage.js";

/** A call that gave a value. */
export interface FinishedCall<R> {
  readonly value: R;
  readonly record: CallRecord;
  readonly repairs: readonly Repair[] | undefined;
}

/** The value and all that is known about how it came to be. */
export function detailsOf<R>({ value, record, repairs = [] }: FinishedCall<R>): ExtractionDetails<R> {
  const { startedAt, endedAt = performance.now(), job, entries } = record;
  const { spec, shape } = job;
  const last = entries.at(-1);
  const all = allEntries(record);
  // Read from the answer's text anew: who does not ask does not pay. Nothing where the text had to be mended to be read.
  const wire = last && parsed(answerText(last.answer));
  const timing = all.reduce((so, { answer }) => sum(so, timingOf(answer.timeInfo)), timingOf(undefined));
  const known = defined<Omit<ExtractionDetails<R>, "value">>({
    model: last?.attempt.model ?? "",
    usage: totalUsage(record),
    timing: { ...timing, wallTime: (endedAt - startedAt) / 1000 },
    attempts: attemptsOf(record),
    reasoning: last?.answer.reasoning || undefined,
    asides: spec.asides && asidesOf(spec.asides, wire),
    confidence: last && confidenceOf({ ...last.answer, text: answerText(last.answer), wire, value: decodeAnswer(spec, shape, wire) }),
    repairs,
    endedEarly: endedEarly(entries),
    requestId: last && requestIdOf(last.answer),
    rateLimit: rateLimitOf(last?.answer.headers),
    warnings: [...all.flatMap(warningsOf), ...repeatedKeys(wire, value)],
  });
  return { value, ...known };
}

/** An answer that was found invalid before it had ended: usage is told at the end, so that what was saved is an estimate. */
function endedEarly(entries: CallRecord["entries"]): EarlyEnds | undefined {
  const early = entries.filter(({ attempt, answer }) => attempt.outcome === "invalid" && answer.finishReason === undefined);
  if (early.length === 0) return undefined;
  const lengths = early.map(({ answer }) => answerText(answer).length);
  const characters = lengths.reduce((total, length) => total + length, 0);
  const last = entries.at(-1)?.answer;
  const usage = usageOf(last?.usage);
  const whole = last === undefined ? 0 : answerText(last).length;
  if (usage === undefined || whole === 0) return { requests: early.length, characters };
  const written = usage.completionTokens - usage.reasoningTokens;
  const saved = lengths.reduce((total, length) => total + Math.max(0, written * (1 - length / whole)), 0);
  return { requests: early.length, characters, tokensSaved: Math.round(saved) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asidesOf(keys: readonly string[], wire: unknown): ExtractionDetails<unknown>["asides"] {
  if (!isObject(wire)) return undefined;
  const objects: readonly unknown[] =
    Array.isArray(wire["items"]) && keys.every((key) => !Object.hasOwn(Object(wire), key)) ? wire["items"] : [wire];
  return objects
    .filter(isObject)
    .map((object) => Object.fromEntries(keys.filter((key) => Object.hasOwn(object, key)).map((key) => [key, object[key]])));
}

function warningsOf({ attempt, answer: { warnings, joined, toolCalls } }: CallRecord["entries"][number]): readonly string[] {
  const isRepeated = attempt.outcome === "ok" && joined === undefined && toolCalls.length > 1;
  return isRepeated ? [...warnings, "The tool was called more than once, with the same arguments."] : warnings;
}

/** Its own requests, then those that were made beside them. */
function allEntries({ entries, job: { beside = [] } }: CallRecord): readonly RecordEntry[] {
  return beside.length === 0 ? entries : [...entries, ...beside];
}

/** Token counts of all attempts; `undefined` where the provider gave none. */
export function totalUsage(record: CallRecord): Usage | undefined {
  let total: Usage | undefined;
  for (const { answer } of allEntries(record)) {
    const usage = usageOf(answer.usage);
    if (usage !== undefined) total = sum(total, usage);
  }
  return total;
}

/** The error the call ends with, with all that is known of the call put on it. */
export function completeError(error: ExtractionError, record: CallRecord): ExtractionError {
  const last = record.entries.at(-1);
  // Errors are made where the fault is seen, deep below what knows the call; here the call's facts are put on them.
  return Object.assign(
    error,
    defined({
      model: last?.attempt.model,
      attempts: attemptsOf(record),
      usage: totalUsage(record),
      requestId: (last && requestIdOf(last.answer)) ?? error.requestId,
    }),
  );
}

function attemptsOf(record: CallRecord): readonly Attempt[] {
  return allEntries(record).map(({ attempt, answer }, index) => {
    return defined<Attempt>({
      ...attempt,
      attempt: index + 1,
      requestId: requestIdOf(answer),
      finishReason: answer.finishReason,
      usage: usageOf(answer.usage),
    });
  });
}
