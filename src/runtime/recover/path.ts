import { isObject } from "../call/is-object.js";

export type Path = readonly (string | number)[];

/** A JSON pointer as a path; a segment is a number where the value has an array. */
export function pathOf(pointer: string, root: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const segment = Array.isArray(value) ? Number(key) : key;
    path.push(segment);
    value = member(value, segment);
  }
  return path;
}

/** A path as a JSON pointer (RFC 6901). */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a path, `undefined` where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce(member, root);
}

export function member(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A value's JSON, cut to what a message has room for. */
export function shorten(value: unknown, length = 80): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** The JSON type of a value in words. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
