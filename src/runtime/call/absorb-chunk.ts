import type { JsonObject } from "../spec.js";
import type { Answer, ToolCall } from "./answer.js";
import { Fault } from "./fault.js";
import { isObject } from "./is-object.js";

/**
 * Takes one chunk of a stream, or a whole chat completion, into `answer`. Unknown fields are ignored; shapes vary by model
 * and day (cerebras/api.md 3), so that nothing but what is used is looked at.
 *
 * @returns the piece of answer text that came with it, mostly one token or none
 * @throws {Fault} `error-chunk`: nested as the SDK's ErrorChunkResponse, or flat as an HTTP error body (cerebras/api.md 3.4)
 */
export function absorbChunk(answer: Answer, chunk: unknown): string {
  if (!isObject(chunk)) {
    answer.warnings.push(`A chunk that is not an object was ignored: ${JSON.stringify(chunk)}`);
    return "";
  }
  const { choices, usage, time_info, id } = chunk;
  if (isObject(usage)) answer.usage = usage;
  if (isObject(time_info)) answer.timeInfo = time_info;
  if (typeof id === "string") answer.id ??= id;
  if (!Array.isArray(choices)) {
    const isError = isObject(chunk["error"]) || (typeof chunk["message"] === "string" && chunk["object"] === undefined);
    // After the finish reason the answer is whole: what goes wrong then harms nothing (jp: an error after [DONE] is benign).
    if (isError && answer.finishReason === undefined) throw new Fault("error-chunk", { body: chunk });
    if (isError || !isObject(usage)) answer.warnings.push(`A chunk without choices was ignored: ${JSON.stringify(chunk).slice(0, 200)}`);
    return "";
  }
  const choice: unknown = choices[0];
  if (!isObject(choice)) return "";
  if (typeof choice["finish_reason"] === "string") answer.finishReason = choice["finish_reason"];
  const delta = choice["delta"] ?? choice["message"];
  return isObject(delta) ? absorbDelta(answer, delta) : "";
}

function absorbDelta(answer: Answer, delta: JsonObject): string {
  const { content, reasoning, refusal, tool_calls } = delta;
  if (typeof reasoning === "string") answer.reasoning += reasoning;
  if (typeof refusal === "string") answer.refusal += refusal;
  if (typeof content === "string") answer.content += content;
  let piece = answer.tool === undefined && typeof content === "string" ? content : "";
  if (Array.isArray(tool_calls)) for (const call of tool_calls) if (isObject(call)) piece += absorbToolCall(answer, call);
  return piece;
}

/** Pieces belong to the call of the same `index`; only the first piece has id and name (gpt-oss; GLM sends one piece). */
function absorbToolCall(answer: Answer, piece: JsonObject): string {
  const fn = isObject(piece["function"]) ? piece["function"] : {};
  const id = typeof piece["id"] === "string" ? piece["id"] : undefined;
  const index = typeof piece["index"] === "number" ? piece["index"] : undefined;
  let call = index === undefined ? answer.toolCalls.at(-1) : answer.toolCalls.filter((known) => known.index === index).at(-1);
  if (call === undefined || (id !== undefined && call.id !== "" && call.id !== id)) {
    call = { index: index ?? answer.toolCalls.length, id: "", name: "", arguments: "" };
    answer.toolCalls.push(call);
  }
  if (id !== undefined) call.id = id;
  if (typeof fn["name"] === "string") call.name = fn["name"];
  if (typeof fn["arguments"] !== "string") return "";
  call.arguments += fn["arguments"];
  return isTheAnswer(answer, call) ? fn["arguments"] : "";
}

function isTheAnswer(answer: Answer, call: ToolCall): boolean {
  return call === answer.toolCalls[0] && call.name === answer.tool;
}
