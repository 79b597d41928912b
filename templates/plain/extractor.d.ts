import * as $ from "@schemacast/runtime/v1";
import { type $Type$, type $Type$Partial } from "./placeholders.js";

/**
 * Extracts one $Type$.
 *
 * @param input a text, or chat messages
 * @throws {$.ExtractionError} every failure has its own subclass
 */
export declare function $extract$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$, C>): $.Extraction<$Type$>;

/** Extracts every $Type$ in the input. @throws {$.ExtractionError} */
export declare function $extractList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.Extraction<$Type$[]>;

/** Extracts one $Type$ and shows it while it grows. */
export declare function $stream$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$, C>): $.ExtractionStream<$Type$, $Type$Partial>;

/** Extracts every $Type$ in the input and yields each, validated, as soon as it is complete. */
export declare function $streamList$<C = unknown>(input: $.ExtractInput, options?: $.ExtractOptions<$Type$[], C>): $.ListStream<$Type$>;

/** Tells whether a value is a valid $Type$. */
export declare function $is$(value: unknown): value is $Type$;

/** Reads a model's answer that was obtained elsewhere. @throws {$.ExtractionError} when it is not a valid $Type$ */
export declare function $parse$(text: string, options?: $.ParseOptions): $Type$;
