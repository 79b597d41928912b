import * as $ from "@schemacast/runtime/mock";
import { type $Type$, type $Type$Partial } from "./placeholders.js";

/** Valid values, made from the schema; new ones at every call. */
export declare function $samples$(): $Type$[];

/** Values that are almost valid: each breaks the one rule it names. */
export declare function $nearMisses$(): $.NearMiss[];

/**
 * A client for tests: requests never leave the process.
 *
 * @param answers what it answers with, in turn, the last one again and again; a sample that the input decides when absent
 */
export declare function $mockClient$(answers?: readonly unknown[]): $.ChatClient;

/** `$extract$` with such a client: validation, hooks, re-asks and details are the real ones. */
export declare function $mockExtract$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$, C>): $.Extraction<$Type$>;

/** `$extractList$` with such a client. */
export declare function $mockExtractList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.Extraction<$Type$[]>;

/** `$stream$` with such a client: the value grows as it does on the wire. */
export declare function $mockStream$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$, C>): $.ExtractionStream<$Type$, $Type$Partial>;

/** `$streamList$` with such a client. */
export declare function $mockStreamList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.ListStream<$Type$>;
