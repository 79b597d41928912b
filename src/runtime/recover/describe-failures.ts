import type { Issue } from "../options.js";
import type { ValidationFailure } from "../spec.js";
import { pathOf, shorten, typeName, valueAt } from "./path.js";
import { foldUnions } from "./fold-unions.js";
import { failureText } from "./failure-text.js";

/** More than this a model does not mend at once, and the request grows with each. */
const mostIssues = 20;

/** What a validator found, as issues a model can mend; the failures of a union's branches become one. */
export function describeFailures(failures: readonly ValidationFailure[], value: unknown): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const failure of foldUnions(failures)) {
    const path = pathOf(failure.instancePath, value);
    const received = valueAt(value, path);
    const issue = { path, ...failureText(failure, received), received: received === undefined ? "nothing" : shorten(received) };
    const key = JSON.stringify([path, issue.message]);
    if (seen.has(key)) continue;
    seen.add(key);
    if (issues.length === mostIssues) {
      issues.push({ path: [], message: "and more of the same kind" });
      break;
    }
    issues.push(issue);
  }
  return issues.length > 0 ? issues : [{ path: [], message: `is not valid`, received: typeName(value) }];
}
