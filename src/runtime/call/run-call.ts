import { ApiError } from "../errors/api-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { LimitExceededError } from "../errors/limit-exceeded-error.js";
import { NoToolCallError } from "../errors/no-tool-call-error.js";
import { UnexpectedToolCallError } from "../errors/unexpected-tool-call-error.js";
import type { ExtractionDetails } from "../options.js";
import { feedback } from "../reask/feedback.js";
import type { Answer } from "./answer.js";
import type { CallJob } from "./call-job.js";
import { CallRecord } from "./call-record.js";
import { callSettings } from "./call-settings.js";
import { CallWatch } from "./call-watch.js";
import { hookCaller } from "./fire-hook.js";
import { isTransient, retryDelay } from "./retry-delay.js";
import { type AttemptPlan, type Running, runAttempt } from "./run-attempt.js";

/**
 * Runs a call to its end: a validated value, or an `ExtractionError` with all that is known. Never throws synchronously.
 *
 * An answer that is not valid is asked for again (`maxRetries`), a request that failed on the way is sent again
 * (`maxTransportRetries` for each time of asking), a model that is missing, overloaded or out of retries is replaced by the
 * next of `fallbackModels`. All of it ends with the deadline, the caller's signal or `maxTotalTokens`.
 */
export async function runCall<R, C>(job: CallJob<R, C>): Promise<ExtractionDetails<R>> {
  const { signal, timeout = 120_000, idleTimeout = 30_000, hooks = {} } = job.options;
  const record = new CallRecord();
  const watch = new CallWatch({ signal, timeout, idleTimeout });
  const fire = hookCaller(hooks, watch);
  try {
    const settings = callSettings(job.spec, job.options);
    const value = await tryModels({ job, settings, watch, record, fire });
    return record.details(value);
  } catch (thrown) {
    watch.endRequest();
    const error = record.complete(watch.ended ?? thrown);
    await fire("onError", { attempt: record.attempts.length, isLastAttempt: true, error });
    throw error;
  } finally {
    watch.close();
  }
}

async function tryModels<R, C>(running: Running<R, C>): Promise<R> {
  const { models } = running.settings;
  for (let index = 0; ; index++) {
    const isLastModel = index >= models.length - 1;
    try {
      return await askModel(running, models[index] ?? "", isLastModel);
    } catch (error) {
      if (isLastModel || !mayFallBack(error)) throw error;
    }
  }
}

async function askModel<R, C>(running: Running<R, C>, model: string, isLastModel: boolean): Promise<R> {
  const { job, settings, fire, record, watch } = running;
  let plan: AttemptPlan = {
    model,
    mode: settings.mode,
    messages: [],
    retryCount: 0,
    isLastAttempt: isLastModel && settings.maxRetries < 1,
  };
  for (let sentAgain = 0; ;) {
    if (plan.isLastAttempt && sentAgain === 0) await fire("onLastAttempt", { attempt: record.attempts.length + 1, isLastAttempt: true });
    const outcome = await runAttempt(running, plan);
    if (outcome.kind === "ok") return outcome.value;
    const { error, answer, stopped } = outcome;
    let delay: number | undefined = 0;
    if (watch.ended !== undefined) throw watch.ended;
    if (isTransient(error)) {
      delay = sentAgain < settings.maxTransportRetries ? retryDelay(error, sentAgain, answer.headers) : undefined;
      sentAgain++;
    } else {
      if (!isReaskable(error) || stopped || plan.retryCount >= settings.maxRetries) throw error;
      const retryCount = plan.retryCount + 1;
      plan = { ...plan, ...nextAsk(plan, error, answer), retryCount, isLastAttempt: isLastModel && retryCount >= settings.maxRetries };
      sentAgain = 0;
    }
    const used = record.usage?.totalTokens ?? 0;
    const limit = job.options.maxTotalTokens ?? Number.POSITIVE_INFINITY;
    if (used >= limit) throw new LimitExceededError(limit, used, { cause: error });
    // A wait that would outlast the call is not begun.
    if (delay === undefined || delay >= watch.remaining) throw error;
    await fire("onRetry", { attempt: record.attempts.length + 1, isLastAttempt: plan.isLastAttempt, reason: error, delay });
    if (delay > 0) await watch.sleep(delay);
  }
}

/** Another answer of the same model may be better. */
function isReaskable(error: ExtractionError): boolean {
  return InvalidOutputError.is(error) || NoToolCallError.is(error) || UnexpectedToolCallError.is(error) || isGenerationFailure(error);
}

/** The provider could not make a tool call or JSON of what the model wrote (cerebras/api.md 2.4, 1.4). */
function isGenerationFailure(error: ExtractionError): boolean {
  if (!ApiError.is(error) || error.status !== 400) return false;
  return error.type === "generation_error" || /^(parser_error|incomplete_json_output|failed_generation)$/.test(error.code ?? "");
}

function nextAsk(plan: AttemptPlan, error: ExtractionError, answer: Answer): Pick<AttemptPlan, "mode" | "messages"> {
  // There is no answer to refer to; a JSON mode has no tool call that could fail to parse.
  if (isGenerationFailure(error)) return { mode: plan.mode === "tools" ? "json_schema" : plan.mode, messages: [] };
  return { mode: plan.mode, messages: feedback(error, answer) };
}

/** Another model may do: this one is missing, overloaded, too slow, or out of retries. */
function mayFallBack(error: unknown): boolean {
  if (!ExtractionError.is(error)) return false;
  return (ApiError.is(error) && error.status === 404) || isTransient(error) || isReaskable(error);
}
