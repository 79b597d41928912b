import type { ExtractionError } from "../errors/extraction-error.js";
import type { ExtractInput, ExtractionDetails, ExtractOptions, Usage } from "../options.js";
import type { Extraction } from "../results.js";

/** The options of a call that do not depend on what is extracted. For others wrap the extractor: `(text, options) => extractUser(text, { ...options, validate })`. */
export type SharedOptions = Omit<ExtractOptions<never>, "context" | "instructions" | "narrow" | "transform" | "validate">;

/** A generated function (`extractUser`, `extractUserList`) or one that calls it. */
export type Extractor<T> = (input: ExtractInput, options?: SharedOptions) => Extraction<T>;

/** What became of one document. */
export type EachResult<T, I> = EachSuccess<T, I> | EachFailure<I>;

export interface EachSuccess<T, I> {
  readonly ok: true;
  readonly key: string;
  /** Place among the inputs, from 0. */
  readonly index: number;
  readonly input: I;
  readonly value: T;
  readonly details: ExtractionDetails<T>;
}

export interface EachFailure<I> {
  readonly ok: false;
  readonly key: string;
  readonly index: number;
  readonly input: I;
  readonly error: ExtractionError;
}

/** Counts so far. */
export interface EachProgress {
  readonly succeeded: number;
  readonly failed: number;
  /** Left out because `skip` said so. */
  readonly skipped: number;
  readonly running: number;
  /** How many may run now; falls when the provider refuses and rises again. */
  readonly limit: number;
  /** Summed over all documents; absent until the provider has told any. */
  readonly usage?: Usage;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

/** Options of `extractEach`; every one has a default. */
export interface EachOptions<I> {
  /** Most documents at a time. Default 16. Fewer run while the provider refuses. */
  readonly concurrency?: number;
  /** A budget of your own, below the provider's. */
  readonly rateLimit?: { readonly requestsPerMinute?: number; readonly tokensPerMinute?: number };
  /** `true` (default): results come in the order of the inputs. `false`: as they are done. */
  readonly ordered?: boolean;
  /** What to extract from an input that is neither text nor messages. */
  readonly text?: (input: I) => ExtractInput;
  /** Name of a document, for resuming. Default: its index. */
  readonly key?: (input: I, index: number) => string;
  /** `true`: this document is done already and is left out. */
  readonly skip?: (key: string) => boolean;
  /** What it throws ends the run, as an error of the inputs does; so it is with `key` and `skip`. */
  readonly onProgress?: (progress: EachProgress) => void;
  readonly signal?: AbortSignal;
  /**
   * Once it fires, nothing more is begun, nor tried again: what runs is finished and handed out, and the run ends. Documents that wait
   * for another try have no result then.
   */
  readonly drain?: AbortSignal;
  /** Options of each call. */
  readonly options?: Omit<SharedOptions, "signal">;
  /** How often a document is tried when the provider has no room or can't be reached. Default 8. */
  readonly maxTries?: number;
  readonly clock?: () => number;
  readonly random?: () => number;
}
