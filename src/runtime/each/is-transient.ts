import { ApiError } from "../errors/api-error.js";

/** The provider has no room, or can't be reached: another try may do. */
export function isTransient(error: unknown): error is ApiError {
  if (!ApiError.is(error)) return false;
  const { status } = error;
  return status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;
}
