import type { Spec } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import { decodeAnswer } from "./decode-answer.js";

/** Reads an answer that is only wanted when it is whole. */
export class PlainReader implements AnswerReader {
  #text = "";
  readonly #spec: Spec<unknown>;
  readonly #shape: "one" | "list";

  constructor(spec: Spec<unknown>, shape: "one" | "list") {
    this.#spec = spec;
    this.#shape = shape;
  }

  begin(): void {
    this.#text = "";
  }

  write(text: string): void {
    this.#text += text;
  }

  end(): unknown {
    return decodeAnswer(this.#spec, this.#shape, JSON.parse(this.#text));
  }

  partial(): undefined {
    // What can be had of a text that broke off is read from the text, where it is asked for (recover/name-fault.ts).
  }
}
