import { isObject } from "../call/is-object.js";

/** A place in a value: `"items.*.price"`. `*` stands for every item of a list or member of an object; a key with a dot goes in a list of keys. */
export type Path = string | readonly string[];

export interface Found {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Everything that is found at a path; what is absent is not. */
export function valuesAt(root: unknown, path: Path): readonly Found[] {
  let found: readonly Found[] = [{ path: [], value: root }];
  for (const key of typeof path === "string" ? path.split(".").filter((part) => part !== "") : path) {
    found = found.flatMap((place) => membersOf(place, key));
  }
  return found;
}

function membersOf({ path, value }: Found, key: string): readonly Found[] {
  if (Array.isArray(value)) {
    if (key === "*") return value.map((item: unknown, index) => ({ path: [...path, index], value: item }));
    const index = Number(key);
    return index in value ? [{ path: [...path, index], value: value[index] }] : [];
  }
  if (!isObject(value)) return [];
  if (key === "*") return Object.entries(value).map(([name, member]) => ({ path: [...path, name], value: member }));
  return Object.hasOwn(value, key) && value[key] !== undefined ? [{ path: [...path, key], value: value[key] }] : [];
}
