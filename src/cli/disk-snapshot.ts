import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "../config/job.js";
import { cacheFile } from "../config/cache-folder.js";
import { contentHash } from "../write/content-hash.js";
import { manifestName } from "../write/manifest.js";
import { readBytes, systemErrorCode } from "../write/project-files.js";
import type { GeneratorIdentity } from "./generator-identity.js";

/**
 * A file's change time may be as coarse as two seconds (FAT), so one that changed right before the snapshot may change again
 * without a trace: Git calls such entries racy. They are not trusted.
 */
const racyMilliseconds = 2000;

export interface SnapshotRequest {
  readonly root: string;
  readonly job: Job;
  readonly identity: GeneratorIdentity;
}

/** What a look at the disk, held against the last snapshot, says. */
export interface SnapshotLook {
  /** Number of sources, where everything is as it was when all was up to date. */
  readonly fresh: number | undefined;
  /** Absolute paths of files that are as they were when the manifest with this hash told their hashes. Empty where `fresh` says it all. */
  readonly unchanged: ReadonlySet<string>;
  readonly manifest: string;
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
 * shortcut for `generate` only and never the authority: `check` always reads.
 */
export function readSnapshot(request: SnapshotRequest): SnapshotLook | undefined {
  const at = Date.now();
  const text = snapshotFile(request).read();
  if (text === undefined) return undefined;
  const first = text.indexOf("\n");
  const second = text.indexOf("\n", first + 1);
  const head = parseHead(text.slice(0, first));
  if (head === undefined || head.identity !== identityOf(request)) return undefined;
  const now = describeDisk(request, head.complete?.others ?? []);
  if (now === undefined) return undefined;
  const { manifest } = head;
  const names = text.slice(second + 1);
  const numbers = Buffer.from(text.slice(first + 1, second), "base64");
  const trusted = head.takenAt - racyMilliseconds;
  const isAsItWas = now.newest < trusted && now.names === names && now.numbers.equals(numbers);
  if (head.complete !== undefined && isAsItWas) return { fresh: head.complete.sources, unchanged: new Set(), manifest, at };
  return { fresh: undefined, unchanged: unchangedFiles(now, { names, numbers }, trusted), manifest, at };
}

/** Files that had the same facts then, none of which is so young that a change may have left no trace. */
function unchangedFiles(now: DiskDescription, then: Pick<DiskDescription, "names" | "numbers">, trusted: number): ReadonlySet<string> {
  const places = new Map(then.names.split("\n").map((name, index) => [name, index]));
  const unchanged = new Set<string>();
  for (const [index, name] of now.names.split("\n").entries()) {
    const place = places.get(name);
    if (place === undefined || (place + 1) * factBytes > then.numbers.length) continue;
    const facts = now.numbers.subarray(index * factBytes, (index + 1) * factBytes);
    const changed = Math.max(facts.readDoubleLE(8), facts.readDoubleLE(16));
    if (changed < trusted && facts.equals(then.numbers.subarray(place * factBytes, (place + 1) * factBytes))) unchanged.add(name);
  }
  return unchanged;
}

/** Takes a snapshot after everything was found up to date, or was brought up to date. */
export function writeSnapshot(request: SnapshotRequest, facts: SnapshotFacts): void {
  const disk = describeDisk(request, facts.complete?.others ?? []);
  const manifest = readBytes(join(request.root, request.job.outputFolder, manifestName));
  if (disk === undefined || manifest === undefined) return;
  const head = JSON.stringify({ ...facts, manifest: contentHash(manifest), identity: identityOf(request) } satisfies SnapshotHead);
  snapshotFile(request).write(`${head}\n${disk.numbers.toString("base64")}\n${disk.names}`);
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

/** Four doubles a file. */
const factBytes = 32;

interface DiskDescription {
  /** One path per line. */
  readonly names: string;
  /** Size, times of change and inode of each, as doubles: printing them as decimals would take as long as asking for them. */
  readonly numbers: Buffer;
  /** The last time of change, in milliseconds since 1970. */
  readonly newest: number;
}

/** What the system says of every file; undefined where a folder or file is missing. */
function describeDisk({ root, job }: SnapshotRequest, others: readonly string[]): DiskDescription | undefined {
  const names: string[] = [];
  const numbers: number[] = [];
  let newest = 0;
  const add = (path: string): void => {
    const { size, mtimeMs, ctimeMs, ino } = statSync(path);
    if (mtimeMs > newest) newest = mtimeMs;
    if (ctimeMs > newest) newest = ctimeMs;
    names.push(path);
    numbers.push(size, mtimeMs, ctimeMs, ino);
  };
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name === ".git") continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  try {
    walk(join(root, job.inputFolder));
    walk(join(root, job.outputFolder));
    for (const path of others) add(join(root, path));
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
  return { names: names.join("\n"), numbers: Buffer.from(Float64Array.from(numbers).buffer), newest };
}
