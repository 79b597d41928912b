import { messageText, type ChatRequest } from "./chat-request.js";
import type { Reply } from "./options.js";

/** `extract_user`, `extractUser` and `User` are one name. */
export function sameName(left: string, right: string): boolean {
  return plainName(left) === plainName(right);
}

function plainName(name: string): string {
  return name
    .replace(/^(?:extract|stream|parse)(?=[_A-Z])/, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

export interface FoundReply {
  readonly reply: Reply;
  /** Of the tool or the schema that it answers for. */
  readonly name: string;
}

/**
 * The reply recorded for this name and input. User messages are tried from the last to the first (a re-ask in a JSON mode ends with
 * a user message of its own): one that is the input, else one that contains it, else a reply that names no input.
 *
 * @param names names of the tools or the schema; empty where the request names none (json_object): then a reply counts whose name the
 * system message mentions
 */
export function findReply(replies: readonly Reply[], names: readonly string[], request: ChatRequest): FoundReply | undefined {
  return findReplies(replies, names, request)[0];
}

/** All replies for this name and input, as `findReply` finds the first. */
export function findReplies(replies: readonly Reply[], names: readonly string[], request: ChatRequest): FoundReply[] {
  const inputs = request.messages.filter((message) => message["role"] === "user").map((message) => messageText(message).trim());
  inputs.reverse();
  const candidates = replies.flatMap((reply) => {
    if (reply.name === undefined) return [{ reply, name: names[0] ?? "" }];
    if (names.length === 0) return isMentioned(reply.name, request) ? [{ reply, name: reply.name }] : [];
    const name = names.find((each) => sameName(each, reply.name ?? each));
    return name === undefined ? [] : [{ reply, name }];
  });
  for (const input of inputs) {
    const exact = candidates.filter(({ reply }) => reply.input !== undefined && reply.input.trim() === input);
    if (exact.length > 0) return exact;
    const part = candidates.filter(({ reply }) => reply.input !== undefined && reply.input !== "" && input.includes(reply.input.trim()));
    if (part.length > 0) return part;
  }
  return candidates.filter(({ reply }) => reply.input === undefined);
}

function isMentioned(name: string, { messages }: ChatRequest): boolean {
  const systems = messages.filter((message) => message["role"] === "system" || message["role"] === "developer");
  const words = systems.flatMap((message) => messageText(message).match(/[\p{L}\p{N}_]+/gu) ?? []);
  return words.some((word) => sameName(word, name));
}
