import type { Answer } from "../call/answer.js";
import type { JoinedCalls } from "../call/joined-calls.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { ChatMessage, Issue } from "../options.js";
import { annotateJson } from "./annotate-json.js";
import { parsed } from "./parsed.js";
import { toolTurn } from "./tool-turn.js";

/** An answer of several calls, each an item of the list (`call/joined-calls.ts`). */
export type JoinedAnswer = Answer & { readonly joined: JoinedCalls };

export function isJoined(answer: Answer): answer is JoinedAnswer {
  return answer.joined !== undefined && answer.toolCalls.length > 0;
}

/** Where an answer has the item that stands at an index of the value. */
export type SaidAt = (index: number) => number;

/** Asks for all calls again: each is answered with what is wrong with it. */
export function feedbackOnCalls(error: ExtractionError, answer: JoinedAnswer, saidAt: SaidAt): readonly ChatMessage[] {
  const { joined, toolCalls } = answer;
  const issues = InvalidOutputError.is(error) ? error.issues : [];
  const items = joined.itemsOf(toolCalls);
  const replies = toolCalls.map((call) => {
    if (!joined.knows(call.name)) return `There is no tool ${call.name}.`;
    const wire = parsed(call.arguments);
    if (wire === undefined) return "The arguments are not valid JSON.";
    const index = items.indexOf(call);
    // The item is the tag and the arguments as its `value`.
    const own = issues.flatMap((issue) =>
      typeof issue.path[0] === "number" && saidAt(issue.path[0]) === index ? [{ ...issue, path: issue.path.slice(2) }] : [],
    );
    return own.length === 0 ? "Right." : `Not valid; comments mark what is wrong, the rest is right:\n${annotateJson(wire, own)}`;
  });
  const ofAll = issues.flatMap(({ path, message }: Issue) => (typeof path[0] === "number" ? [] : [` As a whole: ${message}.`]));
  const end = `Call the tools again for all that the text holds, the right ones too, with whole corrected arguments.${ofAll.join("")} Take every value from the text; do not invent any.`;
  const last = replies.length - 1;
  return toolTurn(answer.content, toolCalls, (index) => (replies[index] ?? "") + (index === last ? `\n\n${end}` : ""));
}

/** Asks for what comes after the first `count` items, which are kept. */
export function continueCalls(answer: JoinedAnswer, count: number, complaint: string): readonly ChatMessage[] {
  const calls = answer.joined.itemsOf(answer.toolCalls).slice(0, count);
  return toolTurn(answer.content, calls, (index) => (index === calls.length - 1 ? `Kept. ${complaint}` : "Kept."));
}
