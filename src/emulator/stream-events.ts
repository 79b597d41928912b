import type { Answer } from "./answer.js";
import { errorBody } from "./api-error.js";
import type { Fields } from "../samples/fields.js";
import { chunk, completionChunks, type CompletionFrame } from "./completion.js";
import type { Random } from "../samples/random.js";
import type { StreamFault } from "./scenario.js";

export interface StreamOptions {
  readonly random: Random;
  readonly chunkSize?: number;
  readonly faults: readonly StreamFault[];
}

/** The events of a streamed answer as SSE text, each with its blank line, `[DONE]` last. */
export function streamEvents(answer: Answer, frame: CompletionFrame, options: StreamOptions): readonly string[] {
  const chunks = completionChunks(answer, frame, options).map((data) => event(JSON.stringify(data)));
  return options.faults.reduce((events, fault) => applyStreamFault(events, fault, frame), [...chunks, event("[DONE]")]);
}

function event(data: string): string {
  return `data: ${data}\n\n`;
}

function applyStreamFault(events: readonly string[], fault: StreamFault, frame: CompletionFrame): string[] {
  const insert = (after: number | undefined, ...added: readonly string[]): string[] => events.toSpliced(after ?? 1, 0, ...added);
  switch (fault.kind) {
    case "empty-choices":
      return insert(fault.after, event(JSON.stringify(chunk(frame, []))));
    case "unknown-chunks":
      return events.flatMap((each, index) => [each, ...(index < events.length - 1 ? strangers(frame, index) : [])]);
    case "malformed-chunk":
      return insert(fault.after, event('{"id": "chatcmpl-'));
    case "error-chunk":
      return [...events.slice(0, fault.after ?? 1), errorEvent(fault)];
    case "missing-finish":
      return events.filter((each) => !each.includes('"finish_reason"'));
    case "missing-done":
      return events.filter((each) => each !== event("[DONE]"));
    case "duplicate-done":
      return [...events, event("[DONE]")];
  }
}

/** Nested as the SDK's ErrorChunkResponse, flat as the HTTP bodies; no real sample is known. */
function errorEvent({ shape = "nested", status = 500, code }: Extract<StreamFault, { kind: "error-chunk" }>): string {
  const body = errorBody(status, code);
  if (shape === "flat") return event(JSON.stringify(body));
  const text = event(JSON.stringify({ error: body, status_code: status }));
  return shape === "event" ? `event: error\n${text}` : text;
}

/** One of several things a reader must pass over. */
function strangers(frame: CompletionFrame, index: number): readonly string[] {
  const fields: Fields = { id: frame.id, object: "chat.completion.heartbeat", progress: index };
  const all = [
    ": keep-alive\n\n",
    event(JSON.stringify(fields)),
    `event: ping\n${event("{}")}`,
    event(JSON.stringify(chunk(frame, [{ delta: { mood: "calm" }, index: 0, content_filter_results: {} }], { service_tier: "default" }))),
    event(JSON.stringify(chunk(frame, [{ delta: {}, index: 0 }]))),
    event("null"),
  ];
  return [all[index % all.length] ?? ""];
}
