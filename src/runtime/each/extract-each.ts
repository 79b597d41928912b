import type { ExtractInput } from "../options.js";
import type { EachOptions, EachResult, Extractor } from "./each-options.js";
import { EachRun } from "./each-run.js";

/**
 * Extracts from many documents at a time, each to a value or to a named error: one bad document never ends the run. Concurrency falls
 * for all documents together when the provider has no room, and rises again. Memory is bounded by `concurrency`, not by the input:
 * documents are pulled when there is room for them and for their results.
 *
 * @param extract a generated function: `extractUser`
 * @param inputs texts, messages, or anything `options.text` makes them of; pulled one by one
 * @throws {AbortedError} when `options.signal` fires; what the inputs' own iterator throws, after the results of what was started
 */
export function extractEach<T, I extends ExtractInput>(
  extract: Extractor<T>,
  inputs: Inputs<I>,
  options?: EachOptions<I>,
): AsyncIterable<EachResult<T, I>>;
export function extractEach<T, I>(
  extract: Extractor<T>,
  inputs: Inputs<I>,
  options: EachOptions<I> & { readonly text: (input: I) => ExtractInput },
): AsyncIterable<EachResult<T, I>>;
export function extractEach<T, I>(extract: Extractor<T>, inputs: Inputs<I>, options: EachOptions<I> = {}): AsyncIterable<EachResult<T, I>> {
  if (typeof inputs === "string") throw new TypeError("extractEach takes many texts; for one, call the extractor itself.");
  return {
    [Symbol.asyncIterator]: () =>
      new EachRun(extract, Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator](), options),
  };
}

type Inputs<I> = Iterable<I> | AsyncIterable<I>;
