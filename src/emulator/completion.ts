import type { Answer } from "./answer.js";
import { countPrompt, countTokens, type ChatRequest } from "./chat-request.js";
import { type Fields } from "../samples/fields.js";
import type { ModelTraits } from "./models.js";
import { uuid, type Random } from "../samples/random.js";
import { logprobsOf } from "./logprobs-of.js";
import { splitText } from "./split-text.js";

/** What is the same in every chunk of an answer. */
export interface CompletionFrame {
  readonly id: string;
  /** Seconds since 1970, with a fraction. */
  readonly created: number;
  readonly model: ModelTraits;
  readonly usage: Fields;
  readonly totalTokens: number;
  /** How many alternatives to each token are told; absent: no log probabilities. */
  readonly logprobs?: number;
  readonly timeInfo: Fields;
}

/** Makes ids, token counts and times for an answer. `now` in milliseconds. */
export function frameCompletion({ request, model, answer, random, now }: FrameSource): CompletionFrame {
  const created = now / 1000;
  const reasoningTokens = countTokens(answer.reasoning ?? "");
  const said = countTokens((answer.content ?? "") + answer.toolCalls.map((call) => call.arguments).join(""));
  const completion = Math.min(reasoningTokens + said + 8, request.maxCompletionTokens ?? Number.POSITIVE_INFINITY);
  const prompt = countPrompt(request);
  const seconds = (low: number, high: number): number => random.between(low, high) / 1e6;
  const times = {
    queue_time: seconds(150, 9000),
    prompt_time: seconds(900, 7000),
    completion_time: completion / random.between(1200, 1700),
  };
  const total = times.queue_time + times.prompt_time + times.completion_time + seconds(1000, 9000);
  return {
    id: `chatcmpl-${uuid(random)}`,
    created,
    model,
    usage: usageOf(model, { prompt, completion, reasoningTokens }),
    totalTokens: prompt + completion,
    ...(request.logprobs !== undefined && { logprobs: request.logprobs }),
    timeInfo: { created, ...times, total_time: total },
  };
}

export interface FrameSource {
  readonly request: ChatRequest;
  readonly model: ModelTraits;
  readonly answer: Answer;
  readonly random: Random;
  readonly now: number;
}

function usageOf(
  model: ModelTraits,
  counts: { readonly prompt: number; readonly completion: number; readonly reasoningTokens: number },
): Fields {
  const predictions = model.imageTokens ? {} : { accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 };
  return {
    ...(model.imageTokens && { image_tokens: 0 }),
    total_tokens: counts.prompt + counts.completion,
    completion_tokens: counts.completion,
    completion_tokens_details: { ...predictions, reasoning_tokens: counts.reasoningTokens },
    prompt_tokens: counts.prompt,
    prompt_tokens_details: { cached_tokens: 0 },
  };
}

/** The body of an answer that is not streamed, members in the recorded order. */
export function completionBody(answer: Answer, frame: CompletionFrame): Fields {
  const calls = answer.toolCalls.map((call) => ({
    function: { name: call.name, arguments: call.arguments },
    type: "function",
    id: call.id,
  }));
  const answerText = (answer.content ?? "") + calls.map(({ function: { arguments: text } }) => text).join("");
  const message = {
    ...(answer.content !== undefined && { content: answer.content }),
    ...(answer.reasoning !== undefined && { reasoning: answer.reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    role: "assistant",
  };
  return {
    id: frame.id,
    choices: [{ finish_reason: answer.finishReason, index: 0, message, ...logprobsOf(answerText, frame.logprobs) }],
    created: Math.floor(frame.created),
    model: frame.model.id,
    system_fingerprint: frame.model.fingerprint,
    object: "chat.completion",
    usage: frame.usage,
    time_info: frame.timeInfo,
  };
}

/** A chunk with these choices. */
export function chunk(frame: CompletionFrame, choices: readonly unknown[], further: Fields = {}): Fields {
  return {
    id: frame.id,
    choices,
    created: Math.floor(frame.created),
    model: frame.model.id,
    system_fingerprint: frame.model.fingerprint,
    object: "chat.completion.chunk",
    ...further,
  };
}

/** Of a tool call. */
interface Piece extends Fields {
  readonly function: { readonly name?: string; readonly arguments: string };
}

/** The chunks of a streamed answer: role, reasoning, content, tool calls, end. */
export function completionChunks(
  answer: Answer,
  frame: CompletionFrame,
  options: { readonly random: Random; readonly chunkSize?: number },
): Fields[] {
  const { random, chunkSize } = options;
  const split = (text: string, most: number): readonly string[] =>
    splitText(text, random, { most, ...(chunkSize !== undefined && { size: chunkSize }) });
  const delta = (fields: Fields, text = ""): Fields =>
    chunk(frame, [{ delta: fields, index: 0, ...(text !== "" && logprobsOf(text, frame.logprobs)) }]);
  const calls = answer.toolCalls.flatMap((call, index) => {
    const first = (text: string): Piece => ({ function: { name: call.name, arguments: text }, type: "function", id: call.id, index });
    if (!frame.model.argumentPieces) return [delta({ tool_calls: [first(call.arguments)] }, call.arguments)];
    const pieces = split(call.arguments, 3).map((piece): Piece => ({ function: { arguments: piece }, type: "function", index }));
    return [first(""), ...pieces].map((piece) => delta({ tool_calls: [piece] }, piece.function.arguments));
  });
  return [
    delta({ role: "assistant" }),
    ...split(answer.reasoning ?? "", 8).map((piece) => delta({ reasoning: piece })),
    ...split(answer.content ?? "", 6).map((piece) => delta({ content: piece }, piece)),
    ...calls,
    chunk(frame, [{ delta: {}, finish_reason: answer.finishReason, index: 0 }], { usage: frame.usage, time_info: frame.timeInfo }),
  ];
}
