/** A place in a file a person can open. Lines and columns count from 1, columns in UTF-16 units. */
export interface SourcePosition {
  /** Relative to the project root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters to underline; 1 when absent. */
  readonly length?: number;
}

export type Severity = "error" | "warning" | "info";

/** Something a person should know about their input. Collected, never thrown. */
export interface Diagnostic {
  /** Stable: `read/json-syntax`. Listed in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly at?: SourcePosition;
}
