import { existsSync } from "node:fs";
import { join } from "node:path";
import { findJobSources } from "../config/find-sources.js";
import type { Job } from "../config/job.js";
import { contentHash } from "../write/content-hash.js";
import type { HashMemory } from "../write/hash-memory.js";
import type { SnapshotLook } from "./disk-snapshot.js";
import { journalName, pendingHashes, readJournal, type Journal } from "../write/journal.js";
import { lockName } from "../write/lock.js";
import { manifestName, parseManifest, type Manifest, type PrintedManifest } from "../write/manifest.js";
import { findOrphans } from "../write/orphans.js";
import { ProjectFiles, readBytes } from "../write/project-files.js";
import { judgeStaleness, type Staleness } from "../write/staleness.js";

/** What a job is run with. */
export interface JobRequest {
  /** Absolute path of the project root. */
  readonly root: string;
  readonly job: Job;
  /** Version of schemacast. */
  readonly generator: string;
  /** The generator is not the one that made what lies there, whatever the version says: a build of a checkout. */
  readonly generatorChanged?: boolean;
  readonly force?: boolean;
  /** Take remote schemas that have changed since they were locked. */
  readonly updateRemote?: boolean;
  /** Spares a long-running process hashing what has not changed. */
  readonly memory?: HashMemory;
  /** Spares reading what is as it was when the last snapshot was taken. */
  readonly look?: SnapshotLook;
  /** Write the good sources although others have errors. */
  readonly keepGoing?: boolean;
}

/** A look at the disk before anything is done. */
export interface JobState {
  readonly files: ProjectFiles;
  readonly outputs: ProjectFiles;
  readonly manifest: Manifest | undefined;
  /** The manifest with its text, where that is certain to be ours. */
  readonly printed?: PrintedManifest;
  readonly manifestBroken: boolean;
  readonly staleness: Staleness;
  /** Files with our header to which no source leads, relative to the output folder. */
  readonly orphans: readonly string[];
  /** What a broken-off run was about to write. */
  readonly journal: Journal;
  /** Another run is at work here, or was broken off. */
  readonly disturbed: boolean;
}

/** Reads manifest, inputs and outputs of a job and compares them. Loads nothing heavy: this is all that a no-op run does. */
export async function readJobState(request: JobRequest): Promise<JobState> {
  const { root, job } = request;
  const folder = join(root, job.outputFolder);
  const bytes = readBytes(join(folder, manifestName));
  const look = request.look && bytes && contentHash(bytes) === request.look.manifest ? request.look : undefined;
  const text = bytes?.toString("utf8") ?? "";
  const manifest = bytes && parseManifest(text, look !== undefined);
  const known = look && manifest && knownHashes(manifest, look, job);
  const { memory } = request;
  const files = new ProjectFiles(root, { memory, known: known?.inputs });
  const outputs = new ProjectFiles(folder, { memory, known: known?.outputs });
  const journal = readJournal(folder);
  const staleness = judgeStaleness({
    sources: await findJobSources(root, job),
    manifest,
    generator: request.generator,
    generatorChanged: request.generatorChanged === true,
    settings: job.settingsHash,
    force: request.force === true,
    inputHash: (path) => files.hash(path),
    outputHash: (path) => outputs.hash(path),
    pending: (path) => pendingHashes(journal, path),
  });
  return {
    files,
    outputs,
    manifest,
    // A hash says nothing of line ends.
    ...(look && manifest && !text.includes("\r") && { printed: { manifest, text } }),
    manifestBroken: bytes !== undefined && manifest === undefined,
    staleness,
    orphans: findOrphans(folder, new Set(Object.values(manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.outputs)))),
    journal,
    disturbed: existsSync(join(folder, lockName)) || existsSync(join(folder, journalName)),
  };
}

/** Hashes of unchanged files as the manifest tells them. */
function knownHashes(
  manifest: Manifest,
  { unchanged }: SnapshotLook,
  { outputFolder }: Job,
): Record<"inputs" | "outputs", Map<string, string>> {
  const inputs = new Map<string, string>();
  const outputs = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const entry of Object.values(manifest.sources)) {
    for (const [path, hash] of Object.entries(entry.inputs)) {
      // A source that failed has an empty hash, and a file two where one of its users is behind.
      if (hash === "" || (inputs.get(path) ?? hash) !== hash) doubtful.add(path);
      else if (unchanged.has(path)) inputs.set(path, hash);
    }
    for (const [path, hash] of Object.entries(entry.outputs)) if (unchanged.has(`${outputFolder}/${path}`)) outputs.set(path, hash);
  }
  for (const path of doubtful) inputs.delete(path);
  return { inputs, outputs };
}

/** Whether a run would find nothing to do and nothing to tell. */
export function isUpToDate(state: JobState): boolean {
  const { stale, gone, edited } = state.staleness;
  if (stale.size > 0 || gone.length > 0 || edited.size > 0 || state.orphans.length > 0) return false;
  return !state.manifestBroken && !state.disturbed && findChangedLineEnds(state).length === 0;
}

/** Outputs whose line ends were changed to CRLF, relative to the output folder. Looks at the files of fresh sources only. */
export function findChangedLineEnds(state: JobState): readonly string[] {
  return state.staleness.fresh
    .flatMap((source) => Object.keys(state.manifest?.sources[source]?.outputs ?? {}))
    .filter((path) => state.outputs.hasCarriageReturns(path));
}
