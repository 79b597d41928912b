import type { ChatMessage, ExtractInput, ExtractOptions } from "../options.js";
import type { JsonObject, Mode, Spec, ToolDefinition } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import type { JoinedCalls } from "./joined-calls.js";
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

/** Which request it is to be. */
export type RequestPlan = Pick<AttemptPlan, "model" | "mode" | "messages" | "isUncapped">;

/** A request as it is sent, but for the transport's own fields. */
export interface BuiltRequest {
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  /** Where several tools are offered: how the calls of its answer become one list. */
  readonly joined?: JoinedCalls;
}

/**
 * Builds a request. Same parts, same bytes, and what never changes first: the provider caches by prefix (cerebras/api.md 7). A promise
 * where something is to be loaded for it, which few calls need.
 */
export function buildRequest<T, C>(subject: Subject<T, C>, plan: RequestPlan): BuiltRequest | Promise<BuiltRequest> {
  const { narrow, logprobs, maxCompletionTokens: most } = subject.options;
  return plan.mode === "json_object" || (narrow ?? logprobs ?? subject.spec.wire.kinds) !== undefined || most === "schema"
    ? import("./special-request.js").then(({ specialRequest }) => specialRequest(subject, plan))
    : assembleRequest(subject, plan, { most });
}

/** What a request is made of besides the call's own parts. */
export interface RequestParts {
  /** Default: the spec's. */
  readonly tool?: ToolDefinition;
  /** How JSON is asked for. Default: by the mode, with the tool. */
  readonly asking?: JsonObject;
  /** What the system message ends with: of mode json_object, the schema in words. */
  readonly appendix?: string;
  readonly most?: number | undefined;
}

export function assembleRequest<T, C>(
  { spec, shape, input, options }: Subject<T, C>,
  { model, mode, messages: feedback }: RequestPlan,
  { tool = spec.wire[shape], asking = askFor(mode, tool), appendix = "", most }: RequestParts,
): BuiltRequest {
  const { temperature, seed, reasoningEffort: effort = defaultReasoningEffort(model), extra = {}, headers } = options;
  const said: readonly ChatMessage[] = typeof input === "string" ? [{ role: "user", content: input }] : input;
  // JavaScript, and what TypeScript takes for `any`.
  if (!Array.isArray(said)) throw new Fault("caller", { input });
  const body = defined({
    model,
    ...asking,
    reasoning_format: "parsed",
    reasoning_effort: effort,
    max_completion_tokens: most,
    temperature,
    seed,
    ...defined(extra),
    messages: [{ role: "system", content: instructionsOf(spec, options) + appendix }, ...said, ...feedback],
  });
  return { body, headers: { "X-Cerebras-Version-Patch": "2", ...headers } };
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
