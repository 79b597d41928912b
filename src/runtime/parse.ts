import type { ParseOptions } from "./options.js";
import type { Spec } from "./spec.js";

/** Reads and validates a model's answer that was obtained elsewhere. @throws {InvalidOutputError} */
export function parse<T>(_spec: Spec<T>, _text: string, _options?: ParseOptions): T {
  throw new Error("not yet");
}
