/** What follows after three keys is not looked at: types of a recursive type would cost the compiler more with each key. */
type Deeper = [never, 0, 1];

type Join<K extends string, R> = R extends string ? `${K}.${R}` : never;

/** A place itself, where it holds what can be listed, and the places below it. */
type Below<K extends string, V, D extends number> =
  | (Extract<V, string | number> extends never ? never : K)
  | Join<K, NarrowPath<NonNullable<V>, Deeper[D]>>;

/** `0`, `1`, … of a tuple; of a list, none. */
type Position<T> = Extract<keyof T, `${number}`>;

/**
 * Places of a value whose strings and numbers can be listed, keys joined by dots: `*` is every item of a list, position of a tuple or member of
 * a map, a number one position of a tuple.
 */
export type NarrowPath<T, D extends number = 2> = [D] extends [never]
  ? string
  : unknown extends T
    ? string
    : T extends readonly (infer I)[]
      ? Below<"*", I, D> | { [K in Position<T>]: Below<K, T[K], D> }[Position<T>]
      : T extends string | number | boolean | null | undefined | Date
        ? never
        : T extends object
          ? { [K in keyof T & (string | number)]: Below<string extends K ? "*" : `${K}`, T[K], D> }[keyof T & (string | number)]
          : never;

/** Option `narrow`: for each place the only values that are allowed in this call. Of a list call, places of an item. */
export type Narrowing<T> = {
  readonly [P in NarrowPath<T> | (T extends readonly (infer I)[] ? NarrowPath<I> : never)]?: readonly (string | number)[];
};
