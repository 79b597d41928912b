import { readdirSync, statSync, type Stats } from "node:fs";
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
  const end = text.indexOf("\n");
  const head = parseHead(text.slice(0, end));
  if (head === undefined || head.identity !== identityOf(request)) return undefined;
  const now = describeDisk(request, head.others);
  return now !== undefined && now.newest < head.takenAt - racyMilliseconds && now.text === text.slice(end + 1)
    ? { sources: head.sources }
    : undefined;
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
  snapshotFile(request).write(`${JSON.stringify({ ...facts, identity: identityOf(request) } satisfies SnapshotHead)}\n${disk.text}`);
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
  readonly text: string;
  /** The last time of change, in milliseconds since 1970. */
  readonly newest: number;
}

/** One line per file; undefined where a folder or file is missing. */
function describeDisk({ root, job }: SnapshotRequest, others: readonly string[]): DiskDescription | undefined {
  const lines: string[] = [];
  let newest = 0;
  const add = (path: string): void => {
    const stats: Stats = statSync(path);
    newest = Math.max(newest, stats.mtimeMs, stats.ctimeMs);
    lines.push(`${path} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`);
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
  return { text: lines.join("\n"), newest };
}
