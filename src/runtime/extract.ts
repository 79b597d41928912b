import type { FinishedCall } from "./call/details.js";
import { filledSpec } from "./call/filled-spec.js";
import { PlainReader } from "./call/plain-reader.js";
import { startCall } from "./call/start-call.js";
import { wholeExchange } from "./call/whole-exchange.js";
import { withDetails } from "./call/with-details.js";
import type { ExtractInput, ExtractionDetails, ExtractOptions } from "./options.js";
import type { Extraction } from "./results.js";
import type { Spec } from "./spec.js";

/** Extracts one value. @throws {ExtractionError} every failure has its own subclass. */
export function extract<T, C>(spec: Spec<T>, input: ExtractInput, options: ExtractOptions<T, C> = {}): Extraction<T> {
  return extraction(spec, "one", input, options);
}

/** Extracts a list of values from one text. @throws {ExtractionError} every failure has its own subclass. */
export function extractList<T, C>(spec: Spec<T>, input: ExtractInput, options: ExtractOptions<T[], C> = {}): Extraction<T[]> {
  return extraction(spec, "list", input, options);
}

function extraction<R, C>(given: Spec<unknown>, shape: "one" | "list", input: ExtractInput, options: ExtractOptions<R, C>): Extraction<R> {
  const spec = filledSpec(given, options);
  const reader = new PlainReader(spec, shape, options);
  const finished: Promise<FinishedCall<R>> = startCall({ spec, shape, input, options, reader, exchange: wholeExchange });
  const value = finished.then((known) => known.value);
  return Object.assign(value, {
    withDetails(): Promise<ExtractionDetails<R>> {
      // Who asks for the details learns of a failure there: the bare promise must not count as unhandled.
      value.catch(() => {});
      return withDetails(finished);
    },
  });
}
