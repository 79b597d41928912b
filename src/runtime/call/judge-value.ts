import type { Check, CheckResult, ExtractOptions, Issue } from "../options.js";
import type { CallJob } from "./call-job.js";
import { Fault } from "./fault.js";

/**
 * Judges a decoded answer by the schema, makes the caller's type of it, judges that by the caller's checks, transforms it.
 *
 * @throws {Fault} `invalid`, `unchecked`, or `caller` when the caller's own code fails
 */
export function judgeValue<R, C>({ spec, shape, options }: CallJob<R, C>, decoded: unknown): R | Promise<R> {
  const { revive, validate } = spec;
  const isList = shape === "list";
  const isValid = isList ? Array.isArray(decoded) && decoded.every((item) => validate(item)) : validate(decoded);
  if (!isValid) throw new Fault("invalid", { value: decoded });
  const revived = revive === undefined ? decoded : isList && Array.isArray(decoded) ? decoded.map((item) => revive(item)) : revive(decoded);
  // Parse boundary: the generated validator has proved the shape.
  const value = revived as R;
  const { validate: checks, transform, narrow } = options;
  return checks === undefined && transform === undefined && narrow === undefined ? value : judgeFurther(shape, options, value);
}

async function judgeFurther<R, C>(shape: "one" | "list", options: ExtractOptions<R, C>, value: R): Promise<R> {
  const { validate: checks = [], transform, narrow } = options;
  // Without a context the type argument is `unknown`: the caller's code gets what it declared to expect.
  const context = options.context as C;
  const list: readonly Check<R, C>[] = typeof checks === "function" ? [checks] : checks;
  const results = await callerCode("validate", () => Promise.all(list.map(async (check) => check(value, context))));
  const issues = results.flatMap(issuesOf);
  if (narrow !== undefined) issues.push(...(await import("./narrow.js")).narrowIssues(value, shape, narrow));
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
