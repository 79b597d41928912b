import type { Answer } from "../call/answer.js";
import type { CallJob } from "../call/call-job.js";
import { answerText } from "../call/run-attempt.js";
import { derivedCap } from "../call/derived-cap.js";
import { completeError, totalUsage } from "../call/details.js";
import { Fault } from "../call/fault.js";
import { type AttemptPlan, type Running, firstPlan } from "../call/running.js";
import { ApiError } from "../errors/api-error.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { LimitExceededError } from "../errors/limit-exceeded-error.js";
import { NoToolCallError } from "../errors/no-tool-call-error.js";
import { TruncatedError } from "../errors/truncated-error.js";
import { UnexpectedToolCallError } from "../errors/unexpected-tool-call-error.js";
import { continueList, wholeItems } from "./continue-list.js";
import { feedback } from "./feedback.js";
import { nameFault } from "./name-fault.js";
import { isTransient, retryDelay } from "./retry-delay.js";

/**
 * After an attempt that gave no value: records it, tells the hooks, and waits where waiting helps.
 *
 * @param thrown a `Fault`, or what the client or the reader threw
 * @returns the next request: the same one again (`maxTransportRetries`, for each time of asking), one that tells the model
 * what was wrong (`maxRetries`), or the first to the next of `fallbackModels`
 * @throws {ExtractionError} when there is nothing left to try
 */
export async function recover<R, C>(running: Running<R, C>, plan: AttemptPlan, answer: Answer, thrown: unknown): Promise<AttemptPlan> {
  const { record, watch, fire, job } = running;
  watch.endRequest();
  const error = nameFault(thrown, { job, plan, answer });
  const { attempt, isLastAttempt } = plan;
  const isInvalid = InvalidOutputError.is(error);
  const outcome = isInvalid ? ({ outcome: "invalid", issues: error.issues } as const) : ({ outcome: "failed" } as const);
  const entry = record.entries.at(-1);
  if (entry) entry.attempt = { ...entry.attempt, error, ...outcome };
  try {
    const isFinal = thrown instanceof Fault && thrown.kind === "final";
    const isStopped = isFinal || (isInvalid && (await tellOfInvalid(running, plan, error)) === false);
    if (watch.ended !== undefined) throw watch.ended;
    const next = isStopped ? undefined : nextPlan(running, plan, answer, error);
    // Who has items of the list can't be told of others in their place.
    if (next === undefined || (next.kept === undefined && (job.reader.items?.given ?? 0) > 0)) throw error;
    const limit = job.options.maxTotalTokens ?? Number.POSITIVE_INFINITY;
    const used = totalUsage(record)?.totalTokens ?? 0;
    if (used >= limit) throw new LimitExceededError(limit, used, { cause: error });
    const { delay, ...planned } = next;
    job.reader.restart?.(planned.kept, error);
    await fire("onRetry", { attempt: planned.attempt, isLastAttempt: planned.isLastAttempt, reason: error, delay });
    if (delay > 0) await watch.sleep(delay);
    if (watch.ended !== undefined) throw watch.ended;
    return planned;
  } catch (last) {
    await job.reader.items?.stop();
    const final = completeError(nameFault(last, { job, plan, answer }), record);
    if (job.isPart !== true) await fire("onError", { attempt, isLastAttempt, error: final });
    throw final;
  }
}

async function tellOfInvalid<R, C>({ fire }: Running<R, C>, plan: AttemptPlan, error: InvalidOutputError): Promise<unknown> {
  const { attempt, isLastAttempt, retryCount } = plan;
  const { value, text, issues } = error;
  if (value === undefined) return void (await fire("onParseError", { attempt, isLastAttempt, text, error }));
  return fire("onValidationError", { attempt, isLastAttempt, value, retryCount, issues, error });
}

type Next = AttemptPlan & { readonly delay: number };

function nextPlan<R, C>(running: Running<R, C>, plan: AttemptPlan, answer: Answer, error: ExtractionError): Next | undefined {
  const { job, models, maxRetries, watch, record } = running;
  const { modelIndex } = plan;
  const isLastModel = modelIndex === models.length - 1;
  const attempt = record.entries.length + 1;
  if (isTransient(error)) {
    const { sentBefore } = plan;
    const delay = sentBefore < (job.options.maxTransportRetries ?? 2) ? retryDelay(error, sentBefore, answer.headers) : undefined;
    // A wait that would outlast the call is not begun.
    const rest = continueList(job, plan, answer, error);
    if (delay !== undefined && delay < watch.remaining) return { ...plan, ...rest, attempt, sentBefore: sentBefore + 1, delay };
  } else if (TruncatedError.is(error) && derivedCap(job, plan) !== undefined) {
    // The schema's bound was no bound: the model has reasoned for longer, or wrote what is not valid.
    return { ...plan, attempt, isUncapped: true, sentBefore: 0, delay: 0 };
  } else if (TruncatedError.is(error)) {
    const rest = job.options.onTruncated === "continue" ? continueList(job, plan, answer, error) : undefined;
    return rest === undefined ? undefined : { ...plan, ...rest, attempt, sentBefore: 0, delay: 0 };
  } else if (isReaskable(error) && plan.retryCount < maxRetries) {
    if (InvalidOutputError.is(error) && isPastMending(error, job.reader.items?.given)) return undefined;
    const retryCount = plan.retryCount + 1;
    const isLastAttempt = isLastModel && retryCount >= maxRetries;
    return { ...plan, ...nextAsk(job, plan, answer, error), attempt, retryCount, isLastAttempt, sentBefore: 0, delay: 0 };
  }
  if (isLastModel || !mayFallBack(error)) return undefined;
  const rest = continueList(job, plan, answer, error);
  return { ...firstPlan(running, modelIndex + 1, job.options.mode ?? job.spec.mode ?? "tools"), ...rest, delay: 0 };
}

/** Every item of a whole answer is with the consumer, and no issue is about another one: nothing that is asked for now could help. */
function isPastMending({ value, issues }: InvalidOutputError, given = -1): boolean {
  return Array.isArray(value) && given >= value.length && !issues.some(({ path: [index] }) => typeof index === "number" && index >= given);
}

function nextAsk<R, C>(job: CallJob<R, C>, plan: AttemptPlan, answer: Answer, error: ExtractionError): Partial<AttemptPlan> {
  const rest = continueList(job, plan, answer, error);
  // There is no answer to refer to; and a JSON mode has no tool call that could fail to parse.
  if (isGenerationFailure(error)) return { mode: plan.mode === "tools" ? "json_schema" : plan.mode, messages: [], ...rest };
  return { messages: feedback(error, answer, job.shape === "list" ? saidAt(job, plan, answer) : undefined), ...rest };
}

/** Where the answer has the item that stands at an index of the value: some come from answers before, some were left out. */
function saidAt<R, C>({ spec, options, reader }: CallJob<R, C>, plan: AttemptPlan, answer: Answer): (index: number) => number {
  const before = plan.kept?.length ?? 0;
  if (reader.items === undefined || options.onInvalidItem !== "skip") return (index) => index - before;
  const said = wholeItems(reader.json ?? answerText(answer)).flatMap((item, at) => (spec.validate(spec.decode(item)) ? [at] : []));
  return (index) => said[index - before] ?? index - before;
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

/** Another model may do: this one is missing, overloaded, too slow, or out of retries. */
function mayFallBack(error: ExtractionError): boolean {
  return (ApiError.is(error) && error.status === 404) || isTransient(error) || isReaskable(error);
}
