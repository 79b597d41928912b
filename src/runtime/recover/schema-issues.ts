import type { Issue } from "../options.js";
import type { Spec } from "../spec.js";
import { describeFailures } from "./describe-failures.js";

/** What is wrong with a decoded answer by its schema; a list is judged item by item. */
export function schemaIssues(spec: Spec<unknown>, shape: "one" | "list", value: unknown): readonly Issue[] {
  if (shape === "one") return issuesOf(spec, value);
  if (!Array.isArray(value)) return [{ path: [], message: 'must be an object with the list under "items"', expected: '{ "items": […] }' }];
  return value.flatMap((item: unknown, index) => issuesOf(spec, item).map((issue) => ({ ...issue, path: [index, ...issue.path] })));
}

function issuesOf(spec: Spec<unknown>, value: unknown): readonly Issue[] {
  return spec.validate(value) ? [] : describeFailures(spec.validate.errors ?? [], value);
}
