import { choice, type Infer, list, nullable, object, text } from "./builder.js";

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
