import { ExtractionError } from "../errors/extraction-error.js";

/** An error as JSON: its class, its message and what it knows. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

/** @returns the error with the attempts of its call, where it has them */
export function recordOfError(error: Error): ErrorRecord {
  const attempts = ExtractionError.is(error) ? error.attempts : undefined;
  return { ...plainRecord(error), ...(attempts !== undefined && { attempts: attempts.map(recordOfAttempt) }) };
}

/** An attempt whose error is a record. */
export function recordOfAttempt<A extends { readonly error?: Error }>({
  error,
  ...attempt
}: A): Omit<A, "error"> & { readonly error?: ErrorRecord } {
  return error === undefined ? attempt : { ...attempt, error: plainRecord(error) };
}

/** Without attempts: the last attempt of a call ended with the call's own error. */
function plainRecord(error: Error): ErrorRecord {
  const facts = Object.fromEntries(Object.entries(error).filter(([fact]) => fact !== "cause" && fact !== "attempts"));
  return { ...facts, name: error.name, message: error.message };
}

/** The error of a record: of the class that `name` says for the `is` of that class, with the same facts. */
export function errorOfRecord({ name, message, ...facts }: ErrorRecord): ExtractionError {
  class Received extends ExtractionError {
    static override readonly kind = name;
    override readonly name = name;
  }
  // Where the error was made is not known here.
  return Object.assign(new Received(message), facts, { stack: `${name}: ${message}` });
}

/** The error of a failed job. What the queue itself says is no record: a job was lost with its worker too often. */
export function errorOfReason(reason: string): ExtractionError {
  try {
    const record: unknown = JSON.parse(reason);
    if (isRecord(record)) return errorOfRecord(record);
  } catch {
    // Not ours.
  }
  return errorOfRecord({ name: "WorkerLostError", message: `The workers that had this document ended before it was done: ${reason}` });
}

function isRecord(value: unknown): value is ErrorRecord {
  return typeof value === "object" && value !== null && "name" in value && "message" in value && typeof value.name === "string";
}
