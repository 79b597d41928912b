import type { ExtractionDetails } from "../options.js";
import type { CallJob } from "./call-job.js";

/** Runs a call to its end: a validated value, or an `ExtractionError`. Never throws synchronously. */
export async function runCall<R, C>(_job: CallJob<R, C>): Promise<ExtractionDetails<R>> {
  throw new Error("not yet");
}
