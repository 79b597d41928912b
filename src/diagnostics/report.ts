import { configMessages } from "./config.js";
import type { Diagnostic, SourcePosition } from "./diagnostic.js";
import { emitMessages } from "./emit.js";
import { lowerMessages } from "./lower.js";
import type { MessageEntry } from "./message-table.js";
import { readMessages } from "./read.js";
import { readTypeScriptMessages } from "./read-typescript.js";
import { writeMessages } from "./write.js";

/** Every diagnostic there is. docs/diagnostics.md is made from it. */
export const messages: Readonly<
  typeof readMessages &
    typeof readTypeScriptMessages &
    typeof lowerMessages &
    typeof emitMessages &
    typeof writeMessages &
    typeof configMessages
> = {
  ...configMessages,
  ...readMessages,
  ...readTypeScriptMessages,
  ...lowerMessages,
  ...emitMessages,
  ...writeMessages,
};

export type DiagnosticCode = keyof typeof messages;

/** Makes a diagnostic of the table's texts. A `{name}` without a fact is a fault of ours and shows as it stands. */
export function diagnostic(
  code: DiagnosticCode,
  at: SourcePosition | undefined,
  facts: Readonly<Record<string, string | number>> = {},
): Diagnostic {
  const entry: MessageEntry = messages[code];
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : place));
  return { code, severity: entry.severity, message: fill(entry.message), hint: fill(entry.hint), ...(at && { at }) };
}
