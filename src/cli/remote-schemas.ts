import { join } from "node:path";
import { cacheFile } from "../config/cache-folder.js";
import type { RemoteLock } from "../read/json/fetch-remote-schemas.js";
import { remoteLockFile, type RemoteLookup } from "../read/json/remote-lookup.js";
import { type ProjectFiles, readBytes } from "../write/project-files.js";
import { replaceFile } from "../write/write-files.js";

export interface RemoteRun {
  readonly root: string;
  readonly sources: readonly string[];
  readonly files: ProjectFiles;
  readonly allowedOrigins: readonly string[] | undefined;
  /** `check`: nothing is written, and only what the lockfile names is fetched. */
  readonly purpose: "generate" | "update" | "check";
}

/**
 * Fetches the remote schemas that the sources refer to, where origins are allowed; writes what is new to the lockfile at the root
 * and copies into the cache. Undefined where nothing is allowed: then nothing of this is loaded, and nothing is asked.
 */
export async function remoteSchemas({ root, sources, files, allowedOrigins = [], purpose }: RemoteRun): Promise<RemoteLookup | undefined> {
  const schemas = sources.filter((source) => !/\.[cm]?tsx?$/.test(source));
  if (allowedOrigins.length === 0 || schemas.length === 0) return undefined;
  const { fetchRemoteSchemas } = await import("../read/json/fetch-remote-schemas.js");
  const lockPath = join(root, remoteLockFile);
  const before = readLock(lockPath);
  const { remote, lock, fetched } = await fetchRemoteSchemas({
    sources: schemas,
    files,
    allowedOrigins,
    policy: purpose === "generate" ? "add" : purpose === "check" ? "frozen" : "update",
    cached: (hash) => cacheFile(root, cacheName(hash)).read(),
    ...(before && { lock: before }),
  });
  for (const [hash, text] of fetched) cacheFile(root, cacheName(hash)).write(text);
  // Sources that are up to date are not looked at now: what they use stays locked.
  const merged = { ...before?.schemas, ...lock.schemas };
  const text = lockText(merged);
  if (purpose !== "check" && text !== (before && lockText(before.schemas)) && Object.keys(merged).length > 0) replaceFile(lockPath, text);
  // Read again, so that the fingerprint the manifest records is that of what was written.
  files.readAnew(remoteLockFile);
  return remote;
}

function lockText(schemas: RemoteLock["schemas"]): string {
  const sorted = Object.fromEntries(Object.entries(schemas).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return `${JSON.stringify({ version: 1, schemas: sorted } satisfies RemoteLock, null, 2)}\n`;
}

/** A lockfile that cannot be read locks nothing: what it named is fetched and written anew, which shows in the diff. */
function readLock(path: string): RemoteLock | undefined {
  try {
    const value: unknown = JSON.parse(readBytes(path)?.toString("utf8") ?? "null");
    if (typeof value !== "object" || value === null || !("schemas" in value)) return undefined;
    const { schemas } = value;
    if (typeof schemas !== "object" || schemas === null) return undefined;
    const entries = Object.entries(schemas).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { version: 1, schemas: Object.fromEntries(entries) };
  } catch {
    return undefined;
  }
}

function cacheName(hash: string): string {
  return `remote-${hash.replace(/[^A-Za-z0-9]+/g, "_")}`;
}
