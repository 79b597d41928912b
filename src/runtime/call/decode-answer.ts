import type { Spec } from "../spec.js";
import { isObject } from "./is-object.js";

/** Decodes a whole answer: one object, or the items of a list (a guided model may leave out the `{ items }` around them). */
export function decodeAnswer(spec: Spec<unknown>, shape: "one" | "list", wire: unknown): unknown {
  if (shape === "one") return spec.decode(wire);
  const items = isObject(wire) ? wire["items"] : wire;
  return Array.isArray(items) ? items.map((item: unknown) => spec.decode(item)) : wire;
}
