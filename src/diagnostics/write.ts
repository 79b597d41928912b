import type { MessageTable } from "./message-table.js";

export const writeMessages = {} as const satisfies MessageTable;
