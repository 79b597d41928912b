import type { ErrorRecord } from "../errors/error-record.js";
import { ExtractionError } from "../errors/extraction-error.js";

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
