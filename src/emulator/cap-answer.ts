import type { Answer, ToolCall } from "./answer.js";
import { charactersPerToken, countTokens } from "./chat-request.js";

/**
 * The answer as far as `max_completion_tokens` reaches. Reasoning counts and comes first: where it eats all there is neither content nor a
 * tool call (recorded 2025-10).
 */
export function capAnswer(answer: Answer, most: number | undefined): Answer {
  const { reasoning = "", content, toolCalls } = answer;
  const said = (content ?? "") + toolCalls.map((call) => call.arguments).join("");
  if (most === undefined || countTokens(reasoning) + countTokens(said) <= most) return answer;
  const { reasoning: _, content: __, ...rest } = answer;
  const kept = reasoning.slice(0, most * charactersPerToken);
  let left = Math.max(0, most - countTokens(reasoning)) * charactersPerToken;
  const take = (text: string): string => {
    const taken = text.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const cutContent = content === undefined ? "" : take(content);
  const cutCalls = toolCalls.flatMap((call): ToolCall[] => (left > 0 ? [{ ...call, arguments: take(call.arguments) }] : []));
  return {
    ...rest,
    ...(kept !== "" && { reasoning: kept }),
    ...(cutContent !== "" && { content: cutContent }),
    toolCalls: cutCalls,
    finishReason: "length",
  };
}
