/**
 * Takes a model's answer text as it arrives and gives the decoded value at its end. The call (`run-call.ts`) drives it: one
 * `begin` for each attempt, any number of `write`, one `end` when the answer is whole.
 */
export interface AnswerReader {
  /** A new answer begins; what came before is void. `attempt` counts from 1. */
  begin(attempt: number): void;
  /** A piece of the answer. The transport reads on when the returned promise settles (a slow consumer sets the pace). */
  write(text: string): void | Promise<void>;
  /** The whole value, decoded to the original shape. @throws {JsonSyntaxError} when the text is not one JSON value. */
  end(): unknown;
  /** What could be read so far, for errors that carry a partial value; `undefined` leaves it to them to read the text. */
  partial(): unknown;
}
