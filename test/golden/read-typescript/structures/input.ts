/** Tuples, templates, index signatures, dates and what has no shape. */
export interface Structures {
  pair: [number, string];
  labelled: [name: string, age?: number, ...tags: string[]];
  restOnly: [...string[]];
  frozen: readonly [1, "x"];
  lists: readonly (readonly string[])[];
  user: `user-${number}`;
  choice: `${"a" | "b"}-${1 | 2}`;
  many: `v${number}.${string}` | "latest";
  upper: Uppercase<string>;
  open: { name: string; [key: string]: string };
  anything: { [key: string]: unknown };
  byNumber: { [index: number]: string };
  byTemplate: { [key: `data-${string}`]: number };
  record: Record<string, { n: number }>;
  empty: {};
  none: Record<string, never>;
  date: Date;
  dates?: Date[] | null;
  unknown: unknown;
  any: any;
  object: object;
  literalOr: "red" | (string & {});
  either: string[] | readonly string[] | null;
  omitted: Omit<{ [key: string]: number; id: number }, "id">;
  atLeastTwo: string[] & { 0: string; 1: string };
  exactlyTwo: string[] & { length: 2 };
  narrowed: object & { a: string };
  "quoted key": string;
  __proto__: string;
  negative: -1 | 1.5;
}
