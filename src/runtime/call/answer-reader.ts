import type { Repair } from "../options.js";
import type { LenientReader } from "../spec.js";

/**
 * Takes a model's answer text as it arrives and gives the decoded value at its end. The call (`run-call.ts`) drives it: one
 * `begin` for each attempt, any number of `write`, one `end` when the answer is whole.
 */
export interface AnswerReader {
  /**
   * A new answer begins; what came before is void, but for `kept`: the whole items of a list whose answer was cut off, which
   * this answer continues (`onTruncated: "continue"`, `handedOut`). `attempt` counts from 1.
   */
  begin(attempt: number, kept?: readonly unknown[]): void;
  /** A piece of the answer. The transport reads on when the returned promise settles (a slow consumer sets the pace). */
  write(text: string): void | Promise<void>;
  /** The whole value, decoded to the original shape, or a promise of it. @throws {JsonSyntaxError} when the text is not one JSON value. */
  end(): unknown;
  /** What could be read so far, for errors that carry a partial value; `undefined` leaves it to them to read the text. */
  partial(): unknown;
  /**
   * Items of a list that were given to a consumer while it arrived, `kept` included: they can't be taken back, so that a further
   * attempt is asked only for what comes after them.
   */
  readonly handedOut?: readonly unknown[];
  /** Reads what is not JSON. The spec's own; in mode json_object the call puts it here (`build-request.ts`). */
  lenient?: LenientReader | undefined;
  /** What had to be mended to read the answer; asked for after `end`. */
  readonly repairs?: readonly Repair[];
}
