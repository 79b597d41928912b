import type { ExtractionError } from "./errors/extraction-error.js";
import type { Narrowing } from "./narrowing.js";
import type { Mode } from "./spec.js";

/** A chat message as the API takes it; a plain string input becomes one message of role `user`. */
export interface ChatMessage {
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  readonly content?: unknown;
  readonly [key: string]: unknown;
}

/** What to extract from: a text, or chat messages. */
export type ExtractInput = string | readonly ChatMessage[];

/** The part of a Cerebras SDK client that is used; anything of this shape will do. */
export interface ChatClient {
  readonly chat: {
    readonly completions: {
      // Bivariant on purpose: the SDK's own parameter types are narrower than what is sent through `extra`.
      create(body: never, options?: never): unknown;
    };
  };
}

/** One thing that is wrong with a value, told so that a model can mend it. */
export interface Issue {
  /** Path from the root: `["addresses", 0, "city"]`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What the schema or the check wants there. */
  readonly expected?: string;
  /** What was there, shortened. */
  readonly received?: string;
}

/** Token counts, summed over all attempts; absent where the provider gave none. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly reasoningTokens: number;
  readonly cachedTokens: number;
}

/** Seconds, as the provider measured them, summed over all attempts; `wallTime` is measured here. */
export interface Timing {
  readonly queueTime: number;
  readonly promptTime: number;
  readonly completionTime: number;
  readonly totalTime: number;
  readonly wallTime: number;
}

/** What the API's rate-limit headers said last; resets are seconds from then. */
export interface RateLimit {
  readonly limitRequestsDay?: number;
  readonly remainingRequestsDay?: number;
  readonly resetRequestsDay?: number;
  readonly limitTokensMinute?: number;
  readonly remainingTokensMinute?: number;
  readonly resetTokensMinute?: number;
}

/** One request and how it ended. */
export interface Attempt {
  /** 1 for the first request of a call. */
  readonly attempt: number;
  readonly model: string;
  readonly mode: Mode;
  readonly outcome: "ok" | "invalid" | "failed";
  readonly requestId?: string;
  readonly finishReason?: string;
  readonly usage?: Usage;
  readonly error?: Error;
  readonly issues?: readonly Issue[];
}

/** What `validateWhileStreaming` has saved. */
export interface EarlyEnds {
  readonly requests: number;
  /** UTF-16 units of their answers that had arrived. */
  readonly characters: number;
  /** Estimate of the tokens that were not written: as if those answers had become as long as the last one. The provider does not say. */
  readonly tokensSaved?: number;
}

/** A change made to messy text so that it could be read. */
export interface Repair {
  readonly path: readonly (string | number)[];
  readonly kind: string;
  readonly severity: "safe" | "lenient";
  readonly from?: string;
  readonly to?: string;
  /** Offsets in the model's text. */
  readonly span?: readonly [number, number];
}

/** A token of an answer. */
export interface TokenLogprob {
  readonly token: string;
  /** Natural logarithm of the token's probability: 0 is certain. */
  readonly logprob: number;
  /** What might have stood there, the likeliest first, as many as were asked for. */
  readonly alternatives: readonly { readonly token: string; readonly logprob: number }[];
}

/** How sure the model was of one field. */
export interface FieldConfidence {
  /** Path from the value's root. What travels as one text (any JSON) has one confidence for all its fields. */
  readonly path: readonly (string | number)[];
  /** Of all tokens of the field together, from 0 to 1. */
  readonly probability: number;
  /** Of the least likely of them: by this, long texts can be compared with short ones. */
  readonly least: number;
  /** Indexes in `tokens`: the first, and the one after the last. */
  readonly tokens: readonly [number, number];
}

/** How sure the model was of its last answer, by its own log probabilities. */
export interface Confidence {
  /** Natural logarithm of the probability of the whole answer, reasoning aside. */
  readonly logprob: number;
  /** Of each field that holds no others. Empty where the answer had to be mended to be read. */
  readonly fields: readonly FieldConfidence[];
  readonly tokens: readonly TokenLogprob[];
}

