import type { MessageTable } from "./message-table.js";

export const emitMessages = {} as const satisfies MessageTable;
