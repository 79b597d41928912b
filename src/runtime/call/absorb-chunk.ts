import type { JsonObject } from "../spec.js";
import type { Answer } from "./answer.js";
import { Fault } from "./fault.js";
import { isObject } from "./is-object.js";

/** A piece looks for its call among all of them. */
const mostCalls = 10_000;

/**
 * Takes one chunk of a stream, or a whole chat completion, into `answer`. Unknown fields are ignored; shapes vary by model
 * and day (cerebras/api.md 3), so that nothing but what is used is looked at.
 *
 * @returns the piece of answer text that came with it, mostly one token or none
 * @throws {Fault} `error-chunk`: nested as the SDK's ErrorChunkResponse, or flat as an HTTP error body (cerebras/api.md 3.4); `protocol`:
 * more tool calls than any answer has
 */
export function absorbChunk(answer: Answer, chunk: unknown): string {
  // What is no object has nothing that is looked for, and ends as a warning.
  const { choices, usage, time_info, id, error, message, object } = isObject(chunk) ? chunk : {};
  if (isObject(usage)) answer.usage = usage;
  if (isObject(time_info)) answer.timeInfo = time_info;
  if (typeof id === "string") answer.id ??= id;
  if (!Array.isArray(choices)) {
    const isError = isObject(error) || (typeof message === "string" && object === undefined);
    // After the finish reason the answer is whole: what goes wrong then harms nothing (jp: an error after [DONE] is benign).
    if (isError && answer.finishReason === undefined) throw new Fault("error-chunk", { body: chunk });
    if (isError || !isObject(usage)) answer.warnings.push(`A chunk was ignored: ${JSON.stringify(chunk).slice(0, 200)}`);
    return "";
  }
  const choice: unknown = choices[0];
  if (!isObject(choice)) return "";
  const { finish_reason, message: whole, delta = whole, logprobs } = choice;
  if (logprobs) answer.logprobs.push(logprobs);
  if (typeof finish_reason === "string") answer.finishReason = finish_reason;
  return isObject(delta) ? absorbDelta(answer, delta) : "";
}

function absorbDelta(answer: Answer, delta: JsonObject): string {
  const { content, reasoning, refusal, tool_calls } = delta;
  if (typeof reasoning === "string") answer.reasoning += reasoning;
  if (typeof refusal === "string") answer.refusal += refusal;
  if (typeof content === "string") answer.content += content;
  let piece = answer.tool === undefined && typeof content === "string" ? content : "";
  if (Array.isArray(tool_calls)) for (const call of tool_calls) if (isObject(call)) piece += absorbToolCall(answer, call);
  return answer.joined ? answer.joined.grow(answer.toolCalls) : piece;
}

/** Pieces belong to the call of the same `index`; only the first piece has id and name (gpt-oss; GLM sends one piece). */
function absorbToolCall({ tool, toolCalls }: Answer, piece: JsonObject): string {
  const { id = "", index, function: fn } = piece;
  const { name, arguments: text } = isObject(fn) ? fn : {};
  let at = toolCalls.length - 1;
  if (index !== undefined) while (at >= 0 && toolCalls[at]?.index !== index) at--;
  let call = toolCalls[at];
  if (call === undefined || (call.id && id && call.id !== id)) {
    call = { index, id: "", name: "", arguments: "" };
    if (toolCalls.push(call) > mostCalls) throw new Fault("protocol", { most: mostCalls, of: "calls" });
  }
  call.id ||= String(id);
  if (typeof name === "string") call.name = name;
  if (typeof text !== "string") return "";
  call.arguments += text;
  return call === toolCalls[0] && call.name === tool ? text : "";
}
