import type { Frame } from "./frame.js";
import { Misfit } from "./misfit.js";
import { EXTRAS, MEMBERS } from "./shape.js";

/** Declared properties are not among the extras, whatever an entry says. */
export function isDeclared(entries: Frame, key: string): boolean {
  return entries.kind === EXTRAS && entries.shape.node.kind === "object" && Object.hasOwn(entries.shape.node.fields, key);
}

/** The open member is the open end of a tuple, whose items join those before: that it has begun shows nothing. */
export function isRest({ kind, shape, field }: Frame): boolean {
  return kind === MEMBERS && shape.node.kind === "members" && field === shape.node.keys.length;
}

/** Two tuples have the same items, so that one of them can stand for both. */
export function sameItems(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  return before.length === after.length && before.every((item, at) => item === after[at]);
}

/** What came for a map is no list of entries, or one that can't be told while it arrives. */
export function notEntries(): Misfit {
  return new Misfit('must be a list of objects with the members "key", a string, and "value", each once');
}

/** Members that were added to an object can't be taken back, so that of two such lists the last could not win. */
export function spreadOnce(frame: Frame): Frame {
  if (frame.spread) throw notEntries();
  frame.spread = true;
  return frame;
}

/** A tuple of the first members; of its last, open-ended one, the items. */
export function members({ shape, values, bag }: Frame, count: number): unknown[] {
  const { node, wire } = shape;
  const fixed = node.kind === "members" ? node.keys.length : count;
  const all = bag === undefined ? values.slice(0, count) : inOrder(wire, bag);
  const rest = all[fixed];
  return [...all.slice(0, fixed), ...(Array.isArray(rest) ? rest : [])];
}

/** The values of the first keys that are all there. */
function inOrder(wire: readonly string[], bag: Readonly<Record<string, unknown>>): unknown[] {
  const missing = wire.findIndex((key) => !Object.hasOwn(bag, key));
  return wire.slice(0, missing < 0 ? undefined : missing).map((key) => bag[key]);
}
