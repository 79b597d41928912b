import { isObject } from "../call/is-object.js";
import type { Path } from "./path.js";

/**
 * Where a path of the decoded value lies in the model's own JSON. Lowering changes shapes in few ways (a map becomes
 * `{ key, value }` entries, a root is wrapped in `value`, a tuple becomes an object), so each is tried where a plain step
 * does not fit; what can't be followed ends at the nearest place that could.
 */
export function wirePath(wire: unknown, path: Path): (string | number)[] {
  const found: (string | number)[] = [];
  let value = wire;
  const step = (key: string | number): void => {
    found.push(key);
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
  };
  for (const segment of path) {
    if (isWrapped(value) && segment !== "value") step("value");
    if (Array.isArray(value)) {
      const index = typeof segment === "number" ? segment : entryIndex(value, segment);
      if (index < 0 || index >= value.length) return found;
      step(index);
      if (typeof segment === "string") step("value");
    } else if (isObject(value)) {
      const key = typeof segment === "number" ? Object.keys(value)[segment] : segment;
      if (key === undefined || !Object.hasOwn(value, key)) return found;
      step(key);
    } else return found;
  }
  return found;
}

function isWrapped(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, "value") && Object.keys(value).length === 1;
}

function entryIndex(entries: readonly unknown[], key: string): number {
  return entries.findIndex((entry) => isObject(entry) && entry["key"] === key && Object.hasOwn(entry, "value"));
}
