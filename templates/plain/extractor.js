import * as $ from "@schemacast/runtime/v1";
import { $name$Spec, $name$StreamSpec, $validate$ } from "./placeholders.js";

/**
 * Extracts one $Type$.
 *
 * @param input a text, or chat messages
 * @throws {$.ExtractionError} every failure has its own subclass
 */
export function $extract$(input, options) {
  return $.extract($name$Spec, input, options);
}

/** Extracts every $Type$ in the input. @throws {$.ExtractionError} */
export function $extractList$(input, options) {
  return $.extractList($name$Spec, input, options);
}

/** Extracts one $Type$ and shows it while it grows. */
export function $stream$(input, options) {
  return $.stream($name$StreamSpec, input, options);
}

/** Extracts every $Type$ in the input and yields each, validated, as soon as it is complete. */
export function $streamList$(input, options) {
  return $.streamList($name$StreamSpec, input, options);
}

/** Tells whether a value is a valid $Type$. */
export function $is$(value) {
  return $validate$(value);
}

/** Reads a model's answer that was obtained elsewhere. @throws {$.ExtractionError} when it is not a valid $Type$ */
export function $parse$(text, options) {
  return $.parse($name$Spec, text, options);
}
