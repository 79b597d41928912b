import type { Scenario } from "../../src/emulator/index.js";
import type { ExtractOptions } from "../../src/runtime/options.js";
import type { User } from "./user-spec.js";

/** What the caller gets: an error, or the value all the same. */
export interface FaultOutcome {
  readonly error?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Requests made. */
  readonly attempts: number;
  /** For the table of docs/reliability.md. */
  readonly kept?: string;
}

export interface FaultCase {
  readonly fault: string;
  readonly scenario: Scenario;
  readonly options?: ExtractOptions<User>;
  /** Measures time closely: nothing else runs beside it. */
  readonly alone?: true;
  readonly whole?: FaultOutcome;
  readonly stream?: FaultOutcome;
}

export const john: User = { name: 'Jöhn "J" Smith', age: 29 };

const ok: FaultOutcome = { attempts: 1 };
const both = (outcome: FaultOutcome): Pick<FaultCase, "whole" | "stream"> => ({ whole: outcome, stream: outcome });
const status = (status: number, code: string | undefined, attempts: number, error = "ApiError"): FaultCase => ({
  fault: `HTTP ${status}${code === undefined ? "" : ` \`${code}\``}`,
  scenario: { fault: { kind: "status", status, ...(code === undefined ? {} : { code }) } },
  ...both({ error, fields: { status, ...(code === undefined || error !== "ApiError" ? {} : { code }) }, attempts }),
});
const invalid = (text: string): FaultOutcome => ({
  error: "InvalidOutputError",
  fields: { issues: [{ message: expectText(text) }] },
  attempts: 3,
  kept: "value, issues, text",
});
const broken: FaultOutcome = { error: "StreamProtocolError", attempts: 3, kept: "usage of what arrived" };
const idle: FaultOutcome = { error: "TimeoutError", fields: { limit: "idle", milliseconds: 100 }, attempts: 3 };

/** A text that must occur; `expect.stringContaining` belongs to the test. */
export interface Contains {
  readonly contains: string;
}
function expectText(contains: string): Contains {
  return { contains };
}

/** Every fault the emulator knows, what the caller sees, and how many requests are made of it (defaults: 2 re-asks, 2 transport retries). */
export const faultCases: readonly FaultCase[] = [
  {
    fault: "connection reset before the head",
    scenario: { fault: { kind: "reset" } },
    ...both({ error: "ApiError", fields: { code: "ECONNRESET" }, attempts: 3 }),
  },
  status(400, "wrong_api_format", 1, "SchemaRejectedError"),
  status(400, "context_length_exceeded", 1),
  status(400, "parser_error", 3),
  status(401, "wrong_api_key", 1),
  status(402, undefined, 1),
  status(403, undefined, 1),
  status(404, "model_not_found", 1),
  status(408, undefined, 3),
  status(413, undefined, 1),
  status(422, undefined, 1, "SchemaRejectedError"),
  status(429, "request_quota_exceeded", 3),
  status(429, "token_quota_exceeded", 3),
  status(429, "queue_exceeded", 3),
  status(500, undefined, 3),
  status(503, undefined, 3),
  {
    fault: "429 with `retry-after: 0`",
    scenario: { fault: { kind: "status", status: 429, retryAfter: 0 } },
    ...both({ error: "ApiError", fields: { status: 429, retryAfter: 0 }, attempts: 3 }),
  },
  {
    fault: "429 with `retry-after: 3600`: longer than is waited for",
    scenario: { fault: { kind: "status", status: 429, retryAfter: 3600 } },
    ...both({ error: "ApiError", fields: { status: 429, retryAfter: 3600 }, attempts: 1 }),
  },
  {
    fault: "429 with garbage in `retry-after`: own back-off",
    scenario: { fault: { kind: "status", status: 429, retryAfter: "soon, -1" } },
    ...both({ error: "ApiError", fields: { status: 429, retryAfter: undefined }, attempts: 3 }),
  },
  { fault: "HTML with status 200", scenario: { fault: { kind: "html", status: 200 } }, ...both(broken) },
  {
    fault: "HTML with status 502",
    scenario: { fault: { kind: "html", status: 502 } },
    ...both({ error: "ApiError", fields: { status: 502 }, attempts: 3 }),
  },
  { fault: "stall before the head", scenario: { fault: { kind: "stall", at: "headers" } }, options: { idleTimeout: 100 }, ...both(idle) },
  { fault: "stall in mid-stream", scenario: { fault: { kind: "stall", at: 3 } }, options: { idleTimeout: 100 }, stream: idle },
  {
    fault: "slow, but never idle",
    scenario: { delay: 60, chunkSize: 1 },
    options: { idleTimeout: 1500 },
    alone: true,
    ...both(ok),
  },
  {
    fault: "slower than `timeout`",
    scenario: { delay: 40, chunkSize: 1 },
    options: { timeout: 200 },
    stream: { error: "TimeoutError", fields: { limit: "total", milliseconds: 200 }, attempts: 1 },
  },
  { fault: "answer is cut-off JSON", scenario: { fault: { kind: "malformed-json", style: "cut" } }, ...both(invalid("")) },
  { fault: "answer is prose", scenario: { fault: { kind: "malformed-json", style: "garbage" } }, ...both(invalid("")) },
  { fault: "answer breaks the schema", scenario: { fault: { kind: "invalid-value" } }, ...both(invalid("must be string, is object")) },
  {
    fault: "prose instead of a tool call",
    scenario: { fault: { kind: "no-tool-call", text: "I can't." } },
    ...both({ error: "NoToolCallError", fields: { text: "I can't." }, attempts: 3, kept: "its words" }),
  },
  {
    fault: "neither content nor tool call",
    scenario: { fault: { kind: "empty-answer" } },
    ...both({ error: "NoToolCallError", attempts: 3 }),
  },
  {
    fault: "second tool call, the same",
    scenario: { fault: { kind: "second-tool-call" } },
    ...both({ ...ok, kept: "a warning" }),
  },
  {
    fault: "second tool call, another",
    scenario: { fault: { kind: "second-tool-call", value: { name: "Jane", age: 3 } } },
    ...both({ error: "UnexpectedToolCallError", fields: { called: ["extract_user", "extract_user"] }, attempts: 3 }),
  },
  {
    fault: "wrong tool name",
    scenario: { fault: { kind: "wrong-tool-name", name: "nope" } },
    ...both({ error: "UnexpectedToolCallError", fields: { called: ["nope"] }, attempts: 3 }),
  },
  {
    fault: "`finish_reason: length`",
    scenario: { fault: { kind: "finish-length", after: 33 } },
    ...both({ error: "TruncatedError", fields: { partial: { name: john.name } }, attempts: 1, kept: "text, partial value, whole items" }),
  },
  {
    fault: "`finish_reason: length` before any content",
    scenario: { fault: { kind: "finish-length", after: 0 } },
    ...both({ error: "TruncatedError", fields: { text: "" }, attempts: 1 }),
  },
  {
    fault: "`finish_reason: content_filter`",
    scenario: { fault: { kind: "content-filter" } },
    ...both({ error: "RefusedError", attempts: 1 }),
  },
  { fault: "chunk with empty choices", scenario: { fault: { kind: "empty-choices" } }, stream: ok },
  { fault: "chunks of unknown shape", scenario: { fault: { kind: "unknown-chunks" } }, stream: { ...ok, kept: "warnings" } },
  { fault: "chunk that is no JSON", scenario: { fault: { kind: "malformed-chunk" } }, stream: broken },
  ...(["nested", "flat", "event"] as const).map((shape): FaultCase => ({
    fault: `error chunk, ${shape}`,
    scenario: { fault: { kind: "error-chunk", after: 3, shape, status: 500 } },
    stream: { error: "ApiError", attempts: 3 },
  })),
  { fault: "no finish reason, but `[DONE]`", scenario: { fault: { kind: "missing-finish" } }, stream: { ...ok, kept: "a warning" } },
  { fault: "no `[DONE]`", scenario: { fault: { kind: "missing-done" } }, stream: ok },
  { fault: "`[DONE]` twice", scenario: { fault: { kind: "duplicate-done" } }, stream: ok },
  ...(["end", "close", "reset"] as const).map((how): FaultCase => ({
    fault: `body cut after 60 bytes (${how})`,
    scenario: { fault: { kind: "cut", bytes: 60, how } },
    ...both(broken),
  })),
];
