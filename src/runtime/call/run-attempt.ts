import type { Answer } from "./answer.js";
import type { AnswerReader } from "./answer-reader.js";
import { buildRequest } from "./build-request.js";
import type { CallJob } from "./call-job.js";
import type { CallWatch } from "./call-watch.js";
import { Fault } from "./fault.js";
import { judgeValue } from "./judge-value.js";
import type { AttemptPlan, Running } from "./running.js";

/** Sends one request and judges its answer. @throws {Fault} or what the client threw */
export async function runAttempt<R, C>(running: Running<R, C>, plan: AttemptPlan, answer: Answer): Promise<R> {
  const { job, watch, client, teller } = running;
  const { reader, exchange } = job;
  if (teller) await teller.begins(plan);
  const built = buildRequest(job, plan);
  const request = built instanceof Promise ? await built : built;
  if (teller) await teller.sends(plan, request);
  // A hook may have taken its time: an ended call sends nothing.
  if (watch.ended !== undefined) throw watch.ended;
  reader.begin(plan.attempt, plan.kept);
  answer.joined = request.joined;
  const sent = exchange({ client, body: request.body, headers: request.headers, watch, answer, write: (text) => write(job, watch, text) });
  await (teller ? teller.answers(plan, answer, sent) : sent);
  if (!isUsable(answer)) throw new Fault("unusable");
  if (answer.joined) await write(job, watch, answer.joined.grow(answer.toolCalls, true));
  const end = readEnd(reader);
  const judged = judgeValue(job, end instanceof Promise ? await watch.wait(end) : end);
  const judgement = judged instanceof Promise ? await watch.wait(judged) : judged;
  // An abort while a hook ran ends the call too.
  if (watch.ended !== undefined) throw watch.ended;
  return judgement;
}

/** The value, or a promise of it from a reader that has to load something. @throws {Fault} */
function readEnd(reader: AnswerReader): unknown {
  try {
    const value = reader.end();
    return value instanceof Promise ? value.catch(unreadable) : value;
  } catch (cause) {
    return unreadable(cause);
  }
}

function write<R, C>({ reader }: CallJob<R, C>, watch: CallWatch, text: string): void | Promise<void> {
  try {
    // Only a reader with consumers gives a promise.
    const written = reader.write(text);
    return written === undefined ? undefined : watch.wait(written).catch(unreadable);
  } catch (cause) {
    return unreadable(cause);
  }
}

function unreadable(cause: unknown): never {
  throw cause instanceof Fault ? cause : new Fault("unreadable", { cause });
}

/** The text the answer is read from: the tool's arguments, those of all calls as one list, or the message's content. */
export function answerText({ tool, joined, toolCalls, content }: Answer): string {
  if (joined) return joined.text;
  return tool === undefined ? content : (toolCalls[0]?.arguments ?? "");
}

/** Whole, not refused, and in a JSON mode, through calls of tools that were offered, or through one call of the tool: twice the same says the same. */
function isUsable({ tool, joined, toolCalls, refusal, finishReason }: Answer): boolean {
  if (refusal !== "" || finishReason === "length" || finishReason === "content_filter") return false;
  if (joined) return joined.accepts(toolCalls);
  const [first] = toolCalls;
  return tool === undefined || (first !== undefined && toolCalls.every((call) => call.name === tool && call.arguments === first.arguments));
}
