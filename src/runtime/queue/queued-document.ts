import type { ExtractInput, ExtractionDetails } from "../options.js";
import { type ErrorRecord, recordOfAttempt } from "../errors/error-record.js";
import { errorOfRecord } from "./error-record.js";

/** What a job of the queue holds. */
export interface QueuedDocument {
  readonly key: string;
  readonly input: ExtractInput;
}

/** The details of a value as they can go through JSON. A `Date` in the value arrives as its text. */
export function packDetails<T>(details: ExtractionDetails<T>): ExtractionDetails<T> {
  const attempts = details.attempts.map(recordOfAttempt);
  // Records stand for errors until `unpackDetails`: they have what the type of an error has.
  return { ...details, attempts };
}

export function unpackDetails<T>(packed: ExtractionDetails<T>): ExtractionDetails<T> {
  const attempts = packed.attempts.map((attempt) =>
    // Parse boundary: `packDetails` has put a record there.
    attempt.error === undefined ? attempt : { ...attempt, error: errorOfRecord(attempt.error as Error & ErrorRecord) },
  );
  return { ...packed, attempts };
}
