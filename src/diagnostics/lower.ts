import type { MessageTable } from "./message-table.js";

export const lowerMessages = {} as const satisfies MessageTable;
