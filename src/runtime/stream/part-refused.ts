import type { ValidationFailure } from "../spec.js";

/** A part of the value is not valid, which makes the whole invalid. */
export class PartRefused extends Error {
  readonly failures: readonly ValidationFailure[];
  /** What the failures are about: the part, or the part where it stands and nothing else. */
  readonly value: unknown;
  /** Where that stands in the whole value. */
  readonly place: readonly (string | number)[];

  constructor(failures: readonly ValidationFailure[], value: unknown, place: readonly (string | number)[]) {
    super("A part is not valid.");
    this.failures = failures;
    this.value = value;
    this.place = place;
  }
}
