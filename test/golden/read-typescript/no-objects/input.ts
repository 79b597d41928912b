interface A {
  a: string;
}
export const version = 1;
export type Code = string;
export type Size = "s" | "m";
export type List = A[];
export type Pair = [A, A];
export type Maybe = A | null;
export type Count = number | null;
