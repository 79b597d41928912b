import type { ChatMessage, ExtractInput, ExtractOptions } from "../options.js";
import type { JsonObject, Mode, Spec, ToolDefinition } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import { defined } from "./defined.js";
import { Fault } from "./fault.js";
import { defaultReasoningEffort } from "./reasoning-effort.js";
import type { AttemptPlan } from "./running.js";

/** What a request is about. */
export interface Subject<T, C> {
  readonly spec: Spec<unknown>;
  readonly shape: "one" | "list";
  readonly input: ExtractInput;
  readonly options: ExtractOptions<T, C>;
  /** Who will read the answer; absent where none is asked for. */
  readonly reader?: AnswerReader;
}

/** A request as it is sent, but for the transport's own fields. */
export interface BuiltRequest {
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

/** Builds a request. Same parts, same bytes, and what never changes first: the provider caches by prefix (cerebras/api.md 7). */
export async function buildRequest<T, C>(
  subject: Subject<T, C>,
  plan: Pick<AttemptPlan, "model" | "mode" | "messages" | "isUncapped">,
): Promise<BuiltRequest> {
  const { spec, shape, input, options, reader } = subject;
  const { model, mode, messages: feedback } = plan;
  const { narrow, maxCompletionTokens: most } = options;
  const whole = spec.wire[shape];
  const tool = narrow === undefined ? whole : (await import("./narrow.js")).narrowTool(whole, shape, narrow);
  const effort = options.reasoningEffort ?? defaultReasoningEffort(model);
  const instructions = instructionsOf(spec, options);
  const system = mode === "json_object" ? `${instructions}\n\n${await schemaText(tool, reader)}` : instructions;
  const messages: readonly ChatMessage[] = [
    { role: "system", content: system },
    ...(typeof input === "string" ? [{ role: "user", content: input } as const] : input),
    ...feedback,
  ];
  const body = {
    model,
    ...askFor(mode, tool),
    reasoning_format: "parsed",
    reasoning_effort: effort,
    max_completion_tokens: most === "schema" ? (await import("./derived-cap.js")).derivedCap(subject, plan) : most,
    temperature: options.temperature,
    seed: options.seed,
    ...options.extra,
    messages,
  };
  return {
    body: defined(body),
    headers: { "X-Cerebras-Version-Patch": "2", ...options.headers },
  };
}

function instructionsOf<T, C>(spec: Spec<unknown>, { instructions = spec.instructions, context }: ExtractOptions<T, C>): string {
  if (typeof instructions === "string") return instructions;
  try {
    // Without a context the type argument is `unknown`: the function gets what it declared to expect.
    return instructions(context as C);
  } catch (cause) {
    throw new Fault("caller", { message: "instructions", cause });
  }
}

function askFor(mode: Mode, tool: ToolDefinition): JsonObject {
  const { name, description, strict, parameters } = tool.function;
  switch (mode) {
    case "tools":
      return { tools: [tool], tool_choice: { type: "function", function: { name } } };
    case "json_schema":
      return {
        response_format: {
          type: "json_schema",
          json_schema: defined({ name, description, strict, schema: parameters }),
        },
      };
    default:
      return { response_format: { type: "json_object" } };
  }
}

async function schemaText(tool: ToolDefinition, reader: AnswerReader | undefined): Promise<string> {
  // Loaded only in this mode, which few calls use. The API promises JSON in it and no more, and often does not keep even that.
  const { schemaPrompt, readLenient } = await import("./schema-prompt.js");
  if (reader) reader.lenient ??= readLenient;
  return schemaPrompt(tool);
}
