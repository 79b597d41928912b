import type { Answer, ToolCall } from "./answer.js";
import { isFields } from "../samples/fields.js";
import { hexDigits, type Random } from "../samples/random.js";
import type { AnswerFault } from "./scenario.js";

/** The answer with the fault in it. */
export function applyAnswerFault(answer: Answer, fault: AnswerFault, random: Random): Answer {
  switch (fault.kind) {
    case "malformed-json":
      return rewrite(answer, (text) =>
        fault.style === "garbage" ? "I could not find anything of that kind." : text.slice(0, Math.max(1, text.length - 2)),
      );
    case "invalid-value":
      return rewrite(answer, spoil);
    case "no-tool-call": {
      const { content: _, ...rest } = answer;
      return { ...rest, content: fault.text ?? "Here is what I found.", toolCalls: [], finishReason: "stop" };
    }
    case "second-tool-call": {
      const [first] = answer.toolCalls;
      if (!first) return answer;
      const text = fault.value === undefined ? first.arguments : JSON.stringify(fault.value);
      return { ...answer, toolCalls: [...answer.toolCalls, { ...first, id: hexDigits(random, 9), arguments: text }] };
    }
    case "wrong-tool-name":
      return { ...answer, toolCalls: lastCall(answer, (call) => ({ ...call, name: fault.name ?? "no_such_tool" })) };
    case "finish-length":
      return cutAnswer(answer, fault.after, "length");
    case "content-filter":
      return cutAnswer(answer, fault.after ?? 0, "content_filter");
    case "empty-answer": {
      const { content: _, ...rest } = answer;
      return { ...rest, toolCalls: [], finishReason: "stop" };
    }
  }
}

/** The same answer with another text where its JSON was; of several calls, of the last. */
function rewrite(answer: Answer, change: (text: string) => string): Answer {
  const toolCalls = lastCall(answer, (call) => ({ ...call, arguments: change(call.arguments) }));
  return toolCalls.length > 0 || answer.content === undefined ? { ...answer, toolCalls } : { ...answer, content: change(answer.content) };
}

function lastCall({ toolCalls }: Answer, change: (call: ToolCall) => ToolCall): readonly ToolCall[] {
  return toolCalls.map((call, index) => (index === toolCalls.length - 1 ? change(call) : call));
}

/** Keeps so many characters of the text; with 0, neither content nor tool call is left (recorded: a budget eaten by reasoning). */
function cutAnswer(answer: Answer, after: number | undefined, finishReason: Answer["finishReason"]): Answer {
  const { content: _, ...rest } = answer;
  if (after === 0) return { ...rest, toolCalls: [], finishReason };
  return { ...rewrite(answer, (text) => text.slice(0, after ?? Math.floor(text.length / 2))), finishReason };
}

/** Puts an object where a scalar was, or a text where there was none, at the first property. */
function spoil(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (!isFields(value)) return JSON.stringify({ unexpected: true });
  const [first] = Object.keys(value);
  if (first === undefined) return JSON.stringify({ ...value, unexpected: true });
  const wrong = typeof value[first] === "object" && value[first] !== null ? "not what the schema asks for" : { unexpected: true };
  return JSON.stringify({ ...value, [first]: wrong });
}
