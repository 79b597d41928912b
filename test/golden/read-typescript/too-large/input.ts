/** Has an end on each way, but one type for each set of keys. */
type Choices<Left extends string> = { [Key in Left]?: Choices<Exclude<Left, Key>> };
export type Small = Choices<"a" | "b" | "c">;
export type Huge = Choices<"a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n">;
export type Later = Choices<"z">;
