import { absorbChunk } from "./absorb-chunk.js";
import type { Exchange } from "./exchange.js";
import { isResponse } from "./is-response.js";
import { parseJson, readText, sendRequest } from "./send-request.js";

/** Asks for the answer in one piece. */
export const wholeExchange: Exchange = async (job) => {
  const response = await sendRequest(job, false);
  const written = job.write(absorbChunk(job.answer, isResponse(response) ? parseJson(await readText(job, response)) : response));
  if (written !== undefined) await written;
};
