import type { ToolCall } from "../call/answer.js";
import type { ChatMessage } from "../options.js";
import { completePart } from "./complete-part.js";
import { parsed } from "./parsed.js";

/** The model's calls as they stand in the conversation, each answered by a message of role `tool`: API patch 2 refuses unanswered ones. */
export function toolTurn(content: string, toolCalls: readonly ToolCall[], replyTo: (index: number) => string): readonly ChatMessage[] {
  const calls = toolCalls.map(({ id, name, arguments: given }, index) => ({
    id: id === "" ? `call_${index}` : id,
    type: "function",
    function: { name, arguments: jsonObject(given) },
  }));
  return [
    { role: "assistant", content: content === "" ? null : content, tool_calls: calls },
    ...calls.map(({ id }, index) => ({ role: "tool" as const, tool_call_id: id, content: replyTo(index) })),
  ];
}

/** Chat templates parse the arguments of past calls: of text that is no JSON only the readable part stays in the conversation. */
function jsonObject(text: string): string {
  return parsed(text) === undefined ? JSON.stringify(completePart(text) ?? {}) : text;
}
