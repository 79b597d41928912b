import { ExtractionError } from "../errors/extraction-error.js";
import { InvalidOutputError } from "../errors/invalid-output-error.js";
import type { Issue } from "../options.js";
import type { Spec } from "../spec.js";
import { schemaIssues } from "./schema-issues.js";

/** The reader says what is in the way: a syntax error, a sentence, or an error of its own that knows no text. */
export function unreadable({ cause, path = [] }: Readonly<Record<string, unknown>>, text: string, spec?: Spec<unknown>): ExtractionError {
  if (InvalidOutputError.is(cause) && cause.text === "")
    return new InvalidOutputError(itemIssues(cause, spec), cause.value, text, { cause });
  if (ExtractionError.is(cause)) return cause;
  const message = text.trim() === "" ? "the answer is empty" : cause instanceof Error ? cause.message : String(cause);
  // The path is the lenient reader's.
  return new InvalidOutputError([{ path: path as Issue["path"], message }], undefined, text, { cause });
}

/** A streaming reader tells which item is not valid; what is wrong with it is found out here. */
function itemIssues({ issues, value }: InvalidOutputError, spec: Spec<unknown> | undefined): readonly Issue[] {
  const [place] = issues;
  if (value === undefined || spec === undefined || place === undefined || spec.validate(value)) return issues;
  return schemaIssues(spec, "one", value).map((issue) => ({ ...issue, path: [...place.path, ...issue.path] }));
}
