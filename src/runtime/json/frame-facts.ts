import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { Frame } from "./frame.js";
import { ENTRIES, ENTRY, EXTRAS, MEMBERS, UNWRAP } from "./shape.js";

/** The container's value is in the last snapshot, if that is current. */
export function isShown({ kind, index, bag }: Frame): boolean {
  if (kind === MEMBERS) return bag === undefined;
  return kind <= ENTRIES || (kind === UNWRAP && index > 0) || (kind === ENTRY && index > 1 && bag === undefined);
}

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
export function notEntries(): InvalidOutputError {
  const message = 'must be a list of objects with the members "key", a string, and "value", each once';
  return new InvalidOutputError([{ path: [], message }], undefined, "");
}

/** Something else came than the schema that was sent has there. */
export function misplaced(): InvalidOutputError {
  return new InvalidOutputError([{ path: [], message: "does not fit the schema that was sent" }], undefined, "");
}

/** Members that were added to an object can't be taken back, so that of two such lists the last could not win. */
export function spreadOnce(frame: Frame): Frame {
  if (frame.spread) throw notEntries();
  frame.spread = true;
  return frame;
}
