import type { Repair } from "../options.js";
import type { LenientReader } from "../spec.js";

/**
 * Takes a model's answer text as it arrives and gives the decoded value at its end. The call (`run-attempt.ts`) drives it: one
 * `begin` for each attempt, any number of `write`, one `end` when the answer is whole.
 */
export interface AnswerReader {
  /**
   * A new answer begins; what came before is void. With `kept` it continues a list of which these are the items so far
   * (`onTruncated: "continue"`, `given`). `attempt` counts from 1.
   */
  begin(attempt: number, kept?: readonly unknown[]): void;
  /** There will be another answer, after `kept`: told as soon as it is certain, so that nobody is given what is void. */
  restart?(kept: readonly unknown[] | undefined, reason: Error): void;
  /** A piece of the answer. The transport reads on when the returned promise settles (a slow consumer sets the pace). */
  write(text: string): void | Promise<void>;
  /** The whole value, decoded to the original shape, or a promise of it. @throws {JsonSyntaxError} when the text is not one JSON value. */
  end(): unknown;
  /** What could be read so far, for errors that carry a partial value; `undefined` leaves it to them to read the text. */
  partial(): unknown;
  /** What was read of an answer that is no JSON, as JSON. */
  readonly json?: string | undefined;
  /** Of a list whose items are seen as they arrive. */
  readonly items?: ItemProgress | undefined;
  /** Reads what is not JSON. The spec's own; in mode json_object the call puts it here (`build-request.ts`). */
  lenient?: LenientReader | undefined;
  /** What had to be mended to read the answer; asked for after `end`. */
  readonly repairs?: readonly Repair[];
}

/** How far the items of a list have come. */
export interface ItemProgress {
  /** How many, out of this answer and the ones before, were given to a consumer: they can't be taken back. */
  readonly given: number;
  /** How many of this answer are dealt with: taken, or left out, or being mended (`onInvalidItem`). */
  readonly settled: number;
  /** The call has failed: ends what goes on for single items. */
  stop(): Promise<void>;
}
