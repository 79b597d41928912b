import { ExtractionError } from "./extraction-error.js";

/** Whatever was thrown, as an error that has a name here. */
export function asExtractionError(thrown: unknown): ExtractionError {
  return ExtractionError.is(thrown) ? thrown : new ExtractionError(`The call failed: ${String(thrown)}`, { cause: thrown });
}
