export interface Node {
  value: string;
  next?: Node;
}
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export interface Company {
  staff: Employee[];
}
export interface Employee {
  boss: Employee | null;
  company: Company;
}
export type Expression = { op: "num"; value: number } | { op: "add"; left: Expression; right: Expression };
export interface Holder {
  json: Json;
  roses: Rose<string>;
}
type Rose<T> = { label: T; kids: Rose<T>[] };
interface Tree<T> {
  value: T;
  children: Tree<T>[];
}
/** A generic type that contains itself is there once. */
export type Words = Tree<string>;
export interface Forest {
  trees: Tree<number>[];
  words: Words;
}