/** The value and all that is known about how it came to be. */
export interface ExtractionDetails<T> {
  readonly value: T;
  readonly model: string;
  readonly usage?: Usage;
  readonly timing: Timing;
  readonly attempts: readonly Attempt[];
  /** The model's reasoning text, where it was sent apart from the answer. */
  readonly reasoning?: string;
  /** What the model wrote beside the value (`x-extract.reasoning`): one record for each object extracted. */
  readonly asides?: readonly Readonly<Record<string, unknown>>[];
  /** With option `logprobs`, where the provider gave them. */
  readonly confidence?: Confidence;
  readonly repairs: readonly Repair[];
  /** Answers that `validateWhileStreaming` has ended early. */
  readonly endedEarly?: EarlyEnds;
  /** Of a list stream with `onInvalidItem`: how many items were left out, or asked for again. */
  readonly invalidItems?: { readonly skipped: number; readonly repaired: number };
  readonly requestId?: string;
  readonly rateLimit?: RateLimit;
  readonly warnings: readonly string[];
}

export interface HookContext {
  /** 1 for the first request. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
}

/** Called while a call runs, in streams too. What a hook throws goes to `onHookError` and never breaks the call. */
export interface Hooks {
  onRequest?(event: HookContext & { readonly body: unknown; readonly headers: Readonly<Record<string, string>> }): void | Promise<void>;
  onResponse?(
    event: HookContext & { readonly requestId?: string; readonly finishReason?: string; readonly content: string },
  ): void | Promise<void>;
  onParseError?(event: HookContext & { readonly text: string; readonly error: Error }): void | Promise<void>;
  /** Return `false` to stop asking again. */
  onValidationError?(
    event: HookContext & { readonly value: unknown; readonly retryCount: number; readonly issues: readonly Issue[]; readonly error: Error },
  ): boolean | void | Promise<boolean | void>;
  onRetry?(event: HookContext & { readonly reason: Error; readonly delay: number }): void | Promise<void>;
  onLastAttempt?(event: HookContext): void | Promise<void>;
  onError?(event: HookContext & { readonly error: ExtractionError }): void | Promise<void>;
  onUsage?(event: HookContext & { readonly usage: Usage }): void | Promise<void>;
  onHookError?(event: { readonly hook: string; readonly error: unknown }): void;
}

/** Options of one call; every one has a default. */
export interface ExtractOptions<T, C = unknown> {
  /** A Cerebras SDK client or anything with its `chat.completions.create`. Default: one made from CEREBRAS_API_KEY, shared by all calls. */
  readonly client?: ChatClient;
  /** Default: the client's (`fromProvider`), the generated default, CEREBRAS_MODEL, `gpt-oss-120b`. */
  readonly model?: string;
  /** How JSON is asked for. Default: the schema's or the configuration's, else `tools`. */
  readonly mode?: Mode;
  /** How often an invalid answer is asked for again, of each model. Default 2. */
  readonly maxRetries?: number;
  /** How often a request that failed on the way is sent again, for each time of asking. Default 2. */
  readonly maxTransportRetries?: number;
  /** Ends the call, whatever it waits for, with an AbortedError. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call, all attempts included. Default 120,000. */
  readonly timeout?: number;
  /** Milliseconds without a byte while one is awaited. Default 30,000. */
  readonly idleTimeout?: number;
  /**
   * Tokens of one answer, reasoning included. `"schema"`: what a valid answer takes at most, where the schema sets bounds to it, and room for
   * reasoning; an answer that is cut off by such a cap is asked for once more without it. Default: none is sent.
   */
  readonly maxCompletionTokens?: number | "schema";
  /** Tokens that all attempts together may use; no further attempt starts past it. Default: no limit. */
  readonly maxTotalTokens?: number;
  readonly temperature?: number;
  readonly seed?: number;
  /** Default: `low` for gpt-oss and qwen 3.8, which reason at length by themselves; to others none is sent. */
  readonly reasoningEffort?: "none" | "low" | "medium" | "high";
  /**
   * Asks for the log probability of each token, and, a number, for so many alternatives (at most 20): `confidence` in the details. Models
   * that can't tell refuse the request or leave it out.
   */
  readonly logprobs?: boolean | number;
  /** Replaces the generated system message. */
  readonly instructions?: string | ((context: C) => string);
  /** Handed to `instructions`, `validate` and `transform`. */
  readonly context?: C;
  /** Checks beyond the schema, on complete values only. */
  readonly validate?: Check<T, C> | readonly Check<T, C>[];
  readonly transform?: (value: T, context: C) => T | Promise<T>;
  /**
   * Places whose values are fewer in this call than in the schema: `{ category: names, "items.*.tag": tags }`. Takes effect on the
   * wire and in validation; keys are the value's, `*` stands for every item of a list or member of a map, a number for a tuple's position.
   */
  readonly narrow?: Narrowing<T>;
  /**
   * `true`: where the answer has nothing and the schema has a `default`, the default stands, before the value is validated; in partial
   * values, list items and nested objects too. Types stay as they are: what is optional stays optional. Default: the config's, else false.
   */
  readonly applyDefaults?: boolean;
  readonly hooks?: Hooks;
  /** Tried in order when the model is missing, overloaded, or out of retries. */
  readonly fallbackModels?: readonly string[];
  /** How much of an answer that is no JSON, or not of the schema, is mended where strict mode does not hold the model (docs/messy-text.md). Default `safe`. */
  readonly repair?: "strict" | "safe" | "lenient";
  /** Of a list that a token limit cuts off: `continue` keeps its whole items and asks for the rest. Default `throw`. */
  readonly onTruncated?: "throw" | "continue";
  /**
   * Of `extractAnyOf` and `streamAnyOf` in mode `tools`: whether the model gets a tool for each kind and may call several in one answer,
   * instead of one tool that takes a list of them all. Default: where the model is known to do it (docs/calls.md). With `narrow`, never.
   */
  readonly parallelToolCalls?: boolean;
  /**
   * In streams: judge each leaf, list item and object when it is complete; what can't become valid any more ends the request and starts the
   * next attempt. Of no effect on lists with `onInvalidItem` `skip` or `repair`. Default: at the end.
   */
  readonly validateWhileStreaming?: boolean;
  /**
   * In list streams: what an invalid item does (`extract…List` asks for the whole list again). `throw` (default): a new attempt, or the error. `skip`: it is left out. `repair`: it
   * is asked for again, alone and at most `maxRetries` times, while the others go on; it comes when it is right.
   */
  readonly onInvalidItem?: "throw" | "skip" | "repair";
  /** In streams: snapshots are one object that is changed in place; cheaper, for consumers that keep none. */
  readonly live?: boolean;
  /** In streams: the largest answer that is read; past it the call ends with a LimitExceededError. */
  readonly limits?: JsonLimits;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further body fields: `top_p`, `stop`, `user`, `service_tier`, … */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** How much of an answer is read. */
export interface JsonLimits {
  /** Containers in each other. Default 512. */
  readonly depth?: number;
  /** UTF-16 units of one string. Default 16,777,216. */
  readonly stringLength?: number;
  /** UTF-16 units of the whole answer. Default 268,435,456. */
  readonly textLength?: number;
  /** Items of one list. Default 1,000,000. */
  readonly listLength?: number;
}

/** A check beyond the schema: nothing or an empty list means fine. */
export type Check<T, C = unknown> = (value: T, context: C) => CheckResult | Promise<CheckResult>;
export type CheckResult = void | undefined | boolean | string | Issue | readonly Issue[];

export interface ParseOptions {
  /** See `ExtractOptions`. */
  readonly applyDefaults?: boolean;
  /** Handed to the checks that the schema brings. */
  readonly context?: unknown;
  /** See `ExtractOptions`; here for any schema's text. */
  readonly repair?: "strict" | "safe" | "lenient";
}
