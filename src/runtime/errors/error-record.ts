/** An error as JSON: its class, its message and what it knows. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

/** An attempt whose error is a record. */
export function recordOfAttempt<A extends { readonly error?: Error }>({
  error,
  ...attempt
}: A): Omit<A, "error"> & { readonly error?: ErrorRecord } {
  return error === undefined ? attempt : { ...attempt, error: plainRecord(error) };
}

/** Without attempts: the last attempt of a call ended with the call's own error. */
export function plainRecord(error: Error): ErrorRecord {
  const facts = Object.fromEntries(Object.entries(error).filter(([fact]) => fact !== "cause" && fact !== "attempts"));
  return { ...facts, name: error.name, message: error.message };
}
