import type { ParseOptions, Repair } from "../options.js";
import type { LenientReader, Spec } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import { readAnswer } from "./read-answer.js";

/** Reads an answer that is only wanted when it is whole. */
export class PlainReader implements AnswerReader {
  lenient?: LenientReader | undefined;
  repairs: readonly Repair[] = [];
  #text = "";
  #kept: readonly unknown[] = [];
  readonly spec: Spec<unknown>;
  readonly shape: "one" | "list";
  readonly options: ParseOptions;

  constructor(spec: Spec<unknown>, shape: "one" | "list", options: ParseOptions = {}) {
    this.spec = spec;
    this.shape = shape;
    this.options = options;
  }

  begin(_attempt: number, kept: readonly unknown[] = []): void {
    this.#text = "";
    this.#kept = kept;
  }

  write(text: string): void {
    this.#text += text;
  }

  end(): unknown {
    const { value, repairs } = readAnswer(this, this.#text);
    this.repairs = repairs;
    return Array.isArray(value) && this.shape === "list" ? [...this.#kept, ...value] : value;
  }

  partial(): undefined {
    // What can be had of a text that broke off is read from the text, where it is asked for (recover/name-fault.ts).
  }
}
