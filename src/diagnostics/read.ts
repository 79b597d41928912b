import type { MessageTable } from "./message-table.js";

export const readMessages = {
  "read/json-syntax": {
    severity: "error",
    message: "This is not JSON: {problem}.",
    hint: "Correct the text at the mark; nothing of this file is generated until it parses.",
    explanation: "The file is not well-formed JSON. Comments and trailing commas are let pass with a warning, everything else is an error.",
  },
} as const satisfies MessageTable;
