import type { Attempt } from "../options.js";
import type { Spec } from "../spec.js";
import type { Answer } from "./answer.js";

/** What is known of a call: kept as it came, added up only when somebody asks (`call/details.ts`). */
export interface CallRecord {
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
  endedAt?: number;
  readonly job: { readonly spec: Spec<unknown>; readonly shape: "one" | "list" };
  /** Each request and what arrived of its answer, whole or not. */
  readonly entries: { readonly attempt: Attempt; readonly answer: Answer }[];
}
