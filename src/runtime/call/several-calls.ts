import type { JsonObject } from "../spec.js";
import type { RequestPlan, Subject } from "./build-request.js";
import { JoinedCalls, kindTools } from "./joined-calls.js";

/**
 * Models that call several tools in one answer, by the provider's catalogue of 2026-07-30 (cerebras/api.md 2.2); it says that gpt-oss-120b
 * does not. Both have left the shared tier since and run dedicated. Of qwen-3.8-27b nothing is known: one list is safe with any model.
 */
const inParallel: ReadonlySet<string> = new Set(["gemma-4-31b", "zai-glm-4.7"]);

/** What a request says differently where the model gets a tool for each kind of thing. */
export interface SeveralCalls {
  readonly asking: JsonObject;
  readonly appendix: string;
  readonly joined: JoinedCalls;
}

/** @returns `undefined` where one tool takes the list */
export function severalCalls<T, C>({ spec, shape, options }: Subject<T, C>, { mode, model }: RequestPlan): SeveralCalls | undefined {
  const { kinds } = spec.wire;
  const { parallelToolCalls = inParallel.has(model), narrow } = options;
  if (!parallelToolCalls || kinds === undefined || shape === "one" || mode !== "tools" || narrow !== undefined) return undefined;
  const tools = kindTools(kinds);
  return {
    asking: {
      tools: Object.values(tools).map(({ definition }) => definition),
      tool_choice: "required",
      parallel_tool_calls: true,
    },
    appendix: "\n\nCall the tool that fits once for each thing that the text holds, all in one answer, in the order of the text.",
    joined: new JoinedCalls(tools),
  };
}
