import type { ExtractInput, ExtractOptions } from "./options.js";
import type { ExtractionStream, ListStream } from "./results.js";
import type { StreamSpec } from "./spec.js";

/** Extracts one value and shows it while it grows. */
export function stream<T, P, C>(_spec: StreamSpec<T, P>, _input: ExtractInput, _options?: ExtractOptions<T, C>): ExtractionStream<T, P> {
  throw new Error("not yet");
}

/** Extracts a list and hands out each item, validated, as it closes. */
export function streamList<T, P, C>(_spec: StreamSpec<T, P>, _input: ExtractInput, _options?: ExtractOptions<T[], C>): ListStream<T> {
  throw new Error("not yet");
}
