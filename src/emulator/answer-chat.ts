import type { Answer } from "./answer.js";
import { errorBody, type ApiError } from "./api-error.js";
import { applyAnswerFault } from "./apply-answer-fault.js";
import { capAnswer } from "./cap-answer.js";
import { readChatRequest } from "./chat-request.js";
import { type Fields } from "../samples/fields.js";
import { chooseAnswer } from "./choose-answer.js";
import { completionBody, frameCompletion } from "./completion.js";
import { findModel } from "./models.js";
import type { EmulatorOptions } from "./options.js";
import { faultsOf } from "./plan-response.js";
import { hexDigits, uuid, type Random } from "../samples/random.js";
import type { RateLimiter } from "./rate-limiter.js";
import type { AnswerFault, AnswerlessFault, Fault, Scenario, StreamFault } from "./scenario.js";
import { streamEvents } from "./stream-events.js";
import type { WireBody } from "./wire-response.js";

export interface ChatContext {
  readonly options: EmulatorOptions;
  readonly scenario: Scenario;
  /** For ids, times and chunk sizes. */
  readonly random: Random;
  /** For samples. */
  readonly samples: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Is told what the answer uses. */
  readonly limiter: RateLimiter;
}

const answerless: ReadonlySet<string> = new Set<AnswerlessFault["kind"]>(["status", "html", "raw"]);
const onAnswer: ReadonlySet<string> = new Set<AnswerFault["kind"]>([
  "malformed-json",
  "invalid-value",
  "no-tool-call",
  "second-tool-call",
  "wrong-tool-name",
  "finish-length",
  "content-filter",
  "empty-answer",
]);
const onStream: ReadonlySet<string> = new Set<StreamFault["kind"]>([
  "empty-choices",
  "unknown-chunks",
  "malformed-chunk",
  "error-chunk",
  "missing-finish",
  "missing-done",
  "duplicate-done",
]);
const onTransport: ReadonlySet<string> = new Set(["cut", "reset", "stall"]);

/** The first fault of a kind that does not exist: a scenario may come from a header. */
export function unknownFault(scenario: Scenario): Fault | undefined {
  return faultsOf(scenario).find(
    ({ kind }) => !answerless.has(kind) && !onAnswer.has(kind) && !onStream.has(kind) && !onTransport.has(kind),
  );
}

/** The body for a request that was not refused. */
export function answerChat(body: Fields, context: ChatContext): WireBody {
  const { options, scenario, random, samples, now, limiter } = context;
  const faults = faultsOf(scenario);
  const instead = faults.find((fault): fault is AnswerlessFault => answerless.has(fault.kind));
  if (instead) return answerlessBody(instead, random);
  const request = readChatRequest(body);
  const model = findModel(request.model, options.models ?? []);
  if (!model) throw new Error(`refuseRequest let model ${request.model} through`);
  const chosen = chooseAnswer({ request, model, replies: options.replies ?? [], scenario, random, samples });
  const spoilt = faults
    .filter((fault): fault is AnswerFault => onAnswer.has(fault.kind))
    .reduce<Answer>((changed, fault) => applyAnswerFault(changed, fault, random), chosen);
  const answer = capAnswer(spoilt, request.maxCompletionTokens);
  const frame = frameCompletion({ request, model, answer, random, now });
  limiter.spend(frame.totalTokens);
  const headers = { "inference-id": frame.id, ...limiter.headers(now), ...commonHeaders(random) };
  if (!request.stream) {
    return jsonBody(200, completionBody(answer, frame), headers);
  }
  const streamFaults = faults.filter((fault): fault is StreamFault => onStream.has(fault.kind));
  const { chunkSize } = scenario;
  const events = streamEvents(answer, frame, { random, faults: streamFaults, ...(chunkSize !== undefined && { chunkSize }) });
  return {
    status: 200,
    headers: { "content-type": "text/event-stream; charset=utf-8", ...headers },
    events: events.map((event) => Buffer.from(event)),
  };
}

function commonHeaders(random: Random): Readonly<Record<string, string>> {
  return {
    "x-request-id": uuid(random),
    "cf-ray": `${hexDigits(random, 16)}-LIS`,
    server: "cloudflare",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=15552000; includeSubDomains; preload",
    "x-served-by": "schemacast-emulator",
  };
}

/** A refusal as a body. */
export function errorResponse(error: ApiError, random: Random): WireBody {
  return jsonBody(error.status, error.body, { ...commonHeaders(random), ...error.headers });
}

export function jsonBody(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireBody {
  return { status, headers: { "content-type": "application/json", ...headers }, events: [Buffer.from(JSON.stringify(value))] };
}

function answerlessBody(fault: AnswerlessFault, random: Random): WireBody {
  switch (fault.kind) {
    case "status": {
      const headers = { ...commonHeaders(random), ...fault.headers };
      const withRetry = fault.retryAfter === undefined ? headers : { ...headers, "retry-after": String(fault.retryAfter) };
      return jsonBody(fault.status, fault.body ?? errorBody(fault.status, fault.code), withRetry);
    }
    case "html":
      return {
        status: fault.status ?? 200,
        headers: { "content-type": "text/html; charset=utf-8" },
        events: [Buffer.from("<!doctype html>\n<html><body><h1>Please sign in to the network</h1></body></html>\n")],
      };
    case "raw":
      return {
        status: fault.status ?? 200,
        headers: { "content-type": "text/event-stream; charset=utf-8", ...commonHeaders(random), ...fault.headers },
        events: rawEvents(fault.body),
      };
  }
}

/** Bytes cut behind each blank line, so that "after so many events" has a meaning for them too. */
function rawEvents(body: string | Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(body);
  const events: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf("\n\n"); at >= 0; at = bytes.indexOf("\n\n", at + 2)) {
    events.push(bytes.subarray(start, at + 2));
    start = at + 2;
  }
  return start < bytes.length ? [...events, bytes.subarray(start)] : events;
}
