import type { ExtractInput, ExtractOptions } from "../options.js";
import type { Spec } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import type { RecordEntry } from "./call-record.js";
import type { Exchange } from "./exchange.js";

/**
 * One call, as `startCall` takes it.
 *
 * @typeParam R what the call returns: `T` of the spec for shape `one`, `T[]` for shape `list`
 */
export interface CallJob<R, C = unknown> {
  readonly spec: Spec<unknown>;
  /** `one`: `spec.wire.one` is sent. `list`: `spec.wire.list`, whose answer is `{ items: […] }`; the value is the array. */
  readonly shape: "one" | "list";
  readonly input: ExtractInput;
  readonly options: ExtractOptions<R, C>;
  /** Takes the answer as it arrives. Made for this call alone. */
  readonly reader: AnswerReader;
  /**
   * How the answer travels: `wholeExchange` (`call/whole-exchange.ts`) or `streamExchange` (`call/stream-exchange.ts`). Handed in
   * by the caller, so that a program that never streams does not bundle the event-stream parser.
   */
  readonly exchange: Exchange;
  /** Where its requests are told of, for who has to know of them while it runs. */
  readonly entries?: RecordEntry[];
  /** Requests of others that count as this call's: the repairs of a list's items; of a repair, what its list has used so far. */
  readonly beside?: readonly RecordEntry[];
  /** It is a part of another call, which has the last word. */
  readonly isPart?: true;
}
