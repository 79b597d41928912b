import { compiledCode } from "../config/compiled-code.js";
import { settingsOf } from "../config/find-sources.js";
import type { GeneratedSource } from "../generate.js";
import type { JobRequest, JobState } from "./job-state.js";
import { remoteSchemas } from "./remote-schemas.js";

/** What every stale source becomes, one after the other. Loads the generator only where there is one. */
export async function* generateStale(
  { root, job }: JobRequest,
  { files, staleness }: JobState,
  purpose: "check" | "generate" | "update",
): AsyncGenerator<GeneratedSource, void, void> {
  const sources = [...staleness.stale.keys()];
  if (sources.length === 0) return;
  const { generateEach } = await import("../generate.js");
  const { inputFolder, outputFolder } = job;
  const settingsFor = await settingsOf(job);
  const remote = await remoteSchemas({ root, sources, files, allowedOrigins: job.allowRemote, purpose });
  yield* generateEach({
    ...(remote && { remote }),
    root,
    sources,
    inputFolder,
    outputFolder,
    files,
    settingsFor,
    compiledCode: compiledCode(root, "typescript"),
  });
}
