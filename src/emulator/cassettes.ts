import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isFields, type Fields } from "../samples/fields.js";
import { describeDifference } from "./describe-difference.js";
import type { WireBody } from "./wire-response.js";

/** Recorded exchanges, to be answered from. */
export interface Cassettes {
  /** The recorded answer; asked again, the next one that was recorded for the same body. A text that says what differs where there is none. */
  answer(body: unknown): WireBody | { readonly problem: string };
}

interface Recording {
  readonly file: string;
  readonly body: unknown;
  readonly answer: WireBody;
}

/**
 * Reads a folder that SCHEMACAST_RECORD has filled.
 *
 * @throws {Error} there is no folder, or no recording in it, or a file that is none
 */
export function loadCassettes(folder: string): Cassettes {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort(byNumber);
  if (names.length === 0) throw new Error(`No recordings in ${folder}: run your program with SCHEMACAST_RECORD=${folder} first.`);
  const recordings = names.map((name) => readRecording(folder, name));
  const asked = new Map<string, number>();
  return {
    answer(body) {
      const key = canonical(body);
      const fitting = recordings.filter((each) => canonical(each.body) === key);
      const count = asked.get(key) ?? 0;
      asked.set(key, count + 1);
      const found = fitting[Math.min(count, fitting.length - 1)];
      return found?.answer ?? { problem: nearest(recordings, body) };
    },
  };
}

/** `x-1f3a9c04.json` before `x-1f3a9c04-2.json` before `x-1f3a9c04-10.json`: as they were recorded. */
function byNumber(left: string, right: string): number {
  const [[first, one], [second, two]] = [partsOf(left), partsOf(right)];
  return first === second ? one - two : first < second ? -1 : 1;
}

function partsOf(name: string): readonly [stem: string, number: number] {
  const [, stem = name, number = "1"] = /^(.*?-[0-9a-f]{8})(?:-(\d+))?\.json$/.exec(name) ?? [];
  return [stem, Number(number)];
}

function readRecording(folder: string, file: string): Recording {
  const path = join(folder, file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path} is no recording: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const { request, response } = isFields(parsed) ? parsed : {};
  if (!isFields(request) || !isFields(response) || typeof response["status"] !== "number")
    throw new Error(`${path} is no recording: it has no request or no response with a status.`);
  return { file, body: request["body"], answer: wireBody(response, response["status"]) };
}

function wireBody(response: Fields, status: number): WireBody {
  const { headers, events, body, text, cut } = response;
  const all = isFields(headers) ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) : {};
  if (!Array.isArray(events))
    return { status, headers: all, events: [Buffer.from(typeof text === "string" ? text : JSON.stringify(body ?? null))] };
  const last = cut === true ? events.length - 1 : events.length;
  const bytes = events.map((event, index) => Buffer.from(`${String(event)}${index < last ? "\n\n" : ""}`));
  return { status, headers: all, events: bytes, ...(cut === true && { cut }) };
}

function nearest(recordings: readonly Recording[], body: unknown): string {
  const differences = recordings.map(({ file, body: recorded }) => ({ file, lines: describeDifference(recorded, body) }));
  const [best] = differences.sort((left, right) => left.lines.length - right.lines.length);
  const shown = best?.lines.slice(0, 12) ?? [];
  const more = (best?.lines.length ?? 0) - shown.length;
  return `No recording fits this request. The nearest is ${best?.file ?? "none"} (- recorded, + asked):\n${shown.join("\n")}${
    more > 0 ? `\n… and ${more} lines more` : ""
  }\nRecord it again with SCHEMACAST_RECORD.`;
}

/** JSON with its keys in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isFields(each) ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1))) : each,
  );
}
