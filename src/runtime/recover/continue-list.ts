import type { Answer } from "../call/answer.js";
import type { CallJob } from "../call/call-job.js";
import { decodeAnswer } from "../call/decode-answer.js";
import { isObject } from "../call/is-object.js";
import { answerText } from "../call/run-attempt.js";
import type { AttemptPlan } from "../call/running.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { TruncatedError } from "../errors/truncated-error.js";
import type { Issue } from "../options.js";
import { completePart } from "./complete-part.js";
import { conversation } from "./feedback.js";
import { continueCalls, isJoined } from "./feedback-on-calls.js";

/**
 * Asks for the rest of a list only: after an answer that was cut off (`onTruncated: "continue"`), and after any failure when
 * items have been handed out, because those can't be taken back.
 *
 * @returns what changes in the plan, `undefined` where the whole answer is to be asked for again
 */
export function continueList<R, C>(
  { spec, shape, reader, options }: CallJob<R, C>,
  plan: AttemptPlan,
  answer: Answer,
  error: ExtractionError,
): Pick<AttemptPlan, "kept" | "messages"> | undefined {
  if (shape !== "list") return undefined;
  const wire = wholeItems(answerText(answer));
  const given = (reader.handedOut?.length ?? 0) - plan.kept.length;
  const isCut = TruncatedError.is(error) && options.onTruncated === "continue";
  const items = isCut ? wire : wire.slice(0, Math.max(given, 0));
  if (items.length === 0) return plan.kept.length > 0 && !isCut ? { kept: plan.kept, messages: plan.messages } : undefined;
  const decoded = decodeAnswer(spec, shape, { items });
  // An item that is not valid is mended by asking again, not kept.
  if (!Array.isArray(decoded) || !decoded.every((item) => spec.validate(item))) return undefined;
  const kept = [...plan.kept, ...decoded];
  const problem = InvalidOutputError.is(error) ? ` What came next was not valid: ${error.issues.map(inWords).join("; ")}.` : "";
  if (isJoined(answer)) {
    const complaint = `The answer broke off after this.${problem} Call the tools again, only for what the text holds after it.`;
    return { kept, messages: continueCalls(answer, items.length, complaint) };
  }
  const again = answer.tool === undefined ? "Answer" : `Call ${answer.tool} again`;
  const complaint = `The answer broke off after these ${items.length} items, which are kept.${problem} ${again} with only the items that come after them, in the same form ({ "items": [] } if there are none).`;
  return { kept, messages: conversation(answer, JSON.stringify({ items }), complaint) };
}

function inWords({ path: [, ...path], message, received }: Issue): string {
  return `${path.length > 0 ? `${path.join(".")} ` : ""}${message}${received === undefined ? "" : ` (it was ${received})`}`;
}

function wholeItems(text: string): readonly unknown[] {
  const wire = completePart(text, 2);
  const items = isObject(wire) ? wire["items"] : wire;
  return Array.isArray(items) ? items : [];
}
