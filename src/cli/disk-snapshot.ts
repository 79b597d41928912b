import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "../config/job.js";
import { cacheFile } from "../config/cache-folder.js";
import { systemErrorCode } from "../write/project-files.js";
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

/** What a snapshot vouches for. */
export interface KnownFresh {
  readonly sources: number;
}

/**
 * Remembers, outside the project's own files, that everything was up to date while every file had this size, inode and time of change. A
 * later run that finds the same need not read and hash anything: at a thousand schemas that is most of a no-op run. It is a shortcut
 * for `generate` only and never the authority: `check` always reads.
 */
export function readSnapshot(request: SnapshotRequest): KnownFresh | undefined {
  const text = snapshotFile(request).read();
  if (text === undefined) return undefined;
  const first = text.indexOf("\n");
  const second = text.indexOf("\n", first + 1);
  const head = parseHead(text.slice(0, first));
  if (head === undefined || head.identity !== identityOf(request)) return undefined;
  const now = describeDisk(request, head.others);
  if (now === undefined || now.newest >= head.takenAt - racyMilliseconds || now.names !== text.slice(second + 1)) return undefined;
  return now.numbers.equals(Buffer.from(text.slice(first + 1, second), "base64")) ? { sources: head.sources } : undefined;
}

/**
 * Takes a snapshot after everything was found up to date.
 *
 * @param takenAt when the comparison that said so began, in milliseconds since 1970
 * @param others inputs outside the input folder, relative to the root
 */
export function writeSnapshot(
  request: SnapshotRequest,
  facts: { readonly takenAt: number; readonly sources: number; readonly others: readonly string[] },
): void {
  const disk = describeDisk(request, facts.others);
  // Without the margin the next run could not use it: spare the write.
  if (disk === undefined || disk.newest >= facts.takenAt - racyMilliseconds) return;
  const head = JSON.stringify({ ...facts, identity: identityOf(request) } satisfies SnapshotHead);
  snapshotFile(request).write(`${head}\n${disk.numbers.toString("base64")}\n${disk.names}`);
}

interface SnapshotHead {
  readonly identity: string;
  readonly takenAt: number;
  readonly sources: number;
  readonly others: readonly string[];
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
