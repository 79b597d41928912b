import { isFields, type Fields } from "../samples/fields.js";

/** The parts of a chat-completions body that are looked at, after `refuseRequest` found nothing wrong with them. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Fields[];
  readonly stream: boolean;
  readonly tools: readonly ToolRequest[];
  readonly toolChoice: { readonly kind: "none" | "auto" | "required" } | { readonly kind: "function"; readonly name: string };
  /** `parallel_tool_calls`, by default true. */
  readonly parallelCalls: boolean;
  readonly format: ResponseFormat;
  readonly reasoningEffort?: string;
  readonly reasoningFormat?: string;
  readonly maxCompletionTokens?: number;
  readonly seed?: number;
  /** How many alternatives to each token are told; absent: no log probabilities. */
  readonly logprobs?: number;
}

export interface ToolRequest {
  readonly name: string;
  readonly strict: boolean;
  readonly parameters: unknown;
}

export type ResponseFormat =
  | { readonly kind: "text" | "json_object" }
  | { readonly kind: "json_schema"; readonly name: string; readonly strict: boolean; readonly schema: unknown };

/** The member of that name, where `value` is an object that has it itself. */
export function member(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Reads a body that was not refused; what is missing gets the API's default. */
export function readChatRequest(body: Fields): ChatRequest {
  const tools = Array.isArray(body["tools"]) ? body["tools"].map(readTool) : [];
  const limit = body["max_completion_tokens"] ?? body["max_tokens"];
  return {
    model: String(body["model"]),
    messages: Array.isArray(body["messages"]) ? body["messages"].filter(isFields) : [],
    stream: body["stream"] === true,
    tools,
    toolChoice: readToolChoice(body["tool_choice"], tools.length > 0),
    parallelCalls: body["parallel_tool_calls"] !== false,
    format: readFormat(body["response_format"]),
    ...(typeof body["reasoning_effort"] === "string" && { reasoningEffort: body["reasoning_effort"] }),
    ...(typeof body["reasoning_format"] === "string" && { reasoningFormat: body["reasoning_format"] }),
    ...(typeof limit === "number" && { maxCompletionTokens: limit }),
    ...(typeof body["seed"] === "number" && { seed: body["seed"] }),
    ...(body["logprobs"] === true && { logprobs: Number(body["top_logprobs"] ?? 0) }),
  };
}

function readTool(tool: unknown): ToolRequest {
  const definition = member(tool, "function");
  return {
    name: String(member(definition, "name")),
    strict: member(definition, "strict") === true,
    parameters: member(definition, "parameters") ?? { type: "object", properties: {} },
  };
}

function readToolChoice(choice: unknown, hasTools: boolean): ChatRequest["toolChoice"] {
  if (choice === "none" || choice === "required") return { kind: choice };
  const name = member(member(choice, "function"), "name");
  if (typeof name === "string") return { kind: "function", name };
  return { kind: hasTools ? "auto" : "none" };
}

function readFormat(format: unknown): ResponseFormat {
  if (member(format, "type") === "json_object") return { kind: "json_object" };
  if (member(format, "type") !== "json_schema") return { kind: "text" };
  const inner = member(format, "json_schema");
  return {
    kind: "json_schema",
    name: String(member(inner, "name")),
    strict: member(inner, "strict") === true,
    schema: member(inner, "schema"),
  };
}

/** The text of a message: a string, or the text parts of a list. */
export function messageText(message: Fields): string {
  const content = message["content"];
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => member(part, "text"))
    .filter((text) => typeof text === "string")
    .join("");
}

export const charactersPerToken = 4;

export function countTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Of messages, tools and formats as JSON; what an image takes is not known. */
export function countParts(...parts: readonly unknown[]): number {
  return countTokens(JSON.stringify(parts, (key, value: unknown) => (key === "image_url" ? undefined : value)));
}

/** Of what the model reads. About 65 tokens of preamble stand before every gpt-oss prompt (recorded 2026-04). */
export function countPrompt({ messages, tools, format }: ChatRequest): number {
  return 65 + countParts(messages, tools, format);
}
