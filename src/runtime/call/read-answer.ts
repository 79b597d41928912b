import type { ParseOptions, Repair } from "../options.js";
import type { Spec } from "../spec.js";
import { decodeAnswer } from "./decode-answer.js";
import { Fault } from "./fault.js";

/**
 * Reads a whole answer: as JSON, or, for a spec with a reader of messy text, with the repairs that option `repair` allows.
 *
 * @throws {SyntaxError} for text that is not JSON; {Fault} `unreadable` where repairs do not help either
 */
export function readAnswer(
  spec: Spec<unknown>,
  shape: "one" | "list",
  text: string,
  { repair = "safe" }: ParseOptions,
): { readonly value: unknown; readonly repairs: readonly Repair[] } {
  if (spec.lenient === undefined || repair === "strict") return { value: decodeAnswer(spec, shape, JSON.parse(text)), repairs: [] };
  const reading = spec.lenient(text, {
    schema: spec.wire[shape].function.parameters,
    policy: repair,
    accept: (wire) => {
      const value = decodeAnswer(spec, shape, wire);
      return shape === "list" ? Array.isArray(value) && value.every((item) => spec.validate(item)) : spec.validate(value);
    },
  });
  if (!reading.ok) throw new Fault("unreadable", { cause: reading.problem, path: reading.path });
  return { value: decodeAnswer(spec, shape, reading.value), repairs: reading.repairs };
}
