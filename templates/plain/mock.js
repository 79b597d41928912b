import * as $ from "@schemacast/runtime/mock";
import { $extract$, $extractList$, $stream$, $streamList$ } from "./extractor.js";
import { $name$NearMissData, $name$SampleData, $name$StreamSpec } from "./placeholders.js";

/** Valid values, made from the schema; new ones at every call. */
export function $samples$() {
  return $.validSamples($name$StreamSpec, $name$SampleData);
}

/** Values that are almost valid: each breaks the one rule it names. */
export function $nearMisses$() {
  return structuredClone([...$name$NearMissData]);
}

/**
 * A client for tests: requests never leave the process.
 *
 * @param answers what it answers with, in turn, the last one again and again; a sample that the input decides when absent
 */
export function $mockClient$(answers) {
  return $.mockClient($name$StreamSpec, { samples: $name$SampleData, ...(answers && { answers }) });
}

/** `$extract$` with such a client: validation, hooks, re-asks and details are the real ones. */
export function $mockExtract$(input, options) {
  return $extract$(input, { ...options, client: $mockClient$() });
}

/** `$extractList$` with such a client. */
export function $mockExtractList$(input, options) {
  return $extractList$(input, { ...options, client: $mockClient$() });
}

/** `$stream$` with such a client: the value grows as it does on the wire. */
export function $mockStream$(input, options) {
  return $stream$(input, { ...options, client: $mockClient$() });
}

/** `$streamList$` with such a client. */
export function $mockStreamList$(input, options) {
  return $streamList$(input, { ...options, client: $mockClient$() });
}
