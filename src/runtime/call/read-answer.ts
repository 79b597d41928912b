import type { ParseOptions, Repair } from "../options.js";
import type { LenientReader, Spec } from "../spec.js";
import { decodeAnswer } from "./decode-answer.js";
import { Fault } from "./fault.js";

/** What an answer is to be read as. */
export interface AnswerForm {
  readonly spec: Spec<unknown>;
  readonly shape: "one" | "list";
  readonly options: ParseOptions;
  /** Default: the spec's. Where there is none, the answer must be JSON. */
  readonly lenient?: LenientReader | undefined;
}

/**
 * Reads a whole answer: as JSON, or, with a reader of messy text, with the repairs that option `repair` allows.
 *
 * @throws {SyntaxError} for text that is not JSON; {Fault} `unreadable` where repairs do not help either
 */
export function readAnswer(
  { spec, shape, options: { repair = "safe" }, lenient = spec.lenient }: AnswerForm,
  text: string,
): { readonly value: unknown; readonly repairs: readonly Repair[] } {
  if (lenient === undefined || repair === "strict") return { value: decodeAnswer(spec, shape, JSON.parse(text)), repairs: [] };
  const { name: tool, parameters: schema } = spec.wire[shape].function;
  const reading = lenient(text, {
    schema,
    tool,
    policy: repair,
    mayLack: spec.applyDefaults === true,
    // What comes out of the wrapper as it went in was wrapped.
    wrapped: spec.decode({ value: "" }) === "",
    accept: (wire) => {
      const value = decodeAnswer(spec, shape, wire);
      return shape === "list" ? Array.isArray(value) && value.every((item) => spec.validate(item)) : spec.validate(value);
    },
  });
  if (!reading.ok) throw new Fault("unreadable", { cause: reading.problem, path: reading.path });
  return { value: decodeAnswer(spec, shape, reading.value), repairs: reading.repairs };
}
