import type { Reply } from "schemacast/emulator";

/** What a model said about letter.txt: the emulator repeats it where there is no key. Other letters get a sample. */
export const replies: readonly Reply[] = [
  {
    name: "Order",
    input: "Inês Carvalho",
    value: {
      customer: "Inês Carvalho",
      lines: [
        { article: "blue cup", quantity: 12, price: 4.5 },
        { article: "large teapot", quantity: 2, price: 39 },
        { article: "sugar bowl", quantity: 1 },
      ],
      deliverBy: "2026-06-03T00:00:00Z",
      note: "Pack the cups well: last time two were broken.",
    },
  },
];
