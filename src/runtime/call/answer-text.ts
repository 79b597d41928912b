import { NoToolCallError } from "../errors/no-tool-call-error.js";
import { RefusedError } from "../errors/refused-error.js";
import { TruncatedError } from "../errors/truncated-error.js";
import { UnexpectedToolCallError } from "../errors/unexpected-tool-call-error.js";
import type { Answer } from "./answer.js";
import type { CallJob } from "./call-job.js";
import { completePart } from "./complete-part.js";
import { decodeAnswer } from "./decode-answer.js";

/** The JSON text of an answer that arrived. @throws {ExtractionError} when it is none: refused, cut off, or not through the tool */
export function answerText<R, C>(answer: Answer, job: CallJob<R, C>): string {
  const { tool, toolCalls, content, refusal, finishReason } = answer;
  const first = toolCalls[0];
  const text = tool === undefined ? content : (first?.arguments ?? "");
  if (refusal !== "" || finishReason === "content_filter") throw new RefusedError(refusal);
  if (finishReason === "length") throw truncated(job, text);
  if (tool === undefined) return text;
  if (first === undefined) throw new NoToolCallError(tool, content);
  // The same call twice says the same thing; different ones leave a choice that is not ours.
  if (toolCalls.some((call) => call.name !== tool || call.arguments !== first.arguments)) {
    throw new UnexpectedToolCallError(
      tool,
      toolCalls.map(({ name }) => name),
    );
  }
  if (toolCalls.length > 1) answer.warnings.push(`${tool} was called ${toolCalls.length} times with the same arguments.`);
  return text;
}

function truncated<R, C>({ spec, shape, reader }: CallJob<R, C>, text: string): TruncatedError {
  const whole = shape === "list" ? decodeAnswer(spec, shape, completePart(text, 2)) : [];
  const items: readonly unknown[] = Array.isArray(whole) ? whole.filter((item) => spec.validate(item)) : [];
  return new TruncatedError(text, reader.partial(), items);
}
