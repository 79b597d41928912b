import type { Check, CheckResult, ExtractOptions, Issue } from "../options.js";
import { Fault } from "./fault.js";
import { narrowIssues } from "./narrow.js";

/** Judges a valid value by the caller's checks and by `narrow`, and transforms it. @throws {Fault} `unchecked`, or `caller` when the caller's code fails */
export async function judgeFurther<R, C>(shape: "one" | "list", options: ExtractOptions<R, C>, value: R): Promise<R> {
  const { validate: checks = [], transform, narrow } = options;
  // Without a context the type argument is `unknown`: the caller's code gets what it declared to expect.
  const context = options.context as C;
  const list: readonly Check<R, C>[] = typeof checks === "function" ? [checks] : checks;
  const results = await callerCode("validate", () => Promise.all(list.map(async (check) => check(value, context))));
  const issues = results.flatMap(issuesOf);
  if (narrow !== undefined) issues.push(...narrowIssues(value, shape, narrow));
  if (issues.length > 0) throw new Fault("unchecked", { value, issues });
  return transform === undefined ? value : callerCode("transform", () => transform(value, context));
}

async function callerCode<V>(message: string, run: () => V | Promise<V>): Promise<V> {
  try {
    return await run();
  } catch (cause) {
    throw new Fault("caller", { message, cause });
  }
}

function issuesOf(result: CheckResult): Issue | readonly Issue[] {
  if (result === undefined || result === true) return [];
  if (typeof result === "object") return result;
  return { path: [], message: result === false ? "does not pass the caller's check" : result };
}
