import { components } from "./components.js";

/** How the items of a list refer to each other. */
export interface Dependencies<T> {
  readonly id: (item: T) => string | number;
  /** Ids that have to come before the item; those that are not in the list count for nothing. */
  readonly after: (item: T) => readonly (string | number)[] | null | undefined;
}

/**
 * The items, each after what it depends on; else in their own order as far as they can be. Check them first with `acyclic`.
 *
 * @returns `undefined` where there is no such order, because they go round
 */
export function orderByDependencies<T>(items: readonly T[], { id, after }: Dependencies<T>): T[] | undefined {
  const byId = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(id(item));
    const same = byId.get(name);
    if (same === undefined) byId.set(name, [item]);
    else same.push(item);
  }
  const links = new Map(
    [...byId].map(([name, all]) => [name, all.flatMap((item) => (after(item) ?? []).map((before) => JSON.stringify(before)))]),
  );
  const order = components(links);
  const isCyclic = order.some(([first = "", ...others]) => others.length > 0 || links.get(first)?.includes(first) === true);
  return isCyclic ? undefined : order.flat().flatMap((name) => byId.get(name) ?? []);
}
