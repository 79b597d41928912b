import type { ExtractionError } from "../errors/extraction-error.js";
import { StreamProtocolError } from "../errors/stream-protocol-error.js";
import { apiErrorOfBody, apiFailure } from "./api-failure.js";
import type { ExchangeJob } from "./exchange.js";
import { isObject } from "./is-object.js";

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
 * @throws {ExtractionError} `ApiError`, `SchemaRejectedError`, or the watch's reason
 */
export async function sendRequest(job: ExchangeJob, stream: boolean): Promise<unknown> {
  const { client, body, headers, watch, answer } = job;
  const signal = watch.beginRequest();
  // A parse boundary: the contract types `create` bivariantly, since the SDK's own types are narrower than what is sent.
  const create = client.chat.completions.create.bind(client.chat.completions) as (body: unknown, options: unknown) => Sent;
  try {
    const sent = create(stream ? { ...body, stream } : body, { headers, signal, maxRetries: 0, timeout: outOfTheWay });
    const response: unknown = await watch.wait(typeof sent.asResponse === "function" ? sent.asResponse() : Promise.resolve(sent), true);
    if (!isResponse(response)) return response;
    answer.headers = response.headers;
    const requestId = response.headers.get("x-request-id");
    if (requestId !== null) answer.requestId = requestId;
    if (!response.ok)
      throw apiErrorOfBody(response.status, parsed(await watch.wait(response.text(), true)), {
        headers: response.headers,
        model: modelOf(job),
      });
    return response;
  } catch (error) {
    throw ended(job, error);
  }
}

/** The error a request ended with: the watch's reason where it has one, since clients wrap an abort in their own errors. */
export function ended(job: ExchangeJob, error: unknown): ExtractionError {
  return job.watch.ended ?? apiFailure(error, modelOf(job));
}

/** For what goes wrong after the head: the answer was under way, which is worth knowing. */
export function brokenOff(job: ExchangeJob, error: unknown): ExtractionError {
  const failure = ended(job, error);
  return failure.name === "ApiError" && failure.cause === error
    ? new StreamProtocolError("The connection broke in the middle of the answer.", { cause: error })
    : failure;
}

function modelOf({ body }: ExchangeJob): string {
  return String(body["model"]);
}

export function isResponse(value: unknown): value is Response {
  return isObject(value) && typeof value["text"] === "function" && isObject(value["headers"]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
