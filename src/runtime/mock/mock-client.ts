import { isObject } from "../call/is-object.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { ChatClient } from "../options.js";
import type { JsonObject, StreamSpec } from "../spec.js";
import { encodeValue } from "./encode-value.js";

export interface MockOptions {
  /** What it answers with when it is given no answers; the input, or `seed`, decides which. */
  readonly samples: readonly unknown[];
  /** Values to answer with, in turn; the last one again and again. They need not be valid. A list's answer is an array. */
  readonly answers?: readonly unknown[];
}

/** Characters in one piece of a streamed answer. */
const pieceLength = 8;

/** A client that answers every request with JSON of the spec's form, whole or streamed; the runtime in front of it is the real one. */
export function mockClient(spec: StreamSpec<unknown, unknown>, { samples, answers }: MockOptions): ChatClient {
  let turn = 0;
  const create = (body: JsonObject): unknown => {
    const isList = toolName(body) === spec.wire.list.function.name;
    const value =
      answers === undefined ? sampleFor({ body, samples, isList, name: spec.name }) : answers[Math.min(turn++, answers.length - 1)];
    const plan = spec.handler.plan;
    const json: unknown = JSON.parse(JSON.stringify(value ?? null));
    const wire = isList ? { items: Array.isArray(json) ? json.map((item) => encodeValue(plan, item)) : json } : encodeValue(plan, json);
    const text = JSON.stringify(wire);
    return { asResponse: () => Promise.resolve(body["stream"] === true ? streamed(body, text) : whole(body, text)) };
  };
  return { chat: { completions: { create } } };
}

interface Choice {
  readonly body: JsonObject;
  readonly samples: readonly unknown[];
  readonly isList: boolean;
  readonly name: string;
}

function sampleFor({ body, samples, isList, name }: Choice): unknown {
  if (samples.length === 0)
    throw new ExtractionError(`There is no sample of ${name}: give the client answers of your own (docs/testing.md).`);
  const start = hash(JSON.stringify([body["seed"], body["messages"]])) % samples.length;
  return isList ? [...samples.slice(start), ...samples.slice(0, start)] : samples[start];
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return state;
}

function toolName({ tools, response_format: format }: JsonObject): unknown {
  const tool: unknown = Array.isArray(tools) ? tools[0] : undefined;
  if (isObject(tool) && isObject(tool["function"])) return tool["function"]["name"];
  return isObject(format) && isObject(format["json_schema"]) ? format["json_schema"]["name"] : undefined;
}

function whole(body: JsonObject, text: string): Response {
  const message = Array.isArray(body["tools"])
    ? { role: "assistant", tool_calls: [{ id: "call_mock", type: "function", function: { name: toolName(body), arguments: text } }] }
    : { role: "assistant", content: text };
  const choices = [{ index: 0, finish_reason: finishReason(body), message }];
  return new Response(JSON.stringify({ ...frame(body), object: "chat.completion", choices, usage: usage(body, text) }), {
    headers: { "content-type": "application/json" },
  });
}

/** One event for each piece, given as it is asked for, so that snapshots grow as they do on the wire. */
function streamed(body: JsonObject, text: string): Response {
  const deltas = [...pieces(text)].map((piece, index) => {
    if (!Array.isArray(body["tools"])) return { content: piece };
    const call = { index: 0, function: { ...(index === 0 && { name: toolName(body) }), arguments: piece } };
    return { tool_calls: [index === 0 ? { ...call, id: "call_mock", type: "function" } : call] };
  });
  const chunk = (delta: object, more: object = {}): object => ({
    ...frame(body),
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, ...more }],
  });
  const events = [
    chunk({ role: "assistant" }),
    ...deltas.map((delta) => chunk(delta)),
    { ...chunk({}, { finish_reason: finishReason(body) }), usage: usage(body, text) },
  ];
  const lines = [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), "data: [DONE]\n\n"];
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const line = lines.shift();
      if (line === undefined) controller.close();
      else controller.enqueue(encoder.encode(line));
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += pieceLength) yield text.slice(start, start + pieceLength);
}

function frame(body: JsonObject): JsonObject {
  return { id: "chatcmpl-mock", created: 0, model: body["model"], system_fingerprint: "fp_mock" };
}

function finishReason(body: JsonObject): string {
  return Array.isArray(body["tools"]) ? "tool_calls" : "stop";
}

/** Four characters a token, as a rule of thumb: enough for code that adds them up. */
function usage(body: JsonObject, text: string): JsonObject {
  const prompt = Math.ceil(JSON.stringify(body["messages"]).length / 4);
  const completion = Math.ceil(text.length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
