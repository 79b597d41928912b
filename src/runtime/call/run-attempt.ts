import { asExtractionError } from "../errors/as-extraction-error.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { Attempt, ChatMessage, HookContext } from "../options.js";
import type { Mode } from "../spec.js";
import type { Answer } from "./answer.js";
import { buildRequest } from "./build-request.js";
import type { CallJob } from "./call-job.js";
import type { CallRecord } from "./call-record.js";
import type { CallSettings } from "./call-settings.js";
import type { CallWatch } from "./call-watch.js";
import { answerText } from "./answer-text.js";
import type { FireHook } from "./fire-hook.js";
import { judgeValue } from "./judge-value.js";
import { usageOf } from "./usage.js";

/** A call under way. */
export interface Running<R, C> {
  readonly job: CallJob<R, C>;
  readonly settings: CallSettings;
  readonly watch: CallWatch;
  readonly record: CallRecord;
  readonly fire: FireHook;
}

/** One request of it. */
export interface AttemptPlan {
  readonly model: string;
  readonly mode: Mode;
  /** Messages after the input: what was wrong with the last answer. */
  readonly messages: readonly ChatMessage[];
  /** How often an answer was asked for again before. */
  readonly retryCount: number;
  readonly isLastAttempt: boolean;
}

/** How an attempt ended. */
export type AttemptOutcome<R> =
  | { readonly kind: "ok"; readonly value: R }
  /** `stopped`: a hook said not to ask again. */
  | { readonly kind: "failed"; readonly error: ExtractionError; readonly answer: Answer; readonly stopped: boolean };

/** Sends one request and judges its answer. Never throws: what went wrong is part of the outcome. */
export async function runAttempt<R, C>(running: Running<R, C>, plan: AttemptPlan): Promise<AttemptOutcome<R>> {
  const { job, record } = running;
  const { model, mode } = plan;
  const tool = mode === "tools" ? { tool: job.spec.wire[job.shape].function.name } : {};
  const answer: Answer = { ...tool, content: "", reasoning: "", refusal: "", toolCalls: [], warnings: [] };
  const context: HookContext = { attempt: record.attempts.length + 1, isLastAttempt: plan.isLastAttempt };
  const attempt = { attempt: context.attempt, model, mode };
  try {
    await send(running, plan, answer, context);
    const value = await judge(running, answer);
    record.add(answer, { ...attempt, outcome: "ok" });
    return { kind: "ok", value };
  } catch (thrown) {
    const error = asExtractionError(thrown);
    record.add(answer, failedAttempt(attempt, error));
    return { kind: "failed", error, answer, stopped: !(await tellOfInvalid(running, plan, context, error)) };
  }
}

async function send<R, C>(running: Running<R, C>, plan: AttemptPlan, answer: Answer, context: HookContext): Promise<void> {
  const { job, settings, watch, fire } = running;
  const { model, mode, messages } = plan;
  const { spec, shape, input, options } = job;
  const request = await buildRequest({ spec, shape, input, options, model, mode, feedback: messages });
  await fire("onRequest", { ...context, ...request });
  // A hook may have taken its time: an ended call sends nothing.
  if (watch.ended !== undefined) throw watch.ended;
  job.reader.begin(context.attempt);
  const write = (text: string): void | Promise<void> => {
    const written = job.reader.write(text);
    return written === undefined ? undefined : watch.wait(written);
  };
  try {
    await job.exchange({ client: settings.client, ...request, watch, answer, write });
  } finally {
    const usage = usageOf(answer.usage);
    if (usage !== undefined) await fire("onUsage", { ...context, usage });
  }
  const { requestId, finishReason, content, toolCalls, tool } = answer;
  await fire("onResponse", {
    ...context,
    ...(requestId === undefined ? {} : { requestId }),
    ...(finishReason === undefined ? {} : { finishReason }),
    content: tool === undefined ? content : (toolCalls[0]?.arguments ?? content),
  });
}

async function judge<R, C>({ job, watch }: Running<R, C>, answer: Answer): Promise<R> {
  const text = answerText(answer, job);
  let value: unknown;
  try {
    value = job.reader.end();
  } catch (cause) {
    if (InvalidOutputError.is(cause)) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidOutputError([{ path: [], message: text.trim() === "" ? "the answer is empty" : message }], undefined, text, { cause });
  }
  return watch.wait(judgeValue(job, value, text));
}

function failedAttempt(attempt: Pick<Attempt, "attempt" | "model" | "mode">, error: ExtractionError): Attempt {
  const failed = { ...attempt, error };
  return InvalidOutputError.is(error) ? { ...failed, outcome: "invalid", issues: error.issues } : { ...failed, outcome: "failed" };
}

/** @returns `false` when a hook wants no further attempt */
async function tellOfInvalid<R, C>(
  { fire }: Running<R, C>,
  plan: AttemptPlan,
  context: HookContext,
  error: ExtractionError,
): Promise<boolean> {
  if (!InvalidOutputError.is(error)) return true;
  const { issues, value, text } = error;
  if (value === undefined) await fire("onParseError", { ...context, text, error });
  else if ((await fire("onValidationError", { ...context, value, retryCount: plan.retryCount, issues, error })) === false) return false;
  return true;
}
