import { compiledCode } from "../config/compiled-code.js";
import { settingsOf } from "../config/find-sources.js";
import { diagnostic } from "../diagnostics/report.js";
import type { GeneratedSource } from "../generate.js";
import type { ManifestEntry } from "../write/manifest.js";
import { findParts } from "./find-parts.js";
import type { JobRequest, JobState } from "./job-state.js";
import { remoteSchemas } from "./remote-schemas.js";

/** What every stale source becomes, one after the other. Loads the generator only where there is one. */
export async function* generateStale(
  request: JobRequest,
  state: JobState,
  purpose: "check" | "generate" | "update",
): AsyncGenerator<GeneratedSource, void, void> {
  const { root, job } = request;
  const { files, staleness, manifest } = state;
  if (staleness.stale.size === 0) return;
  const parts = findParts(request, state);
  const sources = [...staleness.stale.keys()].filter((source) => !parts.has(source));
  for (const [source, referrers] of parts) {
    if (staleness.stale.has(source) || !isKnownPart(manifest?.sources[source], [source, ...referrers])) yield setAside(source, referrers);
  }
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

/** Whether a source was a part of the same ones before. */
function isKnownPart(entry: ManifestEntry | undefined, inputs: readonly string[]): boolean {
  if (entry === undefined || Object.keys(entry.outputs).length > 0) return false;
  return inputs.length === Object.keys(entry.inputs).length && inputs.every((path) => Object.hasOwn(entry.inputs, path));
}

/** A part depends on its referrers: without them it would be a source like others. */
function setAside(source: string, referrers: readonly string[]): GeneratedSource {
  const [first = "", ...others] = referrers;
  const note = diagnostic(
    "write/only-referenced",
    { file: source, line: 1, column: 1 },
    { referrers: others.length === 0 ? first : `${first} and ${others.length} more` },
  );
  return { source, files: [], diagnostics: [note], dependencies: [source, ...referrers], types: [] };
}
