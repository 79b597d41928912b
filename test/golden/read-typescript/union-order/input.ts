import type { Early } from "./early.js";
/** Another file mentions "open" and "closed" first: the checker would put them first here too. */
export interface Ticket {
  state: "zeta" | "alpha" | "closed" | "open";
  other?: "zeta" | "alpha" | "closed" | "open";
  nullable: null | "open" | "alpha";
  list: ("zeta" | "open")[];
  alias: State | null;
  rest: Exclude<State, "b">;
  keys: keyof Keyed;
  tail: Early | "zeta";
  mixed: 3 | "open" | 1 | boolean | 2;
  objects: Second | First | string;
  generic: Maybe<"zeta" | "open">;
  wrapped: Wrapped<"zeta" | "open">;
  indexed: Keyed["open"];
  picked: Pick<Keyed, "alpha" | "zeta">;
  record: Record<"zeta" | "open" | "alpha", number>;
}
type State = "zeta" | "b" | "open" | "alpha";
interface Keyed {
  zeta: string;
  open: "z" | "m" | "a";
  alpha: string;
}
interface First {
  first: string;
}
interface Second {
  second: string;
}
type Maybe<T> = T | null | "alpha";
interface Wrapped<T> {
  value: T | "last";
  first: "first" | T;
}
