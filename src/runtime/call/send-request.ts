import { environment } from "../client/environment.js";
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

/** The whole body of a response. @throws {Fault} `broken`, or what the watch ends with */
export async function readText({ watch }: ExchangeJob, response: Response): Promise<string> {
  try {
    return await watch.wait(response.text(), true);
  } catch (error) {
    throw broken(error);
  }
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
