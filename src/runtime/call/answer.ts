import type { JsonObject } from "../spec.js";
import type { JoinedCalls } from "./joined-calls.js";

/** One tool call of an answer; `arguments` is JSON text. */
export interface ToolCall {
  /** The pieces of a call share it; absent where the provider sends calls whole. */
  readonly index: unknown;
  id: string;
  name: string;
  arguments: string;
}

/** What has arrived of one answer, streamed or whole. Mutable while it arrives; it has all its members from the start (`newAnswer`). */
export interface Answer {
  /** Name of the tool whose arguments are the answer's text; undefined: the message's content is. */
  readonly tool: string | undefined;
  /** Where several tools may be called in one answer: the calls as one list. */
  joined: JoinedCalls | undefined;
  content: string;
  reasoning: string;
  refusal: string;
  readonly toolCalls: ToolCall[];
  finishReason: string | undefined;
  usage: JsonObject | undefined;
  timeInfo: JsonObject | undefined;
  /** `choices[0].logprobs`, of each chunk. */
  readonly logprobs: unknown[];
  /** The body's `id`; see `requestIdOf`. */
  id: string | undefined;
  /** The response head, once it is there. */
  headers: HeaderSource | undefined;
  readonly warnings: string[];
}

/** @param tool the tool that is to be called; none in the JSON modes */
export function newAnswer(tool: string | undefined): Answer {
  return {
    tool,
    joined: undefined,
    content: "",
    reasoning: "",
    refusal: "",
    toolCalls: [],
    finishReason: undefined,
    usage: undefined,
    timeInfo: undefined,
    logprobs: [],
    id: undefined,
    headers: undefined,
    warnings: [],
  };
}

/** Response headers of any client: `Headers`, or what looks like it. */
export interface HeaderSource {
  get(name: string): string | null;
}

/** What the API's support asks for: the `x-request-id` header, else the id of the completion. */
export function requestIdOf({ headers, id }: Answer): string | undefined {
  return headers?.get("x-request-id") ?? id;
}
