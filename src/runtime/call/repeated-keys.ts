import { isObject } from "./is-object.js";

/**
 * Maps in which the model gave a key more than once, found by laying the answer beside what became of it: where a list of
 * `{ key, value }` became an object, it was a map.
 *
 * @returns a sentence for each map; nothing where the two can't be laid beside each other (messy text, a transform)
 */
export function repeatedKeys(wire: unknown, value: unknown, path: readonly (string | number)[] = []): readonly string[] {
  if (isEntries(wire) && isObject(value)) return ofMap(wire, value, path);
  if (Array.isArray(wire)) {
    return Array.isArray(value) ? wire.flatMap((item: unknown, index) => repeatedKeys(item, value[index], [...path, index])) : [];
  }
  if (!isObject(wire)) return [];
  const keys = Object.keys(wire);
  const [only] = keys;
  // A wrapper is on the wire alone.
  if (keys.length === 1 && only !== undefined && !(isObject(value) && Object.hasOwn(value, only)))
    return repeatedKeys(wire[only], value, path);
  return isObject(value) ? keys.flatMap((key) => repeatedKeys(wire[key], value[key], [...path, key])) : [];
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

function isEntries(wire: unknown): wire is readonly Entry[] {
  return (
    Array.isArray(wire) && wire.length > 0 && wire.every((entry) => isObject(entry) && typeof entry["key"] === "string" && "value" in entry)
  );
}

function ofMap(entries: readonly Entry[], value: Readonly<Record<string, unknown>>, path: readonly (string | number)[]): readonly string[] {
  // Of equal keys the last is what the value holds.
  const last = new Map<string, unknown>();
  const repeated = new Set<string>();
  for (const entry of entries) {
    if (last.has(entry.key)) repeated.add(entry.key);
    last.set(entry.key, entry.value);
  }
  const place = path.length === 0 ? "The map" : `The map at ${path.join(".")}`;
  const told =
    repeated.size === 0
      ? []
      : [`${place} was given ${[...repeated].map((key) => JSON.stringify(key)).join(", ")} more than once; the last one counts.`];
  return [...told, ...[...last].flatMap(([key, inner]) => repeatedKeys(inner, value[key], [...path, key]))];
}
