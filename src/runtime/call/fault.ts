/** What can go wrong with an attempt, told where it is seen. */
export type FaultKind =
  /** The caller's signal; no byte for too long; the whole call took too long. */
  | "aborted"
  | "idle"
  | "deadline"
  /** A response with an error status: `status`, `body` (parsed where it is JSON), `headers`. */
  | "status"
  /** An error where a chunk of the answer was due: `body`. */
  | "error-chunk"
  /** The connection broke after the head of the response: `cause`. */
  | "broken"
  /** What arrived is not what the protocol promises: `message`, the `text` that is not JSON and the `cause`, or a bound: the `most` that may come, `of` what if not of characters. */
  | "protocol"
  /** The answer ended, but not with a usable text: cut off, refused, not through the tool. */
  | "unusable"
  /** The text is not JSON: `cause`. */
  | "unreadable"
  /** The decoded value is not valid by the schema: `value`. */
  | "invalid"
  /** It does not pass the caller's checks: `value`, `issues`. */
  | "unchecked"
  /** The caller's own code threw: `message` (the option's name), `cause`. */
  | "caller"
  /** What was tried to mend it has failed, and no other answer can: `cause`, the error the call ends with. */
  | "final";

/**
 * A fault before it has a name. The main path of a call only says what it saw; the errors people catch are made of it in
 * `recover/`, which is loaded when something goes wrong and not before: an extraction that works pulls none of it in.
 */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(kind: FaultKind, facts: Readonly<Record<string, unknown>> = {}) {
    super(kind);
    this.kind = kind;
    this.facts = facts;
  }
}
