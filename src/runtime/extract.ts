import type { ExtractInput, ExtractOptions } from "./options.js";
import type { Extraction } from "./results.js";
import type { Spec } from "./spec.js";

/** Extracts one value. @throws {ExtractionError} every failure has its own subclass. */
export function extract<T, C>(_spec: Spec<T>, _input: ExtractInput, _options?: ExtractOptions<T, C>): Extraction<T> {
  throw new Error("not yet");
}

/** Extracts a list of values from one text. */
export function extractList<T, C>(_spec: Spec<T>, _input: ExtractInput, _options?: ExtractOptions<T[], C>): Extraction<T[]> {
  throw new Error("not yet");
}
