import type { Attempt } from "../options.js";
import type { Spec } from "../spec.js";
import type { Answer } from "./answer.js";

/** A request, which is there from its beginning, and what has arrived of its answer, whole or not. */
export interface RecordEntry {
  /** `ok` as long as nothing is known to be wrong. */
  attempt: Attempt;
  readonly answer: Answer;
}

/** What is known of a call: kept as it came, added up only when somebody asks (`call/details.ts`). */
export interface CallRecord {
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
  endedAt?: number;
  readonly job: { readonly spec: Spec<unknown>; readonly shape: "one" | "list"; readonly beside?: readonly RecordEntry[] };
  /** Each request, in its order. */
  readonly entries: RecordEntry[];
}
