import type { Check, Issue } from "../options.js";
import type { CallJob } from "./call-job.js";
import { checkedValue, issuesOf, specIssues } from "./check-results.js";
import { Fault } from "./fault.js";
import { narrowIssues } from "./narrow.js";

/**
 * Judges a valid value by `narrow`, then by the spec's checks and the caller's, and transforms it.
 *
 * @param decoded what `value` was made of
 * @throws {Fault} `unchecked`, or `caller` when a check or the transform fails
 */
export async function judgeFurther<R, C>({ spec, shape, options }: CallJob<R, C>, value: R, decoded: unknown): Promise<R> {
  const { validate: checks = [], transform, narrow } = options;
  // Without a context the type argument is `unknown`: the caller's code gets what it declared to expect.
  const context = options.context as C;
  // A check is written for values that the call takes.
  if (narrow !== undefined) refuse(value, narrowIssues(value, shape, narrow));
  const list: readonly Check<R, C>[] = typeof checks === "function" ? [checks] : checks;
  const ofSpec = await callerCode("checks", () => specIssues(spec, shape, checkedValue(spec, shape, decoded, value), context));
  const ofCall = await callerCode("validate", () => Promise.all(list.map(async (check) => issuesOf(await check(value, context)))));
  refuse(value, [...ofSpec, ...ofCall.flat()]);
  return transform === undefined ? value : callerCode("transform", () => transform(value, context));
}

function refuse(value: unknown, issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Fault("unchecked", { value, issues });
}

async function callerCode<V>(message: string, run: () => V | Promise<V>): Promise<V> {
  try {
    return await run();
  } catch (cause) {
    throw new Fault("caller", { message, cause });
  }
}
