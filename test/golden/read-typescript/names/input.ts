import type { User as Client } from "./other.js";
type Plain = string;
type Color = "red" | "green";
enum State {
  On = "on",
  Off = "off",
}
interface User {
  name: Plain;
}
interface Page<T, U = string> {
  items: T[];
  cursor: U;
}
type Pair<A, B> = { a: A; b: B };
/** Names of aliases, enums, interfaces and instances of generics become $defs, also under `?` and `| null`. */
export interface Names {
  plain: Plain;
  optional?: Plain;
  color?: Color;
  nullable: Color | null;
  state?: State;
  users: Page<User>;
  numbers: Page<number, Color>;
  nested: Page<Page<User>>;
  list: Page<User[]>;
  union: Page<User | null>;
  literal: Page<"x">;
  object: Page<{ x: 1 }>;
  pair: Pair<User, Client>;
  client: Client;
  partial: Partial<User>;
  again: Page<User>;
}
