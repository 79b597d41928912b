import { runtimeSource } from "../config/runtime-source.js";
import { fileReferences } from "../read/json/file-references.js";
import type { JobRequest, JobState } from "./job-state.js";

/**
 * JSON sources that are only parts of others: somebody refers to them, and they refer to none of those in turn. They get no extractor of their own,
 * unless they have `x-extract` at their root or the configuration says `referenced: "extract"`.
 *
 * @returns who refers to each part, by part
 */
export function findParts({ job }: JobRequest, { files, staleness, manifest }: JobState): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, readonly string[]>();
  if (job.settings.referenced === "extract") return parts;
  const sources = [...staleness.stale.keys(), ...staleness.fresh].filter((source) => source.endsWith(".json") && source !== runtimeSource);
  const known = new Set(sources);
  const direct = new Map<string, readonly string[]>();
  const referencesOf = (path: string): readonly string[] => {
    const found = direct.get(path) ?? fileReferences(path, files.read(path) ?? "");
    direct.set(path, found);
    return found;
  };
  // Most schemas refer to nothing, and of those that have not changed the manifest says so.
  const referring = sources.filter((source) => {
    const inputs = staleness.stale.has(source) ? undefined : manifest?.sources[source]?.inputs;
    return inputs === undefined || Object.keys(inputs).length > 1;
  });
  const reached = new Map(referring.map((source) => [source, reachable(source, referencesOf)]));
  const referrers = new Map<string, string[]>();
  for (const [source, paths] of reached) {
    for (const path of paths) if (known.has(path)) referrers.set(path, [...(referrers.get(path) ?? []), source]);
  }
  for (const [source, by] of referrers) {
    const others = by.filter((other) => reached.get(source)?.has(other) !== true);
    if (others.length > 0 && !isMarked(files.read(source) ?? "")) parts.set(source, others.toSorted());
  }
  return parts;
}

/** Every file that a file leads to, itself left out. */
function reachable(start: string, referencesOf: (path: string) => readonly string[]): ReadonlySet<string> {
  // A set iterates over what is added while it is iterated.
  const found = new Set([start]);
  for (const path of found) for (const next of referencesOf(path)) found.add(next);
  found.delete(start);
  return found;
}

/** Whether a schema says at its root that it is to be extracted. Comments are allowed there, so that JSON.parse may not do. */
function isMarked(text: string): boolean {
  if (!text.includes('"x-extract"')) return false;
  try {
    const root: unknown = JSON.parse(text);
    return typeof root === "object" && root !== null && Object.hasOwn(root, "x-extract");
  } catch {
    return true;
  }
}
