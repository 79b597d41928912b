import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { GeneratedSource } from "../generate.js";
import { contentHash } from "../write/content-hash.js";
import { addToJournal, journalName } from "../write/journal.js";
import { manifestName, printManifest, type ManifestEntry } from "../write/manifest.js";
import { leadsOutside } from "../write/output-checks.js";
import { listFiles, readBytes, systemErrorCode } from "../write/project-files.js";
import { refusal } from "../write/refusal.js";
import { removeFile, replaceFile, StagedFiles, temporarySuffix } from "../write/write-files.js";
import type { JobRequest, JobState } from "./job-state.js";

/** What changed on the disk. */
export interface Written {
  /** Outputs whose bytes changed. */
  readonly paths: ReadonlySet<string>;
  readonly removed: readonly string[];
  readonly bytes: number;
  /** Set where the disk refused; then nothing was written, unless it refused in the middle of renaming. */
  readonly refused?: Diagnostic;
}

/**
 * Writes the outputs, then the manifest, and removes orphans. The caller holds the lock. At any moment each file is old or new:
 * 1. every text goes into a temporary file, 2. the journal tells what will be replaced, 3. temporary files are renamed, the manifest
 * last, 4. orphans and the journal go. A kill before 2 leaves the old state, one after 2 a state that the next run recognises.
 */
export function writeJob(good: readonly GeneratedSource[], request: JobRequest, state: JobState): Written {
  const folder = join(request.root, request.job.outputFolder);
  const staged = new StagedFiles(folder);
  const hashes: Record<string, string> = {};
  const entries = keptEntries(state);
  let bytes = 0;
  try {
    if (state.disturbed) removeTemporaryFiles(folder);
    for (const result of good) {
      entries[result.source] = entryOf(result, state);
      for (const { path, text } of result.files) {
        if (readBytes(join(folder, path))?.equals(Buffer.from(text)) === true) continue;
        staged.stage(path, text);
        hashes[path] = contentHash(text);
        bytes += Buffer.byteLength(text);
      }
    }
    const orphans = orphansOf(entries, state).filter(
      (path) => leadsOutside(request.root, `${request.job.outputFolder}/${path}`) === undefined,
    );
    stageManifest(staged, folder, printManifest({ generator: request.generator, settings: request.job.settingsHash, sources: entries }));
    if (staged.count > 0 || orphans.length > 0) replaceFile(join(folder, journalName), JSON.stringify(addToJournal(state.journal, hashes)));
    staged.commit();
    for (const path of orphans) removeFile(folder, path);
    removeFile(folder, journalName);
    return { paths: new Set(Object.keys(hashes)), removed: orphans, bytes };
  } catch (error) {
    staged.discard();
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return { paths: new Set(), removed: [], bytes: 0, refused: refusal(`${request.job.outputFolder}/${staged.last ?? journalName}`, code) };
  }
}

/** Makes the output folder, so that the lock can stand in it. Undo with `leaveFolder`. @throws what the system reports */
export function enterFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
}

/** Removes the output folder where the run left it empty. */
export function leaveFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds something, which is the rule.
  }
}

/** Entries of the sources that are not written now. A gone one with an edited output stays until `--force` removes it; a stale one stays stale: no file has an empty hash. */
function keptEntries({ manifest, staleness }: JobState): Record<string, ManifestEntry> {
  const entries: Record<string, ManifestEntry> = Object.create(null);
  const known = manifest?.sources ?? {};
  for (const source of staleness.fresh) {
    const entry = known[source];
    if (entry !== undefined) entries[source] = entry;
  }
  for (const source of staleness.edited.values()) {
    const entry = known[source];
    if (entry !== undefined && staleness.gone.includes(source)) entries[source] = entry;
  }
  for (const source of staleness.stale.keys()) {
    const entry = Object.hasOwn(known, source) ? known[source] : undefined;
    if (entry !== undefined) entries[source] = { ...entry, inputs: { ...entry.inputs, [source]: "" } };
  }
  return entries;
}

function entryOf(result: GeneratedSource, state: JobState): ManifestEntry {
  const inputs: Record<string, string> = {};
  for (const path of [result.source, ...result.dependencies]) {
    const hash = state.files.hash(path);
    if (hash !== undefined) inputs[path] = hash;
  }
  return { inputs, outputs: Object.fromEntries(result.files.map(({ path, text }) => [path, contentHash(text)])), types: result.types };
}

/** Outputs of the old manifest and files with our header that no entry claims any more. Edited ones are kept for `--force`. */
function orphansOf(entries: Readonly<Record<string, ManifestEntry>>, state: JobState): readonly string[] {
  const claimed = new Set(Object.values(entries).flatMap((entry) => Object.keys(entry.outputs)));
  const candidates = new Set([
    ...state.orphans,
    ...Object.values(state.manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.outputs)),
  ]);
  return [...candidates].filter(
    (path) => !claimed.has(path) && !state.staleness.edited.has(path) && state.outputs.hash(path) !== undefined,
  );
}

function stageManifest(staged: StagedFiles, folder: string, text: string): void {
  if (readBytes(join(folder, manifestName))?.toString("utf8") !== text) staged.stage(manifestName, text);
}

/** A run that was killed while it staged leaves these. The lock is ours, so nobody else's are among them. */
function removeTemporaryFiles(folder: string): void {
  for (const path of listFiles(folder)) if (path.endsWith(temporarySuffix)) removeFile(folder, path);
}
