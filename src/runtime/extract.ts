import type { FinishedCall } from "./call/details.js";
import { PlainReader } from "./call/plain-reader.js";
import { startCall } from "./call/start-call.js";
import { wholeExchange } from "./call/whole-exchange.js";
import type { ExtractInput, ExtractionDetails, ExtractOptions } from "./options.js";
import type { Extraction } from "./results.js";
import type { Spec } from "./spec.js";

/** Extracts one value. @throws {ExtractionError} every failure has its own subclass. */
export function extract<T, C>(spec: Spec<T>, input: ExtractInput, options: ExtractOptions<T, C> = {}): Extraction<T> {
  return extraction(
    startCall({ spec, shape: "one", input, options, reader: new PlainReader(spec, "one", options), exchange: wholeExchange }),
  );
}

/** Extracts a list of values from one text. @throws {ExtractionError} every failure has its own subclass. */
export function extractList<T, C>(spec: Spec<T>, input: ExtractInput, options: ExtractOptions<T[], C> = {}): Extraction<T[]> {
  return extraction(
    startCall({ spec, shape: "list", input, options, reader: new PlainReader(spec, "list", options), exchange: wholeExchange }),
  );
}

function extraction<R>(finished: Promise<FinishedCall<R>>): Extraction<R> {
  const value = finished.then((known) => known.value);
  return Object.assign(value, {
    withDetails(): Promise<ExtractionDetails<R>> {
      // Who asks for the details learns of a failure there: the bare promise must not count as unhandled.
      value.catch(() => {});
      return finished.then(async (known) => (await import("./call/details.js")).detailsOf(known));
    },
  });
}
