import { byteSource } from "./byte-source.js";
import { environment } from "../client/environment.js";
import type { ExchangeJob } from "./exchange.js";
import { isObject } from "./is-object.js";
import { isResponse } from "./is-response.js";
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
    /** The stream was left, or broke off, before its end: the last event may be a part of one. */
    readonly cut?: true;
  };
}

/** Response headers that a replay needs; the others (dates, ray ids, cookies) change from call to call. */
const keptHeaders = ["content-type", "retry-after", "retry-after-ms", "x-request-id", "inference-id"];

/** Passes on what a client gives for a request, and writes the exchange into the folder SCHEMACAST_RECORD once it is over. */
export function recorder(job: Pick<ExchangeJob, "body" | "headers">, stream: boolean): (answered: Promise<unknown>) => Promise<unknown> {
  const own = new Recorder(job, stream);
  return (answered) => own.record(answered);
}

class Recorder {
  readonly #request: SentRequest;
  readonly #folder: string = environment("SCHEMACAST_RECORD") ?? ".";

  constructor({ body, headers }: Pick<ExchangeJob, "body" | "headers">, stream: boolean) {
    this.#request = { body: stream ? { ...body, stream } : body, headers };
  }

  /**
   * A response is written when its body has been read, left or broken off; an error that the SDK has made of a status at once, since
   * nobody sees its response.
   */
  async record(answered: Promise<unknown>): Promise<unknown> {
    try {
      const given = await answered;
      return isResponse(given) ? this.#recorded(given) : given;
    } catch (thrown) {
      const refused = refusedResponse(thrown);
      if (refused !== undefined) this.#write(refused.head, refused.content);
      throw thrown;
    }
  }

  #recorded(response: Response): Response {
    const { status, headers, body } = response;
    const decoder = new TextDecoder();
    let text = "";
    let isSaved = false;
    const save = (cut: boolean): void => {
      if (isSaved) return;
      isSaved = true;
      text += decoder.decode();
      const isStream = /event-stream/.test(headers.get("content-type") ?? "");
      this.#write(response, { ...(isStream ? { events: eventsOf(text, cut) } : bodyOf(text)), ...(cut && { cut }) });
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
            // Before the reader has it: a program may end as soon as it has its value.
            if (/^data: \[DONE\]\r?\n\r?\n/m.test(text.slice(-value.length - 20))) save(false);
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

  #write({ status, headers }: ResponseHead, content: Omit<Cassette["response"], "status" | "headers">): void {
    const request = { headers: Object.fromEntries(Object.entries(this.#request.headers).map(scrubHeader)), body: this.#request.body };
    const kept = Object.fromEntries(keptHeaders.flatMap((name) => (headers.get(name) === null ? [] : [[name, headers.get(name) ?? ""]])));
    writeCassette(this.#folder, withoutKey({ request, response: { status, headers: kept, ...content } }));
  }
}

interface ResponseHead {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
}

interface Refused {
  readonly head: ResponseHead;
  readonly content: Pick<Cassette["response"], "body" | "text">;
}

/** What the SDK's error tells of the response it was made of: `status`, `headers` by small letters, the parsed body, else its text in the message. */
function refusedResponse(thrown: unknown): Refused | undefined {
  if (!isObject(thrown) || typeof thrown["status"] !== "number") return undefined;
  const { status, headers: given, error, message } = thrown;
  const headers = isObject(given) ? given : {};
  const get = (name: string): string | null => (typeof headers[name] === "string" ? headers[name] : null);
  const content = error === undefined ? { text: String(message).replace(`${status} `, "") } : { body: error };
  return { head: { status, headers: { get } }, content };
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

/** Of a stream that was cut behind a whole event the last is empty: what follows the last one's blank line. */
function eventsOf(text: string, cut: boolean): readonly string[] {
  return text.split(/\r?\n\r?\n/).filter((event, index, { length }) => event !== "" || (cut && index === length - 1));
}

/** As a plain object: the SDK's node-fetch has a class of its own. Encodings are undone by now. */
function headersOf(headers: Response["headers"]): Record<string, string> {
  const all: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name !== "content-encoding" && name !== "content-length") all[name] = value;
  });
  return all;
}
