import { absorbChunk } from "./absorb-chunk.js";
import { iteratorSource } from "./byte-source.js";
import type { ExchangeJob } from "./exchange.js";
import { isResponse } from "./is-response.js";
import { parseJson, readText } from "./send-request.js";
import { readOn } from "./stream-exchange.js";

/**
 * Reads what came for a request of a stream and is no stream of events: the chunks of a client that gives no response, or an answer in one
 * piece, as some proxies give it.
 *
 * @returns whether the answer has come to its end by the words of the protocol
 */
export async function readOther(job: ExchangeJob, given: unknown): Promise<boolean> {
  if (!isResponse(given) && typeof given === "object" && given !== null && Symbol.asyncIterator in given) {
    // A parse boundary: what the iterable yields is looked at by absorbChunk.
    return readChunks(job, given as AsyncIterable<unknown>);
  }
  await take(job, isResponse(given) ? parseJson(await readText(job, given)) : given);
  return true;
}

async function readChunks(job: ExchangeJob, chunks: AsyncIterable<unknown>): Promise<false> {
  const source = iteratorSource(chunks);
  try {
    for (;;) {
      const read = await readOn(job, source);
      // Such a client swallows [DONE]: the finish reason is the only mark of success.
      if (read.done === true) return false;
      const taken = take(job, read.value);
      if (taken !== undefined) await taken;
    }
  } catch (error) {
    source.cancel();
    throw error;
  }
}

function take(job: ExchangeJob, chunk: unknown): void | Promise<void> {
  const piece = absorbChunk(job.answer, chunk);
  return piece === "" ? undefined : job.write(piece);
}
