import type { Severity } from "./diagnostic.js";

/** One kind of diagnostic: its texts hold `{name}` places that the report's facts fill. */
export interface MessageEntry {
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  /** For docs/diagnostics.md: what leads to it and what it means, one to three sentences. */
  readonly explanation: string;
}

export type MessageTable = Readonly<Record<string, MessageEntry>>;
