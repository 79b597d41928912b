import { absorbChunk } from "./absorb-chunk.js";
import { type Source, byteSource, drain } from "./byte-source.js";
import { EventReader } from "./event-reader.js";
import type { Exchange, ExchangeJob } from "./exchange.js";
import { Fault } from "./fault.js";
import { isResponse } from "./is-response.js";
import { broken, parseJson, sendRequest } from "./send-request.js";

/**
 * Asks for the answer as a stream of events and passes each piece on as it comes. Reads the response's body itself: the SDK's
 * iterator holds back one event, ends silently when the connection breaks and hides the server's errors (cerebras/api.md 6.6).
 */
export const streamExchange: Exchange = async (job) => {
  const response = await sendRequest(job, true);
  const { answer } = job;
  try {
    const body = isResponse(response) && isEventStream(response) ? response.body : undefined;
    const done = body ? await readEvents(job, byteSource(body)) : await (await import("./other-answers.js")).readOther(job, response);
    if (answer.finishReason !== undefined) return;
    if (!done) throw new Fault("protocol", { message: "The stream ended before the answer was complete." });
    answer.warnings.push("The stream said [DONE] without a finish reason.");
  } catch (error) {
    job.watch.endRequest();
    throw error;
  }
};

function isEventStream(response: Response): boolean {
  return !/json|html/.test(response.headers.get("content-type") ?? "");
}

/** UTF-16 units of events that bring nothing of the answer's text, but may be kept: reasoning, calls of other tools, chunks that nobody knows. */
const mostBeside = 2 ** 28;

/** What is kept of each of them besides, at most: a warning. */
const keptOfEach = 256;

/** @returns whether `[DONE]` was seen */
async function readEvents(job: ExchangeJob, source: Source<Uint8Array>): Promise<boolean> {
  const reader = new EventReader();
  const decoder = new TextDecoder();
  let beside = 0;
  for (;;) {
    const read = await readOn(job, source);
    if (read.done === true) return false;
    const events = reader.read(decoder.decode(read.value, { stream: true }));
    if (events.length === 0) continue;
    // What follows [DONE] is none of ours: a second [DONE], an error of the transport (jp treats both as benign).
    const end = events.indexOf("[DONE]");
    let text = "";
    for (const data of end < 0 ? events : events.slice(0, end)) {
      const piece = absorbChunk(job.answer, parseJson(data));
      text += piece;
      if (piece === "") beside += data.length + keptOfEach;
    }
    if (beside > mostBeside) throw new Fault("protocol", { most: mostBeside, of: "characters beside the answer" });
    // Awaited only where a consumer is slow: there are thousands of pieces.
    const written = text === "" ? undefined : job.write(text);
    if (written !== undefined) await written;
    if (end < 0) continue;
    void drain(source);
    return true;
  }
}

/** The next read; a connection that breaks after the finish reason has harmed nothing, and reads as the end. */
export async function readOn<C>(
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
