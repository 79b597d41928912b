import { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import { LimitExceededError } from "../errors/limit-exceeded-error.js";
import { Misfit } from "../json/misfit.js";
import { PastLimit } from "../json/past-limit.js";
import type { Issue } from "../options.js";
import type { Spec } from "../spec.js";
import { schemaIssues } from "./schema-issues.js";

/** The reader says what is in the way: a syntax error, a sentence, or an error of its own that knows no text. */
export function unreadable({ cause, path = [] }: Readonly<Record<string, unknown>>, text: string, spec?: Spec<unknown>): ExtractionError {
  if (cause instanceof Misfit) return new InvalidOutputError(issuesOf(cause, spec), cause.value, text, { cause });
  if (cause instanceof PastLimit) return new LimitExceededError(cause.limit, cause.used, { limited: cause.limited });
  if (ExtractionError.is(cause)) return cause;
  const message = text.trim() === "" ? "the answer is empty" : cause instanceof Error ? cause.message : String(cause);
  // The path is the lenient reader's.
  return new InvalidOutputError([{ path: path as Issue["path"], message }], undefined, text, { cause });
}

/** A streaming reader tells which item is not valid; what is wrong with it is found out here. */
function issuesOf({ message, path, value }: Misfit, spec: Spec<unknown> | undefined): readonly Issue[] {
  if (value === undefined || spec === undefined || spec.validate(value)) return [{ path, message }];
  return schemaIssues(spec, "one", value).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}
