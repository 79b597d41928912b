import { badRequest, unsupportedProperty, type ApiError } from "./api-error.js";
import { member } from "./chat-request.js";
import { isFields, type Fields } from "../samples/fields.js";

const messageFields: Readonly<Record<string, readonly string[]>> = {
  system: ["role", "content", "name"],
  developer: ["role", "content", "name"],
  user: ["role", "content", "name"],
  assistant: ["role", "content", "name", "reasoning", "tool_calls", "refusal"],
  tool: ["role", "content", "name", "tool_call_id"],
};

/**
 * What Cerebras would refuse a conversation for. Of the tool-call rules of API version patch 2 (api-reference/versions) the rule is
 * documented, the wording is not recorded.
 */
export function refuseMessages(messages: unknown): ApiError | undefined {
  if (!Array.isArray(messages)) return badRequest("messages: property 'messages' is missing", "validation_error");
  if (messages.length === 0) return badRequest("messages: at least one message is required", "messages");
  for (const [index, message] of messages.entries()) {
    const refusal = refuseMessage(message, index);
    if (refusal) return refusal;
  }
  return refuseToolTurns(messages.filter(isFields));
}

function refuseMessage(message: unknown, index: number): ApiError | undefined {
  const role = member(message, "role");
  if (!isFields(message) || typeof role !== "string" || !Object.hasOwn(messageFields, role)) {
    return badRequest(`messages.${index}.role: Input should be 'system', 'developer', 'user', 'assistant' or 'tool'`, "validation_error");
  }
  const unknown = Object.keys(message).find((key) => !messageFields[role]?.includes(key));
  if (unknown !== undefined) return unsupportedProperty(`messages.${index}.${role}.${unknown}`);
  const content = message["content"];
  const mayBeEmpty = role === "assistant";
  if (content === undefined || content === null) {
    return mayBeEmpty ? undefined : badRequest(`messages.${index}.${role}.content: Field required`, "validation_error");
  }
  if (typeof content === "string" || Array.isArray(content)) return undefined;
  return badRequest(`messages.${index}.${role}.content: Input should be a valid string or list`, "validation_error");
}

/** Each call answered by a tool message right after it, no answer without a call, no id twice. */
function refuseToolTurns(messages: readonly Fields[]): ApiError | undefined {
  const seen = new Set<unknown>();
  let open = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    if (message["role"] === "tool") {
      if (!open.delete(message["tool_call_id"])) {
        return badRequest(
          `messages.${index}: tool message with tool_call_id '${String(message["tool_call_id"])}' answers no tool call`,
          "messages",
        );
      }
      continue;
    }
    if (open.size > 0) break;
    open = new Set();
    for (const call of Array.isArray(message["tool_calls"]) ? message["tool_calls"] : []) {
      const id = member(call, "id");
      if (typeof id !== "string" || seen.has(id)) {
        return badRequest(`messages.${index}: tool call ids must be present and unique`, "messages");
      }
      seen.add(id);
      open.add(id);
    }
  }
  if (open.size === 0) return undefined;
  const ids = [...open].map((id) => `'${String(id)}'`).join(", ");
  return badRequest(`Each tool call must be followed by a tool message with its tool_call_id; not answered: ${ids}`, "messages");
}
