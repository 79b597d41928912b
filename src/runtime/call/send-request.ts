import { environment } from "../client/environment.js";
import { longest } from "./event-reader.js";
import type { ExchangeJob } from "./exchange.js";
import { Fault } from "./fault.js";
import { isResponse } from "./is-response.js";

/** What `create` of a client gives back: of the SDK a promise with `asResponse`, of others a value or a promise of one. */
interface Sent extends PromiseLike<unknown> {
  asResponse?(): Promise<Response>;
}

/** The SDK's own timer only covers the response head; ours covers all, so that it must never be first. */
const outOfTheWay = 3_600_000;

/**
 * Sends the request.
 *
 * @returns a `Response` whose status is fine, or, from a client without `asResponse`, whatever it gave
 * @throws {Fault} `status`, what the watch ends with, or what the client threw
 */
export async function sendRequest(job: ExchangeJob, stream: boolean): Promise<unknown> {
  const { client, body, headers, watch, answer } = job;
  // A test's environment: nothing of it is loaded elsewhere.
  const record = environment("SCHEMACAST_RECORD") && (await import("./record.js")).recorder(job, stream);
  // A parse boundary: the contract types `create` bivariantly, since the SDK's own types are narrower than what is sent.
  const completions = client.chat.completions as { create(body: unknown, options: unknown): Sent };
  const sent = completions.create(stream ? { ...body, stream } : body, {
    headers,
    signal: watch.beginRequest(),
    maxRetries: 0,
    timeout: outOfTheWay,
  });
  const answered = Promise.resolve(sent.asResponse?.() ?? sent);
  const response: unknown = await watch.wait(record ? record(answered) : answered, true);
  if (!isResponse(response)) return response;
  answer.headers = response.headers;
  if (!response.ok) throw new Fault("status", { status: response.status, body: await readText(job, response) });
  return response;
}

/** The whole body of a response. @throws {Fault} `broken`, `protocol` for a body without end, or what the watch ends with */
export function readText({ watch }: ExchangeJob, response: Response): Promise<string> {
  return watch.wait(boundedText(response), true).catch((error: unknown) => {
    throw broken(error);
  });
}

async function boundedText(response: Response): Promise<string> {
  // A parse boundary: a web stream, or a Node one (node-fetch). Safari's can't be iterated; a client of one's own may give none.
  const body = response.body as AsyncIterable<Uint8Array> | null;
  if (!body?.[Symbol.asyncIterator]) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > longest) throw new Fault("protocol", { most: longest });
  }
  // Half a character at the end ends no JSON.
  return text;
}

/** For what goes wrong after the head of a response. */
export function broken(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault("broken", { cause: error });
}

/** JSON the API sent. @throws {Fault} `protocol` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("protocol", { text, cause });
  }
}
