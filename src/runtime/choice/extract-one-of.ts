import { extract, extractList } from "../extract.js";
import type { ExtractInput, ExtractOptions } from "../options.js";
import type { Extraction } from "../results.js";
import type { Choice, Choices } from "./choice.js";
import { choiceSpec } from "./choice-spec.js";

/**
 * Extracts one of several things; the model picks: `await extractOneOf([userSpec, orderSpec], text)`. The result's `type` is the spec's
 * name, or the one it has here: `{ customer: userSpec, order: orderSpec }`.
 *
 * @throws {ExtractionError} every failure has its own subclass
 * @throws {TypeError} two specs of a list have one name
 */
export function extractOneOf<const S extends Choices, C = unknown>(
  choices: S,
  input: ExtractInput,
  options?: ExtractOptions<Choice<S>, C>,
): Extraction<Choice<S>> {
  return extract(choiceSpec(choices), input, options);
}

/** Extracts all that a text holds of several things, as one list in the order of the text. @throws {ExtractionError} */
export function extractAnyOf<const S extends Choices, C = unknown>(
  choices: S,
  input: ExtractInput,
  options?: ExtractOptions<Choice<S>[], C>,
): Extraction<Choice<S>[]> {
  return extractList(choiceSpec(choices), input, options);
}
