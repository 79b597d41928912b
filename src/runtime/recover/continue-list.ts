import type { Answer } from "../call/answer.js";
import type { CallJob } from "../call/call-job.js";
import { isObject } from "../call/is-object.js";
import { answerText } from "../call/run-attempt.js";
import type { AttemptPlan } from "../call/running.js";
import type { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { TruncatedError } from "../errors/truncated-error.js";
import type { Issue } from "../options.js";
import { completeItems } from "./complete-part.js";
import { conversation } from "./feedback.js";
import { continueCalls, isJoined } from "./feedback-on-calls.js";

/** What changes in the plan; without `kept`, the list begins anew. */
export interface Continuation extends Pick<AttemptPlan, "messages"> {
  readonly kept: readonly unknown[] | undefined;
}

/**
 * Asks for the rest of a list only: after an answer that was cut off (`onTruncated: "continue"`), and after any failure when
 * items have been handed out, because those can't be taken back. Items that are not valid are asked for again, or, where that is the
 * reader's own business (`onInvalidItem`), not kept.
 *
 * @returns `undefined` where the whole answer is to be asked for again
 */
export function continueList<R, C>(
  { spec, shape, reader, options }: CallJob<R, C>,
  plan: AttemptPlan,
  answer: Answer,
  error: ExtractionError,
): Continuation | undefined {
  if (shape !== "list") return undefined;
  const isCut = TruncatedError.is(error) && options.onTruncated === "continue";
  const { items: seen } = reader;
  const continues = isCut || (seen !== undefined && (plan.kept !== undefined || seen.given > 0));
  const settled = (text: string): readonly unknown[] => wholeItems(text).slice(0, seen?.settled);
  let whole = continues ? settled(answerText(answer)) : [];
  if (continues && seen !== undefined && whole.length < seen.settled) {
    whole = settled(reader.json ?? "");
    // The text was not kept, or does not say what the reader has made of it.
    if (whole.length < seen.settled) return isCut ? undefined : { kept: undefined, messages: [] };
  }
  const decoded = whole.map((item) => spec.decode(item));
  // What a stream's reader has settled without keeping it is not asked for again.
  const wrong = seen === undefined ? decoded.findIndex((item) => !spec.validate(item)) : -1;
  const items = whole.slice(0, wrong < 0 ? undefined : wrong);
  if (items.length === 0) return plan.kept !== undefined && !isCut ? { kept: plan.kept, messages: plan.messages } : undefined;
  const valid = decoded.slice(0, items.length).filter((item) => spec.validate(item));
  // What a reader has built stays: it may be in somebody's hands, made into something else. One that reads once more has not got as far.
  const built = seen === undefined || reader.json !== undefined ? valid : reader.partial();
  const kept = [...(plan.kept ?? []), ...(Array.isArray(built) && built.length >= valid.length ? built.slice(0, valid.length) : valid)];
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

/** The items of a list that are whole in the text of an answer. */
export function wholeItems(text: string): readonly unknown[] {
  const wire = completeItems(text);
  const items = isObject(wire) ? wire["items"] : wire;
  return Array.isArray(items) ? items : [];
}
