import type { FillPlace } from "../defaults.js";
import type { JsonScanner } from "../json/json-scanner.js";
import type { StreamSpec } from "../spec.js";

/** Somebody who reads a stream. The stream tells it of news and of the end; it tells how far behind it is. */
export interface Consumer {
  /** Something may have changed. */
  wake(): void;
  /** No more will come; with a failure, why. */
  close(failure?: Failure): void;
  /** Settles when the stream may read on; `undefined`: now. */
  ready(): Promise<void> | undefined;
  /** A new attempt, for this reason: what came before is void, but for the first `kept` items of a list. */
  restart(kept: number, reason?: Error): void;
}

export interface Failure {
  readonly error: unknown;
}

/** What a consumer sees of the call. */
export interface Readable {
  readonly scanner: JsonScanner;
  readonly job: {
    readonly spec: StreamSpec<unknown, unknown>;
    readonly shape: "one" | "list";
    readonly items?: { readonly index: number };
  };
  /** The value, a part of it, or an item of the list, as it is shown: with defaults where the call wants them. */
  filled(value: unknown, place?: FillPlace): unknown;
  join(consumer: Consumer): void;
  leave(consumer: Consumer): void;
}

/** A promise with its end. */
export interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

export function deferred(): Deferred {
  let resolve: (() => void) | undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve?.() };
}

/** Keeps a stream going that nobody iterates: who waits for the end never leaves and is never behind. */
export const patient: Consumer = { wake() {}, close() {}, ready: () => undefined, restart() {} };

/** UTF-16 units that may wait for a reader before the stream waits too. */
export const LAG = 65_536;
