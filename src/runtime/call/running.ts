import type { ChatClient, ChatMessage, HookContext } from "../options.js";
import type { Mode } from "../spec.js";
import type { CallJob } from "./call-job.js";
import type { CallRecord } from "./call-record.js";
import type { CallWatch } from "./call-watch.js";
import type { HookTeller } from "./hook-teller.js";
import type { FireHook } from "./fire-hook.js";

/** A call under way. */
export interface Running<R, C> {
  readonly job: CallJob<R, C>;
  readonly client: ChatClient;
  /** In the order in which they are tried. */
  readonly models: readonly string[];
  /** How often an invalid answer is asked for again. */
  readonly maxRetries: number;
  readonly watch: CallWatch;
  readonly record: CallRecord;
  readonly fire: FireHook;
  /** Absent: the call has no hooks. */
  readonly teller: HookTeller | undefined;
}

/** One request of it. Its `attempt` counts from 1, over all models and retries. */
export interface AttemptPlan extends HookContext {
  readonly model: string;
  /** Among the call's models: one may be named twice. */
  readonly modelIndex: number;
  readonly mode: Mode;
  /** Messages after the input: what was wrong with the last answer. */
  readonly messages: readonly ChatMessage[];
  /** The items of a list from the answers before, which the next answer continues; absent where it begins. */
  readonly kept?: readonly unknown[] | undefined;
  /** How often an answer was asked for again before, of this model. */
  readonly retryCount: number;
  /** `true`: without the cap that the schema gives; an answer was cut off by it. */
  readonly isUncapped?: boolean;
  /** How often this very request was sent before. */
  readonly sentBefore: number;
}

/** The first request to a model. */
export function firstPlan(
  running: Pick<Running<never, never>, "models" | "maxRetries" | "record">,
  modelIndex: number,
  mode: Mode,
): AttemptPlan {
  const { models, maxRetries, record } = running;
  return {
    attempt: record.entries.length + 1,
    isLastAttempt: maxRetries < 1 && modelIndex === models.length - 1,
    model: models[modelIndex] ?? "",
    modelIndex,
    mode,
    messages: [],
    retryCount: 0,
    sentBefore: 0,
  };
}
