import { detailsOf, type FinishedCall } from "../call/details.js";
import { filledSpec } from "../call/filled-spec.js";
import { PlainReader } from "../call/plain-reader.js";
import { startCall } from "../call/start-call.js";
import { sum } from "../call/usage.js";
import { wholeExchange } from "../call/whole-exchange.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { ChatMessage, ExtractInput, ExtractionDetails, ExtractOptions, Hooks } from "../options.js";
import { annotateJson } from "../recover/annotate-json.js";
import { schemaIssues } from "../recover/schema-issues.js";
import type { Spec } from "../spec.js";

/** The list that an item is of. */
export interface RepairJob<C> {
  readonly spec: Spec<unknown>;
  readonly input: ExtractInput;
  readonly options: Omit<ExtractOptions<unknown, C>, "validate" | "transform">;
  readonly signal: AbortSignal;
}

/**
 * Asks for one item of a list again, alone: the input, the item as it came, and what is wrong with it. The value is decoded, valid, and
 * not yet revived.
 *
 * @throws {ExtractionError} when it can't be had; of an item that stays invalid the issues begin with its index
 */
export async function repairItem<C>(
  { spec, input, options, signal }: RepairJob<C>,
  value: unknown,
  index: number,
): Promise<FinishedCall<unknown>> {
  const issues = schemaIssues(spec, "one", value);
  const placed = issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
  const refused = new InvalidOutputError(placed, value, JSON.stringify(value));
  const { maxRetries = 2, hooks } = options;
  if ((await mayGoOn(hooks, value, refused, maxRetries)) === false || maxRetries < 1) throw refused;
  // Places of `narrow` are an item's, of a list as well.
  const one: ExtractOptions<unknown, C> = { ...options, maxRetries: maxRetries - 1, signal };
  const plain = withoutRevival(filledSpec(spec, options));
  const messages: readonly ChatMessage[] = typeof input === "string" ? [{ role: "user", content: input }] : input;
  try {
    return await startCall<unknown, C>({
      spec: plain,
      shape: "one",
      input: [...messages, { role: "user", content: complaint(value, issues) }],
      options: one,
      reader: new PlainReader(plain, "one", one),
      exchange: wholeExchange,
    });
  } catch (error) {
    if (!InvalidOutputError.is(error)) throw error;
    const still = error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
    throw new InvalidOutputError(still, error.value, error.text, { cause: error });
  }
}

function complaint(value: unknown, issues: InvalidOutputError["issues"]): string {
  const marked = annotateJson(value, issues);
  return `Of the items in this text, one was read as follows, which is not valid; comments mark what is wrong:\n${marked}\nGive this one item again, whole and corrected, and no other. Take every value from the text; do not invent any.`;
}

/** The list's own reviving comes later, for all items. */
function withoutRevival(spec: Spec<unknown>): Spec<unknown> {
  const { revive: _, ...rest } = spec;
  return rest;
}

async function mayGoOn(hooks: Hooks | undefined, value: unknown, error: InvalidOutputError, maxRetries: number): Promise<boolean | void> {
  try {
    return await hooks?.onValidationError?.({
      attempt: 1,
      isLastAttempt: maxRetries < 1,
      value,
      retryCount: 0,
      issues: error.issues,
      error,
    });
  } catch (thrown) {
    hooks?.onHookError?.({ hook: "onValidationError", error: thrown });
  }
}

/** The details of a list, with the calls that mended its items. */
export function addCalls<R>(details: ExtractionDetails<R>, calls: readonly FinishedCall<unknown>[]): ExtractionDetails<R> {
  let { usage, timing } = details;
  const attempts = [...details.attempts];
  for (const call of calls) {
    const told = detailsOf(call);
    if (told.usage !== undefined) usage = sum(usage, told.usage);
    // The repairs ran while the list did: the wall is the list's.
    timing = { ...sum(timing, told.timing), wallTime: timing.wallTime };
    for (const attempt of told.attempts) attempts.push({ ...attempt, attempt: attempts.length + 1 });
  }
  return { ...details, ...(usage && { usage }), timing, attempts, invalidItems: { skipped: 0, repaired: calls.length } };
}
