import { newAnswer } from "./answer.js";
import type { CallJob } from "./call-job.js";
import type { CallRecord } from "./call-record.js";
import { CallWatch } from "./call-watch.js";
import type { FinishedCall } from "./details.js";
import { modelsOf } from "./models-of.js";
import { observer } from "./observer.js";
import { runAttempt } from "./run-attempt.js";
import { type AttemptPlan, type Running, firstPlan } from "./running.js";

/**
 * Runs a call to its end: a validated value, or an `ExtractionError` with all that is known. Never throws synchronously.
 *
 * What happens when an attempt fails stands in `recover/recover.ts`: an answer that is not valid is asked for again, a request
 * that failed on the way is sent again, a model that is missing or overloaded is replaced. All of it ends with the deadline,
 * the caller's signal or `maxTotalTokens`.
 */
export function startCall<R, C>(job: CallJob<R, C>): Promise<FinishedCall<R>> {
  const observe = observer();
  return observe ? observe(job, perform) : perform(job);
}

function silent(): undefined {}

async function perform<R, C>(job: CallJob<R, C>): Promise<FinishedCall<R>> {
  const { spec, shape, options } = job;
  const { signal, timeout = 120_000, idleTimeout = 30_000, hooks, maxRetries = 2 } = options;
  const watch = new CallWatch({ signal, timeout, idleTimeout });
  const record: CallRecord = { startedAt: performance.now(), job, entries: job.entries ?? [] };
  const models = modelsOf(spec, options);
  try {
    // Loaded by those who have hooks.
    const teller = hooks && new (await import("./hook-teller.js")).HookTeller(hooks, watch);
    // Who brings a client does not load the making of one.
    const client = options.client ?? (await import("../client/shared-client.js")).sharedClient();
    const running: Running<R, C> = { job, client, models, maxRetries, watch, record, teller, fire: teller?.fire ?? silent };
    let plan: AttemptPlan = firstPlan(running, 0, options.mode ?? spec.mode ?? "tools");
    for (;;) {
      const { attempt, model, mode } = plan;
      const answer = newAnswer(mode === "tools" ? spec.wire[shape].function.name : undefined);
      record.entries.push({ attempt: { attempt, model, mode, outcome: "ok" }, answer });
      try {
        const value = await runAttempt(running, plan, answer);
        return { value, record, repairs: job.reader.repairs };
      } catch (thrown) {
        const { recover } = await import("../recover/recover.js");
        plan = await recover(running, plan, answer, thrown);
      }
    }
  } finally {
    record.endedAt = performance.now();
    watch.close();
  }
}
