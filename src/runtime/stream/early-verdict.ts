import { Fault } from "../call/fault.js";
import { describeFailures } from "../recover/describe-failures.js";
import { pathOf, valueAt } from "../recover/path.js";
import type { ValidationFailure, Validator } from "../spec.js";

/** What is being read. */
export interface GrowingValue {
  readonly value: unknown;
  /** Where a string may still grow, if one does. */
  readonly growing: readonly (string | number)[] | undefined;
}

/** Fail as long as something is missing, and say nothing of what they try: nothing at or below their place is certain. */
const uncertain: ReadonlySet<string> = new Set(["anyOf", "oneOf", "not", "if", "contains", "propertyNames"]);

/** What no further member of a container can mend. */
const lasting: ReadonlySet<string> = new Set(["type", "additionalProperties", "maxItems", "maxProperties"]);

/**
 * What is wrong already with a value of which more is to come, and will be wrong whatever comes: leaves that are complete and not
 * valid, members that may not be there. A value that is refused here is refused as a whole (promise 9).
 */
export function definiteFailures(validate: Validator, { value, growing }: GrowingValue): readonly ValidationFailure[] {
  if (validate(value)) return [];
  const failures = validate.errors ?? [];
  const doubts = failures.filter(({ keyword }) => uncertain.has(keyword)).map(({ instancePath }) => instancePath);
  const open = growing && JSON.stringify(growing);
  return failures.filter(({ keyword, instancePath }) => {
    if (doubts.some((place) => instancePath === place || instancePath.startsWith(`${place}/`))) return false;
    const path = pathOf(instancePath, value);
    const found = valueAt(value, path);
    if (typeof found === "object" && found !== null) return lasting.has(keyword);
    return JSON.stringify(path) !== open;
  });
}

/** @throws {Fault} `unchecked` where the value can't become valid any more; issues begin with `place`, where it stands in the answer */
export function refuseEarly(validate: Validator, growing: GrowingValue, place: readonly (string | number)[] = []): void {
  const failures = definiteFailures(validate, growing);
  if (failures.length === 0) return;
  const { value } = growing;
  const issues = describeFailures(failures, value).map((issue) => ({ ...issue, path: [...place, ...issue.path] }));
  throw new Fault("unchecked", { value, issues });
}
