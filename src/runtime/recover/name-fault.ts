import type { Answer } from "../call/answer.js";
import type { CallJob } from "../call/call-job.js";
import { completeItems, completePart } from "./complete-part.js";
import { decodeAnswer } from "../call/decode-answer.js";
import { Fault } from "../call/fault.js";
import { isObject } from "../call/is-object.js";
import { answerText } from "../call/run-attempt.js";
import type { AttemptPlan } from "../call/running.js";
import { AbortedError } from "../errors/aborted-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { NoToolCallError } from "../errors/no-tool-call-error.js";
import { RefusedError } from "../errors/refused-error.js";
import { StreamProtocolError } from "../errors/stream-protocol-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import { TruncatedError } from "../errors/truncated-error.js";
import { UnexpectedToolCallError } from "../errors/unexpected-tool-call-error.js";
import type { Issue } from "../options.js";
import { callerError } from "./caller-error.js";
import { apiErrorOfBody, apiFailure } from "./api-failure.js";
import { shorten } from "./path.js";
import { schemaIssues } from "./schema-issues.js";
import { textOf } from "./text-of.js";
import { unreadable } from "./unreadable.js";

/** Where a fault was seen. */
export interface FaultPlace<R, C> {
  readonly job: CallJob<R, C>;
  readonly plan: AttemptPlan;
  readonly answer: Answer;
}

/** The error people catch, made of what was seen. What is no `Fault` was thrown by the client. */
export function nameFault<R, C>(thrown: unknown, place: FaultPlace<R, C>): ExtractionError {
  const { job, plan, answer } = place;
  if (!(thrown instanceof Fault)) return apiFailure(thrown, plan.model);
  const { kind, facts } = thrown;
  const { cause, value, status, body } = facts;
  const text = answerText(answer);
  const known = { headers: answer.headers, model: plan.model };
  const { timeout = 120_000, idleTimeout = 30_000, signal } = job.options;
  switch (kind) {
    case "aborted":
      return new AbortedError(signal?.reason);
    case "idle":
      return new TimeoutError("idle", idleTimeout);
    case "deadline":
      return new TimeoutError("total", timeout);
    case "status":
      return apiErrorOfBody(Number(status), parsed(String(body)), known);
    case "error-chunk":
      return apiErrorOfBody(statusOf(body), body, known);
    case "broken":
      return new StreamProtocolError("The connection broke in the middle of the answer.", { cause });
    case "protocol":
      return new StreamProtocolError(protocolText(facts), { cause });
    case "unusable":
      return unusable(place, text);
    case "unreadable":
      return unreadable(facts, text, job.spec);
    case "invalid":
      return new InvalidOutputError(schemaIssues(job.spec, job.shape, value), value, text);
    case "unchecked":
      // Put there by judgeValue, which has read them.
      return new InvalidOutputError(facts["issues"] as readonly Issue[], value, text);
    case "final":
      return ExtractionError.is(cause) ? cause : new ExtractionError(textOf(cause), { cause });
    default:
      // Also what another call has ended with: that call's facts stay on it, and it is no reason to try this one again.
      return callerError(facts);
  }
}

/** The answer is cut off, refused, or not through the tool. */
function unusable<R, C>({ job, plan, answer }: FaultPlace<R, C>, text: string): ExtractionError {
  const { tool = "", joined, toolCalls, content, refusal, finishReason } = answer;
  if (refusal !== "" || finishReason === "content_filter") return new RefusedError(refusal);
  if (finishReason === "length") {
    const { spec, shape, reader } = job;
    const whole = shape === "list" ? decoded(job, completeItems(text)) : [];
    const items: readonly unknown[] = Array.isArray(whole) ? whole.filter((item) => spec.validate(item)) : [];
    return new TruncatedError(text, reader.partial() ?? decoded(job, completePart(text)), [...(plan.kept ?? []), ...items]);
  }
  if (toolCalls.length === 0) return new NoToolCallError(joined?.names ?? tool, content);
  const called = toolCalls.map(({ name }) => name);
  return new UnexpectedToolCallError(joined?.names ?? `${tool} once`, called);
}

function decoded<R, C>({ spec, shape }: CallJob<R, C>, wire: unknown): unknown {
  return wire === undefined ? undefined : decodeAnswer(spec, shape, wire);
}

function protocolText({ message, text, most, of = "characters" }: Fault["facts"]): string {
  if (most !== undefined) return `The API sent more than ${Number(most)} ${String(of)}.`;
  return typeof message === "string" ? message : `The API sent what is not JSON: ${shorten(text, 120)}`;
}

function statusOf(chunk: unknown): number | undefined {
  const status = isObject(chunk) ? chunk["status_code"] : undefined;
  return typeof status === "number" ? status : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
