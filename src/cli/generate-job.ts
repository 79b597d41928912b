import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import { generate, type GeneratedSource } from "../generate.js";
import { contentHash } from "../write/content-hash.js";
import { manifestName, printManifest, type ManifestEntry } from "../write/manifest.js";
import { removeOrphans } from "../write/orphans.js";
import { fileHasOurHeader } from "../write/our-header.js";
import { readBytes, systemErrorCode } from "../write/project-files.js";
import { refusal } from "../write/refusal.js";
import { StagedFiles } from "../write/write-files.js";
import { hasErrors, type JobReport, type SourceReport, type SourceState } from "./job-report.js";
import type { JobRequest, JobState } from "./job-state.js";
import { PhaseClock } from "./phase-clock.js";

/** Generates what is stale and writes it. Reports what went wrong; throws only for faults of schemacast. */
export async function generateJob(request: JobRequest, state: JobState): Promise<JobReport> {
  const { root, job } = request;
  const clock = new PhaseClock();
  const sources = [...state.staleness.stale.keys()];
  const generated =
    sources.length === 0
      ? []
      : await generate({ root, sources, inputFolder: job.inputFolder, outputFolder: job.outputFolder, files: state.files });
  clock.mark("generate");
  const judged = generated.map((each) => judge(each, request, state));
  const diagnostics = judged.flatMap((each) => each.diagnostics);
  const held = hasErrors(diagnostics) && request.keepGoing !== true;
  const good = held ? [] : judged.filter((each) => !hasErrors(each.diagnostics));
  const written = writeAll(good, request, state, diagnostics);
  clock.mark("write");
  return {
    job,
    sources: reportSources(judged, state, { held: held || written === undefined, written: written?.paths ?? new Set() }, job.outputFolder),
    diagnostics,
    removed: written?.removed.map((path) => `${job.outputFolder}/${path}`) ?? [],
    bytesWritten: written?.bytes ?? 0,
    timings: clock.timings,
  };
}

interface JudgedSource {
  readonly result: GeneratedSource;
  readonly diagnostics: readonly Diagnostic[];
}

/** Adds what speaks against writing a source's files. */
function judge(result: GeneratedSource, { root, job, force }: JobRequest, state: JobState): JudgedSource {
  if (force === true) return { result, diagnostics: result.diagnostics };
  const diagnostics = [...result.diagnostics];
  const known = new Set(Object.values(state.manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.outputs)));
  for (const { path, text } of result.files) {
    const found = state.outputs.hash(path);
    if (found === undefined || found === contentHash(text)) continue;
    const at = { file: `${job.outputFolder}/${path}`, line: 1, column: 1 };
    if (state.staleness.edited.has(path))
      diagnostics.push(diagnostic("write/edited-output", at, { source: result.source, folder: job.outputFolder }));
    else if (!known.has(path) && !fileHasOurHeader(join(root, at.file)))
      diagnostics.push(diagnostic("write/foreign-file", at, { source: result.source }));
  }
  return { result, diagnostics };
}

interface Written {
  /** Outputs whose bytes changed. */
  readonly paths: ReadonlySet<string>;
  readonly removed: readonly string[];
  readonly bytes: number;
}

/** Writes files and manifest, removes orphans. Undefined, with a diagnostic, where the disk refuses: then nothing was written. */
function writeAll(good: readonly JudgedSource[], request: JobRequest, state: JobState, diagnostics: Diagnostic[]): Written | undefined {
  const folder = join(request.root, request.job.outputFolder);
  const staged = new StagedFiles(folder);
  const paths = new Set<string>();
  let bytes = 0;
  const entries: Record<string, ManifestEntry> = Object.create(null);
  let target = manifestName;
  try {
    for (const source of state.staleness.fresh) keepEntry(entries, source, state);
    for (const source of state.staleness.stale.keys()) keepEntry(entries, source, state);
    for (const { result } of good) {
      entries[result.source] = entryOf(result, state);
      for (const { path, text } of result.files) {
        target = path;
        if (readBytes(join(folder, path))?.equals(Buffer.from(text)) === true) continue;
        staged.stage(path, text);
        paths.add(path);
        bytes += Buffer.byteLength(text);
      }
    }
    const manifest = printManifest({ generator: request.generator, settings: request.job.settingsHash, sources: entries });
    target = manifestName;
    if (readBytes(join(folder, manifestName))?.toString("utf8") !== manifest) staged.stage(manifestName, manifest);
    staged.commit();
    return { paths, bytes, removed: removeOrphans(folder, entries) };
  } catch (error) {
    const code = systemErrorCode(error);
    staged.discard();
    if (code === undefined) throw error;
    diagnostics.push(refusal(`${request.job.outputFolder}/${target}`, code));
    return undefined;
  }
}

/** Takes over the entry of a source that is not written now. A stale one stays stale: no file has an empty hash. */
function keepEntry(entries: Record<string, ManifestEntry>, source: string, state: JobState): void {
  const sources = state.manifest?.sources ?? {};
  const entry = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (entry !== undefined)
    entries[source] = state.staleness.stale.has(source) ? { ...entry, inputs: { ...entry.inputs, [source]: "" } } : entry;
}

function entryOf(result: GeneratedSource, state: JobState): ManifestEntry {
  const inputs: Record<string, string> = {};
  for (const path of [result.source, ...result.dependencies]) {
    const hash = state.files.hash(path);
    if (hash !== undefined) inputs[path] = hash;
  }
  return { inputs, outputs: Object.fromEntries(result.files.map(({ path, text }) => [path, contentHash(text)])), types: result.types };
}

function reportSources(
  judged: readonly JudgedSource[],
  state: JobState,
  outcome: { readonly held: boolean; readonly written: ReadonlySet<string> },
  outputFolder: string,
): readonly SourceReport[] {
  const inFolder = (paths: readonly string[]): readonly string[] => paths.map((path) => `${outputFolder}/${path}`);
  const reports = judged.map(({ result, diagnostics }): SourceReport => {
    const reason = state.staleness.stale.get(result.source);
    return {
      source: result.source,
      state: stateOf(result, hasErrors(diagnostics), outcome),
      outputs: inFolder(result.files.map((file) => file.path)),
      types: result.types,
      ...(reason && { reason }),
    };
  });
  for (const source of state.staleness.fresh) {
    const entry = state.manifest?.sources[source];
    reports.push({ source, state: "fresh", outputs: inFolder(Object.keys(entry?.outputs ?? {})), types: entry?.types ?? [] });
  }
  return reports.toSorted((left, right) => (left.source < right.source ? -1 : 1));
}

function stateOf(
  result: GeneratedSource,
  failed: boolean,
  outcome: { readonly held: boolean; readonly written: ReadonlySet<string> },
): SourceState {
  if (failed) return "failed";
  if (result.files.length === 0) return "empty";
  if (outcome.held) return "held-back";
  return result.files.some((file) => outcome.written.has(file.path)) ? "written" : "unchanged";
}
