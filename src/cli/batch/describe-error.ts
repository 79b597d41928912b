import { ApiError, ExtractionError, InvalidOutputError, MissingKeyError, SchemaRejectedError } from "@schemacast/runtime";

/** What the log of errors holds of an error, besides the key and the line. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
  readonly issues?: readonly unknown[];
  readonly attempts?: number;
  readonly requestId?: string;
}

export function describeError(error: Error): ErrorRecord {
  return {
    name: error.name,
    message: error.message,
    ...(ApiError.is(error) && error.status !== undefined && { status: error.status }),
    ...(ApiError.is(error) && error.code !== undefined && { code: error.code }),
    ...(InvalidOutputError.is(error) && { issues: error.issues }),
    ...(ExtractionError.is(error) && error.attempts !== undefined && { attempts: error.attempts.length }),
    ...(ExtractionError.is(error) && error.requestId !== undefined && { requestId: error.requestId }),
  };
}

/** The API could not be reached, or had no room or a fault of its own, each time that this document was tried. */
export function isOutage(error: Error): boolean {
  return ApiError.is(error) && (error.status === undefined || error.status === 429 || error.status >= 500);
}

/** What is wrong is not this document: every other one would fail in the same way. */
export function isFatal(error: Error): boolean {
  if (MissingKeyError.is(error) || SchemaRejectedError.is(error)) return true;
  return ApiError.is(error) && error.status !== undefined && [401, 402, 403, 404].includes(error.status);
}
