import { join } from "node:path";
import type { Job } from "../config/job.js";
import { cacheFile } from "../config/cache-folder.js";
import { contentHash } from "../write/content-hash.js";
import { manifestName } from "../write/manifest.js";
import { readBytes } from "../write/project-files.js";
import { describeAnew, describeDisk, factsPerFile, type DiskDescription } from "./disk-description.js";
import type { GeneratorIdentity } from "./generator-identity.js";
import { optimiseLate } from "./optimise-late.js";

/**
 * A file's change time may be as coarse as two seconds (FAT), so one that changed right before the snapshot may change again
 * without a trace: Git calls such entries racy. They are not trusted.
 */
const racyMilliseconds = 2000;

/** Characters of a snapshot from which on setting V8's flag costs less than it saves: some 300 files. */
const manyFiles = 20_000;

export interface SnapshotRequest {
  readonly root: string;
  readonly job: Job;
  readonly identity: GeneratorIdentity;
}

/** What a look at the disk, held against the last snapshot, says. */
export interface SnapshotLook {
  /** Number of sources, where everything is as it was when all was up to date. */
  readonly fresh: number | undefined;
  /** Files, relative to the root, that are as they were when the manifest with this hash told their hashes. Empty where `fresh` says it all. */
  readonly unchanged: ReadonlySet<string>;
  readonly manifest: string;
  readonly disk: DiskDescription;
  /** When the look began, in milliseconds since 1970. */
  readonly at: number;
}

export interface SnapshotFacts {
  /** When the comparison that found everything up to date began, in milliseconds since 1970. */
  readonly takenAt: number;
  /** Absent after a run that wrote: it knows that the files are what the manifest says, not which files a look has to be taken at. */
  readonly complete?: {
    readonly sources: number;
    /** Inputs outside the input folder, relative to the root. */
    readonly others: readonly string[];
  };
}

/**
 * Remembers, outside the project's own files, that each file had this size, inode and time of change while its hash was the manifest's. A
 * later run that finds the same need not read and hash it: at a thousand schemas that is most of a run with little to do. It is a
 * shortcut for `generate` only and never the authority: `check` always reads. For the command line, whose process is its own: it sets a
 * flag of V8.
 */
export function readSnapshot(request: SnapshotRequest): SnapshotLook | undefined {
  const at = Date.now();
  const text = snapshotFile(request).read();
  if (text === undefined) return undefined;
  const first = text.indexOf("\n");
  const second = text.indexOf("\n", first + 1);
  const head = parseHead(text.slice(0, first));
  if (head === undefined || head.identity !== identityOf(request)) return undefined;
  if (text.length > manyFiles) optimiseLate();
  const disk = describeDisk(request.root, request.job, head.complete?.others ?? []);
  if (disk === undefined) return undefined;
  const { manifest } = head;
  const names = text.slice(second + 1);
  const facts = numbersIn(text.slice(first + 1, second));
  const trusted = head.takenAt - racyMilliseconds;
  const isAsItWas = disk.newest < trusted && disk.names.join("\n") === names && areEqual(disk.facts, facts);
  if (head.complete !== undefined && isAsItWas) return { fresh: head.complete.sources, unchanged: new Set(), manifest, disk, at };
  return { fresh: undefined, unchanged: unchangedFiles(disk, { names: names.split("\n"), facts }, trusted), manifest, disk, at };
}

function areEqual(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

interface OlderDescription {
  readonly names: readonly string[];
  readonly facts: Float64Array;
}

/** Files that had the same facts then, none of which is so young that a change may have left no trace. */
function unchangedFiles(now: DiskDescription, then: OlderDescription, trusted: number): ReadonlySet<string> {
  const places = new Map(then.names.map((name, index) => [name, index]));
  const unchanged = new Set<string>();
  for (const [index, name] of now.names.entries()) {
    const place = places.get(name);
    if (place === undefined) continue;
    const isSame = (fact: number): boolean => now.facts[index * factsPerFile + fact] === then.facts[place * factsPerFile + fact];
    const isOld = (fact: number): boolean => (now.facts[index * factsPerFile + fact] ?? Infinity) < trusted;
    if (isSame(0) && isSame(1) && isSame(2) && isSame(3) && isOld(1) && isOld(2)) unchanged.add(name);
  }
  return unchanged;
}

/** What a run did since it looked. */
export interface SinceLook {
  readonly look: SnapshotLook;
  /** Files that it wrote or removed, relative to the root. */
  readonly touched: ReadonlySet<string>;
}

/**
 * Takes a snapshot after everything was found up to date, or was brought up to date.
 *
 * @param since spares asking for the facts of files that the run left alone: if one is another by now, the next look will see it
 */
export function writeSnapshot(request: SnapshotRequest, facts: SnapshotFacts, since?: SinceLook): void {
  const { root, job } = request;
  const manifestPath = `${job.outputFolder}/${manifestName}`;
  const disk = since
    ? describeAnew(root, since.look.disk, new Set([...since.touched, manifestPath]))
    : describeDisk(root, job, facts.complete?.others ?? []);
  const manifest = readBytes(join(root, manifestPath));
  if (disk === undefined || manifest === undefined) return;
  const head = JSON.stringify({ ...facts, manifest: contentHash(manifest), identity: identityOf(request) } satisfies SnapshotHead);
  snapshotFile(request).write(`${head}\n${textOf(disk.facts)}\n${disk.names.join("\n")}`);
}

/** Doubles as base64: printing them as decimals would take as long as asking the system for them. */
function textOf(numbers: readonly number[]): string {
  return Buffer.from(Float64Array.from(numbers).buffer).toString("base64");
}

function numbersIn(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  const numbers = new Float64Array(bytes.length >> 3);
  Buffer.from(numbers.buffer).set(bytes.subarray(0, numbers.byteLength));
  return numbers;
}

interface SnapshotHead extends SnapshotFacts {
  readonly identity: string;
  /** Hash of the manifest. */
  readonly manifest: string;
}

function parseHead(line: string): SnapshotHead | undefined {
  try {
    return JSON.parse(line) as SnapshotHead; // Ours, in our folder; compared with what is there before it counts.
  } catch {
    return undefined;
  }
}

function snapshotFile({ root, job }: SnapshotRequest): ReturnType<typeof cacheFile> {
  return cacheFile(root, `fresh-${job.outputFolder.replace(/[^A-Za-z0-9-]+/g, "_")}`);
}

function identityOf({ root, job, identity }: SnapshotRequest): string {
  return JSON.stringify([root, identity, job]);
}
