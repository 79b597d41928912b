import { describeFailures } from "./recover/describe-failures.js";
import { InvalidOutputError } from "./errors/invalid-output-error.js";
import type { ParseOptions } from "./options.js";
import type { Spec } from "./spec.js";

/** Reads and validates a model's answer that was obtained elsewhere. @throws {InvalidOutputError} */
export function parse<T>(spec: Spec<T>, text: string, _options?: ParseOptions): T {
  let wire: unknown;
  try {
    wire = JSON.parse(text);
  } catch (cause) {
    throw new InvalidOutputError([{ path: [], message: String(cause) }], undefined, text, { cause });
  }
  const value = spec.decode(wire);
  if (!spec.validate(value)) throw new InvalidOutputError(describeFailures(spec.validate.errors ?? [], value), value, text);
  // Parse boundary: the generated validator has proved the shape.
  return spec.revive === undefined ? (value as T) : spec.revive(value);
}
