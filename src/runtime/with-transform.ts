import { Fault } from "./call/fault.js";
import { isObject } from "./call/is-object.js";
import type { Spec, SpecCheck, StreamSpec } from "./spec.js";

/**
 * A spec whose values are made into something else, one by one: `const tables = withTransform(tableStreamSpec, toRows)`, then
 * `extract(tables, text)`, `extractList`, `stream` (its `result`), `streamList`, `parse`, `extractOneOf`. Of a list each item is made over
 * when it is complete. What is validated, and judged by the checks that the schema names, is the value as it came; what
 * `validate` and `transform` of a call get is what was made of it.
 *
 * @param transform is called once for each valid value, and not with what was refused; what it throws ends the call as an ExtractionError
 */
export function withTransform<T, P, R, N extends string>(spec: StreamSpec<T, P, N>, transform: (value: T) => R): StreamSpec<R, P, N>;
export function withTransform<T, R, N extends string>(spec: Spec<T, N>, transform: (value: T) => R): Spec<R, N>;
export function withTransform<T, R>(spec: Spec<T>, transform: (value: T) => R): Spec<R> {
  // The generated validator has proved the shape, where there is nothing to revive.
  const { revive = (valid: unknown): T => valid as T, checks, checkedAs = revive } = spec;
  const made = new WeakMap<object, R>();
  const remake = (valid: unknown): R => {
    if (!isObject(valid) && !Array.isArray(valid)) return callTransform(transform, revive(valid));
    const known = made.get(valid);
    if (known !== undefined) return known;
    const result = callTransform(transform, revive(valid));
    made.set(valid, result);
    return result;
  };
  // They get what `checkedAs` gives: the type that they were written for.
  return { ...spec, revive: remake, ...(checks && { checks: checks as readonly SpecCheck<unknown>[], checkedAs }) };
}

function callTransform<T, R>(transform: (value: T) => R, value: T): R {
  try {
    return transform(value);
  } catch (cause) {
    throw new Fault("caller", { message: "transform", cause });
  }
}
