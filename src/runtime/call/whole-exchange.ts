import { StreamProtocolError } from "../errors/stream-protocol-error.js";
import { absorbChunk } from "./absorb-chunk.js";
import type { Exchange } from "./exchange.js";
import { brokenOff, isResponse, sendRequest } from "./send-request.js";

/** Asks for the answer in one piece. */
export const wholeExchange: Exchange = async (job) => {
  const response = await sendRequest(job, false);
  let completion = response;
  if (isResponse(response)) {
    let text: string;
    try {
      text = await job.watch.wait(response.text(), true);
    } catch (error) {
      throw brokenOff(job, error);
    }
    try {
      completion = JSON.parse(text);
    } catch (cause) {
      throw new StreamProtocolError(`The response is not JSON: ${JSON.stringify(text.slice(0, 120))}`, { cause });
    }
  }
  await job.write(absorbChunk(job.answer, completion));
};
