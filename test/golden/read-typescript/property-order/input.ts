interface Base {
  id: string;
  kind: "base" | "order" | "special";
}
interface Stamped<T> {
  at: T;
}
/** Inherited first, in the order of the extends list; an overridden one keeps its place. */
export interface Order extends Base, Stamped<Date> {
  total: number;
  kind: "order" | "special";
}
export interface Special extends Order {
  why: string;
  kind: "special";
}
export type Omitted = Omit<Special, "at">;
export type Partially = Partial<Special>;
export type Mixed = { z: string } & Base & { a: string };
export class Animal {
  name: string = "";
  legs?: number;
}
export class Dog extends Animal {
  breed: string = "";
}
