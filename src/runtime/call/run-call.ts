import type { ExtractionDetails } from "../options.js";
import type { CallJob } from "./call-job.js";
import { startCall } from "./start-call.js";

/** Runs a call to its end and tells all about it. @throws {ExtractionError} as `startCall`; never synchronously */
export async function runCall<R, C>(job: CallJob<R, C>): Promise<ExtractionDetails<R>> {
  const finished = await startCall(job);
  // Adding up is not loaded by those who only want the value.
  const { detailsOf } = await import("./details.js");
  return detailsOf(finished);
}
