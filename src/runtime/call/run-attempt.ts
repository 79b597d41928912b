import type { HookContext } from "../options.js";
import type { Answer } from "./answer.js";
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
  if (answer.toolCalls.length > 1) answer.warnings.push("The tool was called more than once, with the same arguments.");
  let value: unknown;
  try {
    value = await job.reader.end();
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("unreadable", { cause });
  }
  return watch.wait(judgeValue(job, value));
}

async function send<R, C>({ job, client, watch, fire }: Running<R, C>, plan: AttemptPlan, answer: Answer): Promise<void> {
  const { attempt, isLastAttempt } = plan;
  const context: HookContext = { attempt, isLastAttempt };
  if (isLastAttempt && plan.sentBefore === 0) await fire("onLastAttempt", context);
  const request = await buildRequest(job, plan);
  await fire("onRequest", { ...context, ...request });
  // A hook may have taken its time: an ended call sends nothing.
  if (watch.ended !== undefined) throw watch.ended;
  job.reader.begin(attempt, plan.kept);
  const write = async (text: string): Promise<void> => {
    try {
      const written = job.reader.write(text);
      if (written !== undefined) await watch.wait(written);
    } catch (cause) {
      throw cause instanceof Fault ? cause : new Fault("unreadable", { cause });
    }
  };
  try {
    await job.exchange({ client, ...request, watch, answer, write });
  } finally {
    if (answer.usage !== undefined && job.options.hooks?.onUsage !== undefined) {
      const usage = (await import("./usage.js")).usageOf(answer.usage);
      if (usage !== undefined) await fire("onUsage", { ...context, usage });
    }
  }
  const { requestId, finishReason } = answer;
  await fire("onResponse", defined({ ...context, requestId, finishReason, content: answerText(answer) }));
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
