import { linkSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readBytes, systemErrorCode } from "./project-files.js";
import { temporarySuffix } from "./write-files.js";

/** Who works in a folder. */
export interface LockOwner {
  readonly process: number;
  readonly host: string;
  /** Tells apart processes that got the same number; empty where the system does not say. */
  readonly started: string;
}

export type LockOutcome =
  | { readonly kind: "held"; readonly release: () => void; readonly tookOver: boolean; readonly waited: boolean }
  | { readonly kind: "busy"; readonly owner: LockOwner; readonly seconds: number };

export const lockName = ".schemacast.lock";

/** After this long the lock of a process that can't be looked at (another machine, another container) counts as left behind. */
const foreignLockMilliseconds = 10 * 60_000;
const pollMilliseconds = 40;

/**
 * Takes the lock of a folder, waiting for another run to finish.
 *
 * @param folder absolute path; made where it is not there
 * @param patience milliseconds to wait for another run
 * @param name of the lock, where not the whole folder is meant
 * @throws what the system reports when the folder can't be written
 */
export async function takeLock(folder: string, patience: number, name: string = lockName): Promise<LockOutcome> {
  const path = join(folder, name);
  // Not `performance`, which would load a dozen modules of Node.
  const deadline = process.uptime() * 1000 + patience;
  let tookOver = false;
  for (let turn = 0; ; turn += 1) {
    if (createLock(path)) return { kind: "held", release: () => rmSync(path, { force: true }), tookOver, waited: turn > 0 };
    const text = readBytes(path)?.toString("utf8");
    if (text === undefined) continue; // Released between the two looks.
    const age = ageOf(path);
    const owner = parseOwner(text);
    if (isLeftBehind(owner, age)) {
      tookOver = removeLock(path, text) || tookOver;
      continue;
    }
    if (process.uptime() * 1000 >= deadline) return { kind: "busy", owner, seconds: Math.round(age / 1000) };
    await sleep(pollMilliseconds);
  }
}

/** Makes the lock with its text in one step: a hard link, which fails where the name is taken. */
function createLock(path: string): boolean {
  const text = JSON.stringify({ process: process.pid, host: thisHost(), started: startOf(process.pid) } satisfies LockOwner);
  const temporary = `${path}.${process.pid}${temporarySuffix}`;
  try {
    writeFileSync(temporary, text);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "EEXIST") return false;
    if (code === "ENOENT") {
      // Another run has removed the folder that it left empty.
      mkdirSync(dirname(path), { recursive: true });
      return false;
    }
    if (code !== "EPERM" && code !== "ENOSYS" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
    return createLockWithoutLinks(path, text); // FAT and some network disks have no hard links.
  } finally {
    rmSync(temporary, { force: true });
  }
}

function createLockWithoutLinks(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock if it still is the one that was judged: another run may have taken it over meanwhile. */
function removeLock(path: string, judged: string): boolean {
  const aside = `${path}.left-by.${process.pid}${temporarySuffix}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== judged) linkSync(aside, path);
    rmSync(aside, { force: true });
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "EEXIST") return false;
    throw error;
  }
}

function isLeftBehind(owner: LockOwner, age: number): boolean {
  if (owner.host !== thisHost()) return age > foreignLockMilliseconds;
  if (!isAlive(owner.process)) return true;
  return owner.started !== startOf(owner.process);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

/** Host name and, on Linux, the process namespace: containers may share the name but not the process numbers. */
function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process started, in the kernel's ticks (field 22 of proc(5) stat, after the name in brackets); Linux only. */
function startOf(id: number): string {
  try {
    const text = readFileSync(`/proc/${id}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function ageOf(path: string): number {
  try {
    return Math.max(0, Date.now() - statSync(path).mtimeMs);
  } catch {
    return 0;
  }
}

/** A lock that was cut off while it was written has no owner: process 0 of no host, left to its age. */
function parseOwner(text: string): LockOwner {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "process" in parsed && "host" in parsed && "started" in parsed) {
      const { process: id, host, started } = parsed;
      if (typeof id === "number" && typeof host === "string" && typeof started === "string") return { process: id, host, started };
    }
  } catch {
    // Falls through to the unknown owner.
  }
  return { process: 0, host: "unknown", started: "" };
}
