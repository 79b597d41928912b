import type { Plan, StreamSpec, ToolDefinition } from "../../src/runtime/spec.js";

/** A spec for a recorded tool: everything passes, so that only the way of the bytes is judged. */
export function recordedSpec(toolName: string, parameters: Record<string, unknown>): StreamSpec<unknown, unknown> {
  const tool: ToolDefinition = { type: "function", function: { name: toolName, strict: false, parameters } };
  const plan: Plan = { root: { kind: "any" } };
  return {
    name: "Recorded",
    wire: { one: tool, list: tool },
    decode: (wire) => wire,
    validate: () => true,
    instructions: "Do as recorded.",
    handler: { plan },
  };
}
