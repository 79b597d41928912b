import type { MessageTable } from "./message-table.js";

export const configMessages = {} as const satisfies MessageTable;
