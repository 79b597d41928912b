import type { CallJob } from "../call/call-job.js";
import type { RecordEntry } from "../call/call-record.js";
import { CallWatch } from "../call/call-watch.js";
import { totalUsage } from "../call/details.js";
import { filledSpec } from "../call/filled-spec.js";
import { hookCaller } from "../call/fire-hook.js";
import { PlainReader } from "../call/plain-reader.js";
import { startCall } from "../call/start-call.js";
import { wholeExchange } from "../call/whole-exchange.js";
import { AbortedError } from "../errors/aborted-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { LimitExceededError } from "../errors/limit-exceeded-error.js";
import type { ChatMessage, ExtractInput, ExtractOptions } from "../options.js";
import { annotateJson } from "../recover/annotate-json.js";
import { schemaIssues } from "../recover/schema-issues.js";
import type { Spec } from "../spec.js";

/** The list that an item is of. */
export interface RepairJob<C> {
  readonly spec: Spec<unknown>;
  readonly input: ExtractInput;
  readonly options: Omit<ExtractOptions<unknown, C>, "validate" | "transform">;
  /** The list's own requests so far. */
  readonly entries: readonly RecordEntry[];
  /** Those for its items. */
  readonly beside: RecordEntry[];
  readonly signal: AbortSignal;
}

/**
 * Asks for one item of a list again, alone: the input, the item as it came, and what is wrong with it.
 *
 * @returns the value, decoded, valid, and not yet revived
 * @throws {ExtractionError} when it can't be had; of an item that stays invalid the issues begin with its index
 */
export async function repairItem<C>(job: RepairJob<C>, value: unknown, index: number): Promise<unknown> {
  const { spec, input, options, signal } = job;
  const issues = schemaIssues(spec, "one", value);
  const placed = issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
  const refused = new InvalidOutputError(placed, value, JSON.stringify(value));
  const { maxRetries = 2, maxTotalTokens: limit = Number.POSITIVE_INFINITY } = options;
  if (!(await mayGoOn(job, refused, maxRetries)) || maxRetries < 1) throw refused;
  if (signal.aborted) throw new AbortedError(signal.reason);
  // Places of `narrow` are an item's, of a list as well.
  const one: ExtractOptions<unknown, C> = { ...options, maxRetries: maxRetries - 1, signal };
  const plain = withoutRevival(filledSpec(spec, options));
  const messages: readonly ChatMessage[] = typeof input === "string" ? [{ role: "user", content: input }] : input;
  const entries: RecordEntry[] = [];
  const call: CallJob<unknown, C> = {
    spec: plain,
    shape: "one",
    input: [...messages, { role: "user", content: complaint(value, issues) }],
    options: one,
    reader: new PlainReader(plain, "one", one),
    exchange: wholeExchange,
    entries,
    // What it may use is what the list and its other items have left.
    beside: [...job.entries, ...job.beside],
    isPart: true,
  };
  const used = totalUsage({ startedAt: 0, job: call, entries })?.totalTokens ?? 0;
  if (used >= limit) throw new LimitExceededError(limit, used, { cause: refused });
  try {
    return (await startCall(call)).value;
  } catch (error) {
    if (!InvalidOutputError.is(error)) throw error;
    const still = error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
    throw new InvalidOutputError(still, error.value, error.text, { cause: error });
  } finally {
    job.beside.push(...entries);
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

/** Asks the hook, for as long as the list waits for it. */
async function mayGoOn<C>({ options: { hooks }, signal }: RepairJob<C>, error: InvalidOutputError, maxRetries: number): Promise<boolean> {
  if (hooks === undefined) return true;
  const watch = new CallWatch({ signal, timeout: Number.POSITIVE_INFINITY, idleTimeout: Number.POSITIVE_INFINITY });
  const { value, issues } = error;
  const event = { attempt: 1, isLastAttempt: maxRetries < 1, value, retryCount: 0, issues, error };
  try {
    return (await hookCaller(hooks, watch)("onValidationError", event)) !== false;
  } finally {
    watch.close();
  }
}
