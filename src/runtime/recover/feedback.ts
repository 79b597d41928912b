import type { Answer } from "../call/answer.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { ChatMessage } from "../options.js";
import { annotateJson } from "./annotate-json.js";

/** What is told again of an answer that was no JSON. */
const excerptLength = 2000;

/**
 * The messages that ask for an answer again: the model's answer as it stands in the conversation, and what is wrong with it.
 * Every tool call is answered by a message of role `tool` (API patch 2 refuses unanswered ones); in the JSON modes the user
 * speaks. Only ever made of the last failure: earlier ones cost tokens and mislead.
 */
export function feedback(error: ExtractionError, answer: Answer): readonly ChatMessage[] {
  const { tool, toolCalls, content } = answer;
  if (tool === undefined || toolCalls.length === 0) {
    // The endpoint refuses an assistant message without content; then there is nothing to refer to either.
    const said: readonly ChatMessage[] = content === "" ? [] : [{ role: "assistant", content }];
    return [...said, { role: "user", content: complaint(error, tool) }];
  }
  const calls = toolCalls.map(({ id, name, arguments: text }, index) => ({
    id: id === "" ? `call_${index}` : id,
    type: "function",
    // Chat templates parse the arguments of past calls: text that is no JSON goes into the complaint instead.
    function: { name, arguments: parsed(text) === undefined ? "{}" : text },
  }));
  return [
    { role: "assistant", content: content === "" ? null : content, tool_calls: calls },
    ...calls.map(({ id }, index) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: index === 0 ? complaint(error, tool) : "Ignored: one call is wanted.",
    })),
  ];
}

function complaint(error: ExtractionError, tool: string | undefined): string {
  const again =
    tool === undefined
      ? "Answer again with the whole corrected JSON object only."
      : `Call ${tool} once, with the whole corrected arguments.`;
  if (!InvalidOutputError.is(error)) return `${error.message} ${again}`;
  const wire = parsed(error.text);
  if (wire === undefined) {
    const excerpt = error.text.length > excerptLength ? `${error.text.slice(0, excerptLength)}…` : error.text;
    return `This is not valid JSON (${error.issues[0]?.message ?? ""}):\n${excerpt}\n${again}`;
  }
  return `The JSON is not valid; comments mark what is wrong, the rest is right (… stands for parts left out here):\n${annotateJson(wire, error.issues)}\n${again} Take every value from the text; do not invent any.`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
