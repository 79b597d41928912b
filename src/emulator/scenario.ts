/** How one chat completion is answered. Data: may be written as JSON, also in the header `x-emulator-scenario`. */
export interface Scenario {
  /** Milliseconds before the headers. */
  readonly latency?: number;
  /** Milliseconds before each network write but the first. */
  readonly delay?: number;
  /** Characters (code points) per delta. Default: uneven, token-like pieces as gpt-oss sends them. */
  readonly chunkSize?: number;
  /** Bytes per network write. Default: one event per write. */
  readonly writeSize?: number;
  /** Byte offsets of the body at which a new network write begins; goes before `writeSize`. */
  readonly splitAt?: readonly number[];
  /** White space in the answer's JSON. Default `compact`. */
  readonly layout?: "compact" | "spaced" | "pretty";
  /** The answer's JSON, whatever replies and schema say. */
  readonly value?: unknown;
  /** The answer's text as it stands; goes before `value`. */
  readonly text?: string;
  /**
   * The tool calls of the answer, whatever replies and schema say; goes before `value`. Whether the model makes several is not asked. Of
   * `name`, `GoogleSearch` and `extract_google_search` are the same, as in `replies`.
   */
  readonly calls?: readonly { readonly name: string; readonly value: unknown }[];
  /** The reasoning told before the answer; `""` for none. */
  readonly reasoning?: string;
  readonly fault?: Fault | readonly Fault[];
}

/** Something that goes wrong. Counts of events begin with the first `data:` line. */
export type Fault = AnswerlessFault | AnswerFault | StreamFault | TransportFault;

/** Instead of an answer. */
export type AnswerlessFault =
  /** An error status, by default with the body recorded for it. `code` picks one of several: `queue_exceeded`, `parser_error`. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly retryAfter?: string | number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** A proxy's page where JSON or SSE is due. */
  | { readonly kind: "html"; readonly status?: number }
  /** These bytes as the body: a recorded stream. Text is sent as UTF-8. */
  | {
      readonly kind: "raw";
      readonly body: string | Uint8Array;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Something is wrong with what the model says. */
export type AnswerFault =
  /** The answer stops short of its end, or is no JSON at all. */
  | { readonly kind: "malformed-json"; readonly style?: "cut" | "garbage" }
  /** JSON that breaks the schema. */
  | { readonly kind: "invalid-value" }
  /** Text where a tool call is due. */
  | { readonly kind: "no-tool-call"; readonly text?: string }
  /** The tool is called twice; the second time with `value`, or as the first. */
  | { readonly kind: "second-tool-call"; readonly value?: unknown }
  | { readonly kind: "wrong-tool-name"; readonly name?: string }
  /** `finish_reason: "length"` after so many characters of the answer (default half). With 0 there is only reasoning, and no `content` key. */
  | { readonly kind: "finish-length"; readonly after?: number }
  /** `finish_reason: "content_filter"` after so many characters (default 0). */
  | { readonly kind: "content-filter"; readonly after?: number }
  /** Neither content nor a tool call. */
  | { readonly kind: "empty-answer" };

/** Something is wrong with the events. */
export type StreamFault =
  /** A chunk whose `choices` is empty, after so many events (default 1). */
  | { readonly kind: "empty-choices"; readonly after?: number }
  /** Chunks, fields, comments and event names nobody has heard of, between all others. */
  | { readonly kind: "unknown-chunks" }
  /** A `data:` line that is no JSON. */
  | { readonly kind: "malformed-chunk"; readonly after?: number }
  /** An error where a chunk is due; the stream ends with it. `event`: under `event: error`. Shapes as in the SDK's ErrorChunkResponse and in HTTP bodies. */
  | {
      readonly kind: "error-chunk";
      readonly after?: number;
      readonly shape?: "nested" | "flat" | "event";
      readonly status?: number;
      readonly code?: string;
    }
  | { readonly kind: "missing-finish" }
  | { readonly kind: "missing-done" }
  | { readonly kind: "duplicate-done" };

/** Something is wrong with the connection. */
export type TransportFault =
  /** The body stops after so many bytes or events: as if it were whole (`end`), with the connection closed (`close`, default) or reset (`reset`). */
  | { readonly kind: "cut"; readonly bytes?: number; readonly events?: number; readonly how?: "end" | "close" | "reset" }
  /** The connection is reset before any header. */
  | { readonly kind: "reset" }
  /** Nothing comes any more: before the headers, or after so many events. `duration` milliseconds, default for good. */
  | { readonly kind: "stall"; readonly at: "headers" | number; readonly duration?: number };
