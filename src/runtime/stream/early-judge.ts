import { Fault } from "../call/fault.js";
import { type MemberPath, memberPath } from "../json/member-path.js";
import { describeFailures } from "../recover/describe-failures.js";
import { pathOf, pointerOf, valueAt } from "../recover/path.js";
import type { ValidationFailure, Validator } from "../spec.js";
import type { Readable } from "./consumer.js";
import { PartRefused } from "./part-refused.js";

type Path = readonly (string | number)[];

/** Fail as long as something is missing, and say nothing of what they try: nothing at or below their place is certain. */
const uncertain: ReadonlySet<string> = new Set(["anyOf", "oneOf", "not", "if", "contains", "propertyNames"]);

/** What no further member of a container can mend. */
const lasting: ReadonlySet<string> = new Set(["type", "additionalProperties", "maxItems", "maxProperties"]);

/**
 * Judges an answer while it arrives, and refuses what can't become valid any more: promise 9 holds, refused early is refused as a whole.
 *
 * Each part is judged when it closes, by itself: put into a value that has nothing but the way to it, so that the cost of a part does not
 * grow with what came before it. What that can't see, too many members of an open container, is looked for each time that the answer has
 * grown by an eighth. All in all the work is linear in the answer.
 */
export class EarlyJudge {
  readonly #call: Readable;
  /** UTF-16 units of this answer so far, and how many there must be for the next look at the whole. */
  #length = 0;
  #next = 64;

  constructor(call: Readable) {
    this.#call = call;
  }

  restart(): void {
    this.#length = 0;
    this.#next = 64;
  }

  /** A part is complete, with its defaults. @throws {PartRefused} */
  closed({ path, pointer }: MemberPath, part: unknown): void {
    const own = this.#validatorAt(pointer, path.length);
    if (own !== undefined) return refuse(failuresOf(own, part), part, this.#place(path));
    // A place in a list says nothing outside of it: lists are judged from their items on, and whole when they close.
    const start = path.map((step) => typeof step).lastIndexOf("number") + 1;
    const validate = this.#validatorAt(pointer.split("/", start + 1).join("/"), start);
    if (validate === undefined || start === path.length) return;
    const keys = path.slice(start).map(String);
    const alone = keys.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), part);
    refuse(partFailures(validate, keys, alone), alone, this.#place(path.slice(0, start)));
  }

  /** So many more characters have been read. @throws {PartRefused} */
  wrote(length: number): void {
    this.#length += length;
    if (this.#length < this.#next) return;
    this.#next = this.#length * 1.125;
    const { scanner, job } = this.#call;
    const whole = scanner.snapshot();
    const { path } = memberPath(scanner.frames, scanner.depth);
    const start = job.shape === "list" ? 1 : 0;
    // Of a list, the item that is being read: those before it were judged when they closed.
    const value = valueAt(whole, path.slice(0, start));
    if (value === undefined) return;
    const growing = scanner.growing ? path.slice(start) : undefined;
    refuse(definiteFailures(job.spec.validate, { value, growing }), value, this.#place(path.slice(0, start)));
  }

  /** Of the value, of an item of the list that is asked for, or of a part that has its own. */
  #validatorAt(pointer: string, steps: number): Validator | undefined {
    const { spec, shape } = this.#call.job;
    const start = shape === "list" ? 1 : 0;
    if (steps === start) return spec.validate;
    const own = shape === "list" ? pointer.slice("/*".length) : pointer;
    const { elements = {} } = spec.handler;
    return Object.hasOwn(elements, own) ? elements[own] : undefined;
  }

  /** As the caller sees the list: some of its items are not kept. */
  #place(path: Path): Path {
    const { items } = this.#call.job;
    return items === undefined || path.length === 0 ? path : [items.index, ...path.slice(1)];
  }
}

function refuse(failures: readonly ValidationFailure[], value: unknown, place: Path): void {
  if (failures.length > 0) throw new PartRefused(failures, value, place);
}

function failuresOf(validate: Validator, value: unknown): readonly ValidationFailure[] {
  return validate(value) ? [] : (validate.errors ?? []);
}

/**
 * What is wrong with a part that is complete, whatever else comes: found in a value that has nothing but the way to it.
 *
 * @param keys the way, at least one
 * @param alone the value, with the part at that place
 */
export function partFailures(validate: Validator, keys: readonly string[], alone: unknown): readonly ValidationFailure[] {
  const failures = failuresOf(validate, alone);
  if (failures.length === 0) return [];
  const place = pointerOf(keys);
  const isAbove = (instancePath: string): boolean => !`${instancePath}/`.startsWith(`${place}/`);
  // An alternative that stands above the part may have lacked something else.
  if (failures.some(({ keyword, instancePath }) => uncertain.has(keyword) && isAbove(instancePath))) return [];
  return failures.filter(({ keyword, instancePath }) => !isAbove(instancePath) || lasting.has(keyword));
}

/** What is being read. */
export interface GrowingValue {
  readonly value: unknown;
  /** Where a string may still grow, if one does. */
  readonly growing: Path | undefined;
}

/** What is wrong already with a value of which more is to come, and will be wrong whatever comes. */
export function definiteFailures(validate: Validator, { value, growing }: GrowingValue): readonly ValidationFailure[] {
  const failures = failuresOf(validate, value);
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

/** What a call ends its attempt with, with what is wrong with the part. @param whole the value as it came so far */
export function refusal({ failures, value, place }: PartRefused, whole: unknown): Fault {
  const issues = describeFailures(failures, value).map((issue) => ({ ...issue, path: [...place, ...issue.path] }));
  return new Fault("unchecked", { value: whole, issues });
}
