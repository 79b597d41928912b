import type { Frame } from "./frame.js";
import type { JsonScanner } from "./json-scanner.js";
import { ENTRIES, ENTRY, EXTRAS, LIST, MEMBERS, UNWRAP } from "./shape.js";

/** Where a member stands in the value. */
export interface MemberPath {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  /** The same as a JSON pointer with `*` for every index and every key of a map, as `StreamHandler.elements` has it. */
  readonly pointer: string;
  /** The keys alone, joined by dots. */
  readonly name: string;
}

/** Path of the open member of the frame at `depth`, in the decoded value: what is on the wire only is left out. */
export function memberPath(frames: readonly Frame[], depth: number): MemberPath {
  const path: (string | number)[] = [];
  let pointer = "";
  let name = "";
  eachStep(frames, depth, (step, { kind }) => {
    path.push(step);
    if (typeof step === "number") pointer += "/*";
    else {
      pointer += kind === ENTRIES || kind === EXTRAS ? "/*" : `/${token(step)}`;
      name += name === "" ? step : `.${step}`;
    }
  });
  return { path, pointer, name };
}

/** Path of what is not complete yet, the innermost; `undefined` where all is. */
export function openPath({ frames, depth, growing, isComplete }: JsonScanner): MemberPath["path"] | undefined {
  if (isComplete) return undefined;
  const path: (string | number)[] = [];
  // The innermost container has an open member only while a string grows there.
  eachStep(frames, growing ? depth : depth - 1, (step) => path.push(step));
  return path;
}

function eachStep(frames: readonly Frame[], depth: number, tell: (step: string | number, frame: Frame) => void): void {
  for (let at = 1; at <= depth; at++) {
    const frame = frames[at];
    if (frame !== undefined && !isTransparent(frame, frames[at + 1], at < depth)) tell(stepOf(frame, frames[at - 1]), frame);
  }
}

function stepOf(frame: Frame, around: Frame | undefined): string | number {
  const { kind, index, field, bag, key, shape } = frame;
  if (kind === LIST) return index + (around !== undefined && isOpenEnd(around) ? around.field : 0);
  if (kind === MEMBERS) return field;
  return bag === undefined ? (shape.names[field] ?? key) : key;
}

/** On the wire only: wrappers, the rest of a tuple, the list of an open object's further members. */
export function isTransparent(frame: Frame, inner: Frame | undefined, hasInner: boolean): boolean {
  if (frame.kind === UNWRAP || frame.kind === ENTRY) return true;
  if (isOpenEnd(frame)) return true;
  return hasInner && inner?.kind === EXTRAS;
}

/** The open member is the open end of a tuple. */
function isOpenEnd({ kind, shape, field }: Frame): boolean {
  return kind === MEMBERS && shape.node.kind === "members" && field >= shape.node.keys.length;
}

/** A key as a token of a pointer; a key that is really `*` is written `~2`. */
export function token(key: string): string {
  return key === "*" ? "~2" : key.replace(/~/g, "~0").replace(/\//g, "~1");
}
