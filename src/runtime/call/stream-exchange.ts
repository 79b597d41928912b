import { absorbChunk } from "./absorb-chunk.js";
import { type Source, byteSource, drain, iteratorSource } from "./byte-source.js";
import { EventReader } from "./event-reader.js";
import type { Exchange, ExchangeJob } from "./exchange.js";
import { Fault } from "./fault.js";
import { isResponse } from "./is-response.js";
import { broken, parseJson, readText, sendRequest } from "./send-request.js";

/**
 * Asks for the answer as a stream of events and passes each piece on as it comes. Reads the response's body itself: the SDK's
 * iterator holds back one event, ends silently when the connection breaks and hides the server's errors (cerebras/api.md 6.6).
 */
export const streamExchange: Exchange = async (job) => {
  const response = await sendRequest(job, true);
  const { answer } = job;
  try {
    const done = isResponse(response) ? await readResponse(job, response) : await readChunks(job, response);
    if (answer.finishReason !== undefined) return;
    if (!done) throw new Fault("protocol", { message: "The stream ended before the answer was complete." });
    answer.warnings.push("The stream said [DONE] without a finish reason.");
  } catch (error) {
    job.watch.endRequest();
    throw error;
  }
};

async function readResponse(job: ExchangeJob, response: Response): Promise<boolean> {
  const type = response.headers.get("content-type") ?? "";
  if (!/json|html/.test(type) && response.body !== null) return readEvents(job, byteSource(response.body));
  // Some proxies answer a streaming request in one piece: an answer is an answer.
  const piece = absorbChunk(job.answer, parseJson(await readText(job, response)));
  if (piece !== "") await job.write(piece);
  return true;
}

/** @returns whether `[DONE]` was seen */
async function readEvents(job: ExchangeJob, source: Source<Uint8Array>): Promise<boolean> {
  const reader = new EventReader();
  const decoder = new TextDecoder();
  for (;;) {
    const read = await readOn(job, source);
    if (read.done === true) return false;
    const events = reader.read(decoder.decode(read.value, { stream: true }));
    if (events.length === 0) continue;
    // What follows [DONE] is none of ours: a second [DONE], an error of the transport (jp treats both as benign).
    const end = events.indexOf("[DONE]");
    let text = "";
    for (const data of end < 0 ? events : events.slice(0, end)) text += absorbChunk(job.answer, parseJson(data));
    // Awaited only where a consumer is slow: there are thousands of pieces.
    const written = text === "" ? undefined : job.write(text);
    if (written !== undefined) await written;
    if (end < 0) continue;
    void drain(source);
    return true;
  }
}

/** From a client without `asResponse`: an async iterable of chunks, or one completion. */
async function readChunks(job: ExchangeJob, given: unknown): Promise<boolean> {
  if (typeof given !== "object" || given === null || !(Symbol.asyncIterator in given)) {
    const piece = absorbChunk(job.answer, given);
    if (piece !== "") await job.write(piece);
    return true;
  }
  // A parse boundary: what the iterable yields is looked at by absorbChunk.
  const source = iteratorSource(given as AsyncIterable<unknown>);
  try {
    for (;;) {
      const read = await readOn(job, source);
      // Such a client swallows [DONE]: the finish reason is the only mark of success.
      if (read.done === true) return false;
      const piece = absorbChunk(job.answer, read.value);
      if (piece !== "") await job.write(piece);
    }
  } catch (error) {
    source.cancel();
    throw error;
  }
}

/** The next read; a connection that breaks after the finish reason has harmed nothing, and reads as the end. */
async function readOn<C>(
  job: ExchangeJob,
  source: Source<C>,
): Promise<{ readonly done?: boolean | undefined; readonly value?: C | undefined }> {
  try {
    return await job.watch.wait(source.read(), true);
  } catch (error) {
    source.cancel();
    if (job.answer.finishReason === undefined || job.watch.ended !== undefined) throw broken(error);
    job.answer.warnings.push(`The connection broke after the answer was complete: ${String(error)}`);
    return { done: true };
  }
}
