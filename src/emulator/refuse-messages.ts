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
export function refuseMessages(messages: unknown, vision: boolean): ApiError | undefined {
  if (!Array.isArray(messages)) return badRequest("messages: property 'messages' is missing", "validation_error");
  if (messages.length === 0) return badRequest("messages: at least one message is required", "messages");
  for (const [index, message] of messages.entries()) {
    const refusal = refuseMessage(message, index);
    if (refusal) return refusal;
  }
  return refuseToolTurns(messages.filter(isFields)) ?? refuseImages(messages.filter(isFields), vision);
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

const imagePattern = /^data:image\/(?:png|jpeg);base64,/;
const mostImages = 5;

/** Images by the documented rules: of models that see, from the user, as base64 of PNG or JPEG, five at most. The wording is not recorded. */
function refuseImages(messages: readonly Fields[], vision: boolean): ApiError | undefined {
  let count = 0;
  for (const [index, { role, content }] of messages.entries()) {
    for (const [at, part] of (Array.isArray(content) ? content : []).entries()) {
      const place = `messages.${index}.${String(role)}.content.${at}`;
      const type = member(part, "type");
      if (type === "text") continue;
      if (type !== "image_url") return badRequest(`${place}.type: Input should be 'text' or 'image_url'`, "validation_error");
      if (!vision) return badRequest(`${place}: this model does not support image input`, "messages");
      if (role !== "user") return badRequest(`${place}: images are only allowed in user messages`, "messages");
      const url = member(member(part, "image_url"), "url");
      if (typeof url !== "string" || !imagePattern.test(url)) {
        return badRequest(`${place}.image_url.url: must be a base64 data URI of a PNG or JPEG image`, "messages");
      }
      if (++count > mostImages) return badRequest(`messages: at most ${mostImages} images are allowed in a request`, "messages");
    }
  }
  return undefined;
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
