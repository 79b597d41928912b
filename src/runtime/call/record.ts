import { byteSource } from "./byte-source.js";
import { environment } from "../client/environment.js";
import type { ExchangeJob } from "./exchange.js";
import type { JsonObject } from "../spec.js";
import { writeCassette } from "./write-cassette.js";

/** A request as it was handed to a client. */
interface SentRequest {
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a file holds: one request and what came back (docs/testing.md). */
export interface Cassette {
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed JSON of an answer that was not streamed. */
    readonly body?: unknown;
    /** The text of one that is no JSON. */
    readonly text?: string;
    /** Server-sent events, without the blank line that ends each. */
    readonly events?: readonly string[];
    /** The stream was left, or broke off, before its end. */
    readonly cut?: true;
  };
}

/** Response headers that a replay needs; the others (dates, ray ids, cookies) change from call to call. */
const keptHeaders = ["content-type", "retry-after", "retry-after-ms", "x-request-id", "inference-id"];

/** Hands on a response and writes the exchange into the folder SCHEMACAST_RECORD once it is over. */
export function record(
  { body: asked, headers: sent }: Pick<ExchangeJob, "body" | "headers">,
  response: Response,
  stream: boolean,
): Response {
  const request: SentRequest = { body: stream ? { ...asked, stream } : asked, headers: sent };
  const folder = environment("SCHEMACAST_RECORD") ?? ".";
  const { status, headers, body } = response;
  const decoder = new TextDecoder();
  let text = "";
  const save = (cut: boolean): void => {
    text += decoder.decode();
    writeCassette(folder, cassetteOf(request, response, { text, cut }));
  };
  if (body === null) {
    save(false);
    return new Response(null, { status, headers: headersOf(headers) });
  }
  const source = byteSource(body);
  const copy = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await source.read();
        if (value !== undefined) {
          text += decoder.decode(value, { stream: true });
          controller.enqueue(value);
        }
        if (done !== true) return;
        save(false);
        controller.close();
      } catch (error) {
        save(true);
        controller.error(error);
      }
    },
    cancel() {
      // Reading stops behind the last event that counts: the end that was not looked at any more is no cut.
      save(!text.includes("data: [DONE]"));
      source.cancel();
    },
  });
  return new Response(copy, { status, headers: headersOf(headers) });
}

interface Heard {
  readonly text: string;
  readonly cut: boolean;
}

function cassetteOf(request: SentRequest, { status, headers }: Response, { text, cut }: Heard): Cassette {
  const kept = Object.fromEntries(keptHeaders.flatMap((name) => (headers.get(name) === null ? [] : [[name, headers.get(name) ?? ""]])));
  const isStream = /event-stream/.test(headers.get("content-type") ?? "");
  const cassette: Cassette = {
    request: { headers: Object.fromEntries(Object.entries(request.headers).map(scrubHeader)), body: request.body },
    response: { status, headers: kept, ...(isStream ? { events: eventsOf(text) } : bodyOf(text)), ...(cut && { cut }) },
  };
  return withoutKey(cassette);
}

function scrubHeader([name, value]: readonly [string, string]): [string, string] {
  return [name, /auth|key|token|secret|cookie|session/i.test(name) ? "[removed]" : value];
}

/** Without the API key, wherever it may have got to. */
function withoutKey(cassette: Cassette): Cassette {
  const key = environment("CEREBRAS_API_KEY");
  if (key === undefined || key.length < 8) return cassette;
  // The same shape again: only texts have changed.
  return JSON.parse(JSON.stringify(cassette), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll(key, "[removed]") : value,
  ) as Cassette;
}

function bodyOf(text: string): { readonly body: unknown } | { readonly text: string } {
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { text };
  }
}

function eventsOf(text: string): readonly string[] {
  return text.split(/\r?\n\r?\n/).filter((event) => event !== "");
}

/** As a plain object: the SDK's node-fetch has a class of its own. Encodings are undone by now. */
function headersOf(headers: Response["headers"]): Record<string, string> {
  const all: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name !== "content-encoding" && name !== "content-length") all[name] = value;
  });
  return all;
}
