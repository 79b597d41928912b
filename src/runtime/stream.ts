import type { ExtractInput, ExtractOptions } from "./options.js";
import type { ExtractionStream, ListStream } from "./results.js";
import type { StreamSpec } from "./spec.js";
import { ObjectStream } from "./stream/object-stream.js";
import { ItemStream } from "./stream/item-stream.js";

/** Extracts one value and shows it while it grows. */
export function stream<T, P, C>(spec: StreamSpec<T, P>, input: ExtractInput, options: ExtractOptions<T, C> = {}): ExtractionStream<T, P> {
  return new ObjectStream<T, P, C>({ spec, shape: "one", input, options });
}

/** Extracts a list and hands out each item, validated, as it closes. */
export function streamList<T, P, C>(spec: StreamSpec<T, P>, input: ExtractInput, options: ExtractOptions<T[], C> = {}): ListStream<T> {
  return new ItemStream<T, C>({ spec, input, options });
}
