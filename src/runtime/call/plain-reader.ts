import type { Spec } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import { completePart } from "./complete-part.js";
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

  partial(): unknown {
    const wire = completePart(this.#text);
    return wire === undefined ? undefined : decodeAnswer(this.#spec, this.#shape, wire);
  }
}
