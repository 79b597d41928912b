import type { Answer } from "../call/answer.js";
import { answerText } from "../call/run-attempt.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { ChatMessage, Issue } from "../options.js";
import { annotateJson } from "./annotate-json.js";
import { completePart } from "./complete-part.js";
import { feedbackOnCalls, isJoined, type SaidAt } from "./feedback-on-calls.js";
import { parsed } from "./parsed.js";
import { toolTurn } from "./tool-turn.js";

/** What is told again of an answer that was no JSON. */
const excerptLength = 2000;

/**
 * The messages that ask for an answer again: the model's answer as it stands in the conversation, and what is wrong with it.
 * Only ever made of the last failure: earlier ones cost tokens and mislead.
 *
 * @param saidAt of a list, where the answer has the item that stands at an index of the value; absent where the answer is no list
 */
export function feedback(error: ExtractionError, answer: Answer, saidAt?: SaidAt): readonly ChatMessage[] {
  if (isJoined(answer)) return feedbackOnCalls(error, answer, saidAt ?? ((index) => index));
  return conversation(answer, answerText(answer), complaint(error, answer, saidAt));
}

/**
 * The model's answer and our reply to it. Every tool call is answered by a message of role `tool` (API patch 2 refuses
 * unanswered ones); in the JSON modes, and where no tool was called, the user speaks.
 *
 * @param text the answer's text as it is to stand in the conversation
 */
export function conversation({ tool, toolCalls, content }: Answer, text: string, reply: string): readonly ChatMessage[] {
  if (tool === undefined || toolCalls.length === 0) {
    const said = tool === undefined ? text : content;
    // The endpoint refuses an assistant message without content; then there is nothing to refer to either.
    return [...(said === "" ? [] : [{ role: "assistant", content: said } as const]), { role: "user", content: reply }];
  }
  const [first, ...others] = toolCalls;
  const calls = first === undefined ? [] : [{ ...first, arguments: text }, ...others];
  return toolTurn(content, calls, (index) => (index === 0 ? reply : "Ignored: one call is wanted."));
}

function complaint(error: ExtractionError, { tool, joined }: Answer, saidAt: SaidAt | undefined): string {
  const again =
    tool === undefined
      ? "Answer again with the whole corrected JSON object only."
      : joined
        ? "Call the tool that fits, once for each thing that the text holds."
        : `Call ${tool} once, with the whole corrected arguments.`;
  if (!InvalidOutputError.is(error)) return `${error.message} ${again}`;
  const { text, issues } = error;
  const isPlaced = issues.some(({ path }) => path.length > 0);
  const wire = parsed(text) ?? (isPlaced ? completePart(text) : undefined);
  if (wire === undefined) {
    const excerpt = text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;
    return `This is not valid JSON (${issues[0]?.message ?? ""}):\n${excerpt}\n${again}`;
  }
  const marked = annotateJson(
    wire,
    saidAt === undefined ? issues : issues.map((issue) => ({ ...issue, path: itemPath(wire, issue.path, saidAt) })),
  );
  const legend = marked.includes("…")
    ? "comments mark what is wrong, the rest is right; … stands for right parts left out here"
    : "comments mark what is wrong, the rest is right";
  return `The JSON is not valid; ${legend}:\n${marked}\n${again} Take every value from the text; do not invent any.`;
}

/** A list's path begins with the item's index; the answer has its items under `items`, mostly. */
function itemPath(wire: unknown, [index, ...rest]: Issue["path"], saidAt: SaidAt): Issue["path"] {
  if (typeof index !== "number") return [];
  return [...(Array.isArray(wire) ? [] : ["items"]), saidAt(index), ...rest];
}
