import type { HookContext } from "../options.js";
import { type Answer, requestIdOf } from "./answer.js";
import { buildRequest } from "./build-request.js";
import { defined } from "./defined.js";
import { Fault } from "./fault.js";
import { judgeValue } from "./judge-value.js";
import type { AttemptPlan, Running } from "./running.js";

/** Sends one request and judges its answer. @throws {Fault} or what the client threw */
export async function runAttempt<R, C>(running: Running<R, C>, plan: AttemptPlan, answer: Answer): Promise<R> {
  const { job, watch } = running;
  await send(running, plan, answer);
  if (!isUsable(answer)) throw new Fault("unusable");
  let value: unknown;
  try {
    value = await job.reader.end();
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("unreadable", { cause });
  }
  const judged = judgeValue(job, value);
  const judgement = judged instanceof Promise ? await watch.wait(judged) : judged;
  // An abort while a hook ran ends the call too.
  if (watch.ended !== undefined) throw watch.ended;
  return judgement;
}

async function send<R, C>({ job, client, watch, fire }: Running<R, C>, plan: AttemptPlan, answer: Answer): Promise<void> {
  const { attempt, isLastAttempt, sentBefore, kept } = plan;
  const { reader, options, exchange } = job;
  // Most calls have none: what hooks are told is not put together for nobody.
  const { hooks } = options;
  const context: HookContext = { attempt, isLastAttempt };
  if (hooks && isLastAttempt && sentBefore === 0) await fire("onLastAttempt", context);
  const request = await buildRequest(job, plan);
  if (hooks) await fire("onRequest", { ...context, ...request });
  // A hook may have taken its time: an ended call sends nothing.
  if (watch.ended !== undefined) throw watch.ended;
  reader.begin(attempt, kept);
  const write = (text: string): void | Promise<void> => {
    try {
      // Only a reader with consumers gives a promise, and what that can end with is the watch's.
      const written = reader.write(text);
      return written === undefined ? undefined : watch.wait(written);
    } catch (cause) {
      throw cause instanceof Fault ? cause : new Fault("unreadable", { cause });
    }
  };
  try {
    await exchange({ client, ...request, watch, answer, write });
  } finally {
    if (hooks?.onUsage && answer.usage) {
      const usage = (await import("./usage.js")).usageOf(answer.usage);
      if (usage !== undefined) await fire("onUsage", { ...context, usage });
    }
  }
  const { finishReason } = answer;
  if (hooks) await fire("onResponse", defined({ ...context, requestId: requestIdOf(answer), finishReason, content: answerText(answer) }));
}

/** The text the answer is read from: the tool's arguments, or the message's content. */
export function answerText({ tool, toolCalls, content }: Answer): string {
  return tool === undefined ? content : (toolCalls[0]?.arguments ?? "");
}

/** Whole, not refused, and in a JSON mode or through one call of the tool. The same call twice says the same thing. */
function isUsable({ tool, toolCalls, refusal, finishReason }: Answer): boolean {
  if (refusal !== "" || finishReason === "length" || finishReason === "content_filter") return false;
  const [first] = toolCalls;
  return tool === undefined || (first !== undefined && toolCalls.every((call) => call.name === tool && call.arguments === first.arguments));
}
