import type { ExtractionDetails } from "../options.js";
import type { FinishedCall } from "./details.js";

/** All that is known about a call. Adding it up is neither loaded nor done for those who only want the value. */
export async function withDetails<R>(finished: Promise<FinishedCall<R>>): Promise<ExtractionDetails<R>> {
  const known = await finished;
  const { detailsOf } = await import("./details.js");
  return detailsOf(known);
}
