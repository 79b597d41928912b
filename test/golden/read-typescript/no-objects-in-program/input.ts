export function code(): string {
  return "a";
}
export type Mixed = { a: string } | string;
export enum Kind {
  A = "a",
}
export type Page<T> = { items: T[] };
export type Fn = (a: string) => void;
export type When = Date;
