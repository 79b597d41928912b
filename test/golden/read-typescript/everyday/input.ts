import type { Money } from "./money.js";
/** A person. */
export interface Person extends Base {
  /** Full name. @minLength 1 */
  name: string;
  /**
   * Age in years
   * @minimum 0
   * @asType integer
   */
  age?: number;
  color?: Color | null; tags: readonly string[];
  status: "zeta" | "alpha" | "open";
  born: Date;
  price: Money;
  pages: Paged<Person>;
  pt: [x: number, y?: number, ...rest: string[]];
  slug: `user-${number}`;
  e: E; e1: E.A;
  meta: Record<string, unknown>;
  p: Partial<Pick<Base, "id" | "kind">>;
  id2: string & { readonly __brand: "Id" };
  sh: Shape; lit: "a" | (string & {});
  nullable: string | null; mixed: boolean | "x" | 3 | null;
  json: Json;
}
type Json = string | number | boolean | null | Json[] | { [k: string]: Json };
interface Base { id: string; /** same line */ kind: "person" | "base" }
type Color = "red" | "green";
enum E { A = "a", B = "b" }
interface Paged<T> { items: T[]; next: T | null; order: "z" | "a" }
type Shape = { kind: "circle"; r: number } | { kind: "square"; a: number };
