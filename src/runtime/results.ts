import type { ExtractionDetails } from "./options.js";

/** A running extraction: a native promise of the validated value. The request starts at once, and once. */
export interface Extraction<T> extends Promise<T> {
  /** The value with usage, timing, attempts and more. Asking marks the extraction as handled. */
  withDetails(): Promise<ExtractionDetails<T>>;
}

/** A growing value: iterate for snapshots, await `result` for the validated end. docs/streaming.md has its eleven promises. */
export interface ExtractionStream<T, P> extends AsyncIterable<P> {
  /** Made when first read, so that an unread failure can't kill the process. */
  readonly result: Promise<T>;
  withDetails(): Promise<ExtractionDetails<T>>;
  /** Ends the request. Who reads the stream gets an AbortedError with the reason as its cause. */
  abort(reason?: unknown): void;
  /**
   * The elements of a list, or of all lists of that name (`"orders.items"`; `""` where the value is a list), each validated and handed
   * out once, when it closes; of who asks late, those that closed before come first. Read them: the stream waits for its slowest reader.
   */
  elements<L extends ListPath<T>>(path: L): AsyncIterableIterator<Element<T, L>>;
  /** Path and value of each field when it is complete, inner ones first. */
  fields(): AsyncIterableIterator<CompleteField>;
  /** What a string has grown by, since the last pull; cheaper than reading it from snapshots. Indexes are parts of the path: `"lines.0.title"`. */
  text(path: TextPath<T>): AsyncIterableIterator<string>;
  /** How far a place has come: `"address.city"`, `"lines.0"`, `""` for the whole value. */
  state(path: string): FieldState;
}

/** `pending`: nothing shows. `growing`: it has begun. `complete`: it will not change any more. */
export type FieldState = "pending" | "growing" | "complete";

/** A field of the value that is complete. */
export interface CompleteField {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Deeper than this no paths are offered: recursive types would have endless ones. */
type Deeper = [never, 0, 1, 2, 3];

type Keys<T> = T extends readonly unknown[] ? never : T extends object ? keyof T & string : never;
type At<T, K> = T extends unknown ? (K extends keyof T ? NonNullable<T[K]> : never) : never;
/** A list is passed through: the paths of its items are its own. */
type Item<T> = T extends readonly (infer I)[] ? Item<NonNullable<I>> : T;

/** Keys that lead to a list, joined by dots; lists on the way are passed through. `""` where the value itself is one. */
export type ListPath<T> = (T extends readonly unknown[] ? "" : never) | InnerListPath<T>;

type InnerListPath<T, D extends number = 4> = [D] extends [never]
  ? never
  : {
      [K in Keys<Item<T>>]:
        | (At<Item<T>, K> extends infer V ? (V extends readonly unknown[] ? K : never) : never)
        | Join<K, InnerListPath<At<Item<T>, K>, Deeper[D]>>;
    }[Keys<Item<T>>];

type Join<K extends string, R> = R extends string ? `${K}.${R}` : never;

/** The type of the elements of the list at a path. */
export type Element<T, L extends string> = L extends `${infer K}.${infer R}`
  ? Element<At<Item<T>, K>, R>
  : (L extends "" ? T : At<Item<T>, L>) extends infer V
    ? V extends readonly (infer I)[]
      ? I
      : never
    : never;

/** Keys and indexes that lead to a string, joined by dots. `""` where the value itself is one. */
export type TextPath<T> = (T extends string ? "" : never) | InnerTextPath<T>;

type InnerTextPath<T, D extends number = 4> = [D] extends [never]
  ? never
  : T extends string
    ? never
    : T extends readonly (infer I)[]
      ? (I extends string ? `${number}` : never) | Join<`${number}`, InnerTextPath<NonNullable<I>, Deeper[D]>>
      : {
          [K in Keys<T>]: (At<T, K> extends infer V ? (V extends string ? K : never) : never) | Join<K, InnerTextPath<At<T, K>, Deeper[D]>>;
        }[Keys<T>];

/** List items, each validated and yielded once, as its closing brace arrives. */
export interface ListStream<T> extends AsyncIterable<T> {
  /**
   * All items. Of a list of more than 10,000, ask for it (or for the details) before iterating: what is read one by one is not kept
   * without end for a promise that nobody has asked for, so that a long list takes no more memory than a short one.
   */
  readonly result: Promise<T[]>;
  withDetails(): Promise<ExtractionDetails<T[]>>;
  abort(reason?: unknown): void;
}
