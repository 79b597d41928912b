import * as $ from "@schemacast/runtime/mock";
import { $extract$, $extractList$, $stream$, $streamList$ } from "./extractor.js";
import { $name$NearMissData, $name$SampleData, $name$StreamSpec, type $Type$, type $Type$Partial } from "./placeholders.js";

/** Valid values, made from the schema; new ones at every call. */
export function $samples$(): $Type$[] {
  return $.validSamples($name$StreamSpec, $name$SampleData);
}

/** Values that are almost valid: each breaks the one rule it names. */
export function $nearMisses$(): $.NearMiss[] {
  return structuredClone([...$name$NearMissData]);
}

/**
 * A client for tests: requests never leave the process.
 *
 * @param answers what it answers with, in turn, the last one again and again; a sample that the input decides when absent
 */
export function $mockClient$(answers?: readonly unknown[]): $.ChatClient {
  return $.mockClient($name$StreamSpec, { samples: $name$SampleData, ...(answers && { answers }) });
}

/** `$extract$` with such a client: validation, hooks, re-asks and details are the real ones. */
export function $mockExtract$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$, C>): $.Extraction<$Type$> {
  return $extract$(input, { ...options, client: $mockClient$() });
}

/** `$extractList$` with such a client. */
export function $mockExtractList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.Extraction<$Type$[]> {
  return $extractList$(input, { ...options, client: $mockClient$() });
}

/** `$stream$` with such a client: the value grows as it does on the wire. */
export function $mockStream$<C = unknown>(
  input: $.ExtractInput,
  options?: $.ExtractOptions<$Type$, C>,
): $.ExtractionStream<$Type$, $Type$Partial> {
  return $stream$(input, { ...options, client: $mockClient$() });
}

/** `$streamList$` with such a client. */
export function $mockStreamList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.ListStream<$Type$> {
  return $streamList$(input, { ...options, client: $mockClient$() });
}
