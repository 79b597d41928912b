import { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { describeFailures } from "../issues/describe-failures.js";
import type { Check, CheckResult, Issue } from "../options.js";
import type { Spec } from "../spec.js";
import type { CallJob } from "./call-job.js";

/**
 * Judges a decoded answer by the schema, makes the caller's type of it, judges that by the caller's checks, transforms it.
 *
 * @throws {InvalidOutputError} when it is not valid; {ExtractionError} when the caller's own code fails
 */
export async function judgeValue<R, C>({ spec, shape, options }: CallJob<R, C>, decoded: unknown, text: string): Promise<R> {
  const wrong = schemaIssues(spec, shape, decoded);
  if (wrong.length > 0) throw new InvalidOutputError(wrong, decoded, text);
  const { revive } = spec;
  const revived = revive === undefined ? decoded : shape === "list" && Array.isArray(decoded) ? decoded.map(revive) : revive(decoded);
  // Parse boundary: the generated validator has proved the shape. Without a context the type argument is `unknown`.
  const value = revived as R;
  const context = options.context as C;
  const failed = await checkIssues(options.validate, value, context);
  if (failed.length > 0) throw new InvalidOutputError(failed, value, text);
  try {
    return options.transform === undefined ? value : await options.transform(value, context);
  } catch (cause) {
    throw callerFailed("transform", cause);
  }
}

/** Judges a decoded answer by the schema; a list item by item. @returns what is wrong, empty for a valid value */
function schemaIssues(spec: Spec<unknown>, shape: "one" | "list", value: unknown): readonly Issue[] {
  if (shape === "one") return issuesOf(spec, value);
  if (!Array.isArray(value)) return [{ path: [], message: 'must be an object with the list under "items"', expected: '{ "items": […] }' }];
  return value.flatMap((item: unknown, index) => issuesOf(spec, item).map((issue) => ({ ...issue, path: [index, ...issue.path] })));
}

function issuesOf(spec: Spec<unknown>, value: unknown): readonly Issue[] {
  if (spec.validate(value)) return [];
  return describeFailures(spec.validate.errors ?? [], value);
}

/** Runs the caller's checks, all at once. @throws {ExtractionError} when a check itself fails */
async function checkIssues<T, C>(
  checks: Check<T, C> | readonly Check<T, C>[] | undefined,
  value: T,
  context: C,
): Promise<readonly Issue[]> {
  if (checks === undefined) return [];
  const list: readonly Check<T, C>[] = typeof checks === "function" ? [checks] : checks;
  const results = await Promise.all(
    list.map(async (check) => {
      try {
        return issuesOfResult(await check(value, context));
      } catch (cause) {
        throw callerFailed("validate", cause);
      }
    }),
  );
  return results.flat();
}

function issuesOfResult(result: CheckResult): readonly Issue[] {
  if (result === undefined || result === true) return [];
  if (result === false) return [{ path: [], message: "does not pass the caller's check" }];
  if (typeof result === "string") return [{ path: [], message: result }];
  return isIssue(result) ? [result] : result;
}

function isIssue(result: Issue | readonly Issue[]): result is Issue {
  return !Array.isArray(result);
}

function callerFailed(option: string, cause: unknown): ExtractionError {
  return ExtractionError.is(cause) ? cause : new ExtractionError(`Option ${option} threw: ${String(cause)}`, { cause });
}
