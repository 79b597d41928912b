import { join } from "node:path";
import { readBytes } from "./project-files.js";

/**
 * What a run is about to write: hashes by output. It stands in the output folder while files are replaced, so that after a kill the
 * next run knows a half-done replacement from an edit by hand.
 */
export type Journal = Readonly<Record<string, readonly string[]>>;

export const journalName = ".schemacast.journal";

/** Reads what a broken-off run left; empty where there is nothing. */
export function readJournal(folder: string): Journal {
  const bytes = readBytes(join(folder, journalName));
  if (bytes === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    return isJournal(parsed) ? parsed : {};
  } catch {
    return {}; // It is renamed into place, so this is not ours.
  }
}

/** Adds hashes to a journal. */
export function addToJournal(journal: Journal, hashes: Readonly<Record<string, string>>): Journal {
  const added: Record<string, readonly string[]> = { ...journal };
  for (const [path, hash] of Object.entries(hashes))
    added[path] = [...new Set([...(Object.hasOwn(journal, path) ? (journal[path] ?? []) : []), hash])];
  return added;
}

/** The hashes a broken-off run may have left at a path. */
export function pendingHashes(journal: Journal, path: string): readonly string[] {
  return Object.hasOwn(journal, path) ? (journal[path] ?? []) : [];
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((hashes) => Array.isArray(hashes) && hashes.every((hash) => typeof hash === "string"));
}
