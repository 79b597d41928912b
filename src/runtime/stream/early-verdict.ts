import { Fault } from "../call/fault.js";
import type { JsonScanner } from "../json/json-scanner.js";
import { memberPath } from "../json/member-path.js";
import { describeFailures } from "../recover/describe-failures.js";
import { pathOf, valueAt } from "../recover/path.js";
import type { ValidationFailure, Validator } from "../spec.js";
import type { StreamJob } from "./stream-call.js";
import type { PartRefused } from "./stream-watch.js";

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

/**
 * Judges what has arrived: the value so far, or the item of a list that is being read; the items before it were judged when they closed.
 *
 * @param itemIndex of that item, in the answer
 * @throws {Fault} `unchecked` where it can't become valid any more
 */
export function judgeGrowth(
  scanner: JsonScanner,
  { spec, shape }: Pick<StreamJob<unknown, unknown>, "spec" | "shape">,
  itemIndex: number,
): void {
  const { frames, depth } = scanner;
  const whole = scanner.snapshot();
  const { path } = memberPath(frames, depth);
  const growing = scanner.growing ? path : undefined;
  if (shape === "one") return whole === undefined ? undefined : refuse(spec.validate, { value: whole, growing }, []);
  const [index] = path;
  const value: unknown = Array.isArray(whole) && typeof index === "number" ? whole[index] : undefined;
  if (value !== undefined) refuse(spec.validate, { value, growing: growing?.slice(1) }, [itemIndex]);
}

function refuse(validate: Validator, growing: GrowingValue, place: readonly (string | number)[]): void {
  const failures = definiteFailures(validate, growing);
  if (failures.length > 0) throw unchecked(failures, growing.value, place);
}

/** @throws {Fault} `unchecked`, with what is wrong with the part */
export function refusePart({ validate, value, path }: PartRefused): never {
  // Asked again: a validator's errors hold until its next call only.
  validate(value);
  throw unchecked(validate.errors ?? [], value, path);
}

function unchecked(failures: readonly ValidationFailure[], value: unknown, place: readonly (string | number)[]): Fault {
  const issues = describeFailures(failures, value).map((issue) => ({ ...issue, path: [...place, ...issue.path] }));
  return new Fault("unchecked", { value, issues });
}
