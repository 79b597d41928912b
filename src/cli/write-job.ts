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
 * 1. every text goes into a temporary file as it comes, 2. the journal tells what will be replaced, 3. temporary files are renamed, the
 * manifest last, 4. orphans and the journal go. A kill before 2 leaves the old state, one after 2 a state that the next run recognises.
 */
export class JobWriter {
  readonly #request: JobRequest;
  readonly #state: JobState;
  readonly #folder: string;
  readonly #staged: StagedFiles;
  readonly #entries: Record<string, ManifestEntry>;
  readonly #hashes: Record<string, string> = {};
  #bytes = 0;
  #refused: Diagnostic | undefined;

  constructor(request: JobRequest, state: JobState) {
    this.#request = request;
    this.#state = state;
    this.#folder = join(request.root, request.job.outputFolder);
    this.#staged = new StagedFiles(this.#folder);
    this.#entries = keptEntries(state);
    if (state.disturbed) this.#unlessRefused(() => removeTemporaryFiles(this.#folder));
  }

  /** Puts what a source became beside what it will replace. Does nothing once the disk has refused. */
  stage({ source, files, dependencies, types }: GeneratedSource): void {
    this.#unlessRefused(() => {
      const outputs: Record<string, string> = {};
      for (const { path, text } of files) {
        const bytes = Buffer.from(text);
        const hash = contentHash(bytes);
        outputs[path] = hash;
        // Most files that are written are new; looking for one that isn't there costs an exception. Hashes don't tell CRLF from LF.
        const isThere = this.#state.outputs.hash(path) !== undefined;
        if (isThere && readBytes(join(this.#folder, path))?.equals(bytes) === true) continue;
        this.#staged.stage(path, bytes);
        this.#hashes[path] = hash;
        this.#bytes += bytes.length;
      }
      this.#entries[source] = { inputs: inputsOf([source, ...dependencies], this.#state), outputs, types };
    });
  }

  /** Puts everything in its place. */
  commit(): Written {
    let removed: readonly string[] = [];
    this.#unlessRefused(() => (removed = this.#commit()));
    if (this.#refused !== undefined) return { paths: new Set(), removed: [], bytes: 0, refused: this.#refused };
    return { paths: new Set(Object.keys(this.#hashes)), removed, bytes: this.#bytes };
  }

  /** Takes back what was staged. */
  discard(): void {
    this.#staged.discard();
  }

  #commit(): readonly string[] {
    const { root, job, generator } = this.#request;
    const orphans = orphansOf(this.#entries, this.#state).filter((path) => leadsOutside(root, `${job.outputFolder}/${path}`) === undefined);
    stageManifest(
      this.#staged,
      this.#folder,
      printManifest({ generator, settings: job.settingsHash, sources: this.#entries }, this.#state.printed),
    );
    if (this.#staged.count > 0 || orphans.length > 0)
      replaceFile(join(this.#folder, journalName), JSON.stringify(addToJournal(this.#state.journal, this.#hashes)));
    this.#staged.commit();
    for (const path of orphans) removeFile(this.#folder, path);
    removeFile(this.#folder, journalName);
    return orphans;
  }

  #unlessRefused(action: () => void): void {
    if (this.#refused !== undefined) return;
    try {
      action();
    } catch (error) {
      this.#staged.discard();
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      this.#refused = refusal(`${this.#request.job.outputFolder}/${this.#staged.last ?? journalName}`, code);
    }
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

function inputsOf(paths: readonly string[], { files }: JobState): Readonly<Record<string, string>> {
  const inputs: Record<string, string> = {};
  for (const path of paths) {
    const hash = files.hash(path);
    if (hash !== undefined) inputs[path] = hash;
  }
  return inputs;
}

/** Outputs of the old manifest and files with our header that no entry claims any more. Edited ones are kept for `--force`. */
function orphansOf(entries: Readonly<Record<string, ManifestEntry>>, state: JobState): readonly string[] {
  const candidates = new Set(state.orphans);
  for (const [source, entry] of Object.entries(state.manifest?.sources ?? {})) {
    const now = entries[source];
    if (now === entry) continue;
    for (const path of Object.keys(entry.outputs)) if (now === undefined || !Object.hasOwn(now.outputs, path)) candidates.add(path);
  }
  if (candidates.size === 0) return [];
  const claimed = new Set(Object.values(entries).flatMap((entry) => Object.keys(entry.outputs)));
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
