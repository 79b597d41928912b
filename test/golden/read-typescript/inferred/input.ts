import { choice, extend, type Infer, list, literal, nullable, object, text, union } from "./builder.js";

/** The checker meets these first, in another order. */
export interface Before {
  seen: "high" | "middle" | "low" | "admin" | "guest" | "owner";
}

const level = choice(["low", "middle", "high"]);
const ticket = object({
  title: text(),
  level,
  role: choice(["owner", "admin", "guest"]),
  levels: list(nullable(level)),
});

export type Ticket = Infer<typeof ticket>;
export interface Settings {
  level: Infer<typeof level>;
}

const key = object({ type: literal("key"), code: text() });
const click = object({ type: literal("click"), inner: object({ x: text() }) });
const base = object({ id: text() });
const event = union([key, click, extend(base, { type: literal("alpha"), after: text() }), extend(base, { type: literal("about"), page: text() })]);

/** A union of objects, in the order of the list. */
export type Event = Infer<typeof event>;
export interface Log {
  events: Infer<typeof event>[];
}
