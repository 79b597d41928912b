import type { ExtractionDetails } from "./options.js";

/** A running extraction: a native promise of the validated value. The request starts at once, and once. */
export interface Extraction<T> extends Promise<T> {
  /** The value with usage, timing, attempts and more. Asking marks the extraction as handled. */
  withDetails(): Promise<ExtractionDetails<T>>;
}

/** A growing value: iterate for snapshots, await `result` for the validated end. */
export interface ExtractionStream<T, P> extends AsyncIterable<P> {
  /** Made when first read, so that an unread failure can't kill the process. */
  readonly result: Promise<T>;
  withDetails(): Promise<ExtractionDetails<T>>;
  abort(reason?: unknown): void;
}

/** List items, each validated and yielded once, as its closing brace arrives. */
export interface ListStream<T> extends AsyncIterable<T> {
  readonly result: Promise<T[]>;
  withDetails(): Promise<ExtractionDetails<T[]>>;
  abort(reason?: unknown): void;
}
