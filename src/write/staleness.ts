import type { Manifest, ManifestEntry } from "./manifest.js";

/** Why a source has to be generated. */
export type StaleReason =
  | { readonly kind: "forced" }
  | { readonly kind: "new" }
  | { readonly kind: "settings" }
  | { readonly kind: "generator"; readonly from: string }
  | { readonly kind: "input"; readonly path: string }
  | { readonly kind: "missing-output"; readonly path: string };

/** What a look at the disk says about a job. */
export interface Staleness {
  /** Sources to generate, and why, in order of path. */
  readonly stale: ReadonlyMap<string, StaleReason>;
  /** Sources that are up to date. */
  readonly fresh: readonly string[];
  /** Sources of the manifest that are no longer there. */
  readonly gone: readonly string[];
  /** Outputs, by their path in the output folder, whose bytes are not what was written. */
  readonly edited: ReadonlyMap<string, string>;
}

export interface StalenessQuestion {
  /** In order of path. */
  readonly sources: readonly string[];
  readonly manifest: Manifest | undefined;
  readonly generator: string;
  /** The generator's code is another although its version is the same. */
  readonly generatorChanged: boolean;
  readonly settings: string;
  readonly force: boolean;
  readonly inputHash: (path: string) => string | undefined;
  readonly outputHash: (path: string) => string | undefined;
  /** Hashes a broken-off run may have left at a path. */
  readonly pending: (path: string) => readonly string[];
}

/** Compares hashes; reads nothing by itself. */
export function judgeStaleness(question: StalenessQuestion): Staleness {
  const stale = new Map<string, StaleReason>();
  const fresh: string[] = [];
  const edited = new Map<string, string>();
  const entries = question.manifest?.sources ?? {};
  for (const source of question.sources) {
    const entry = Object.hasOwn(entries, source) ? entries[source] : undefined;
    const reason = findReason(question, entry, (output) => edited.set(output, source));
    if (reason === undefined) fresh.push(source);
    else stale.set(source, reason);
  }
  const present = new Set(question.sources);
  const gone = Object.keys(entries).filter((source) => !present.has(source));
  if (!question.force) {
    for (const source of gone) findReason(question, entries[source], (output) => edited.set(output, source));
  }
  return { stale, fresh, gone, edited };
}

function findReason(
  question: StalenessQuestion,
  entry: ManifestEntry | undefined,
  onEdited: (output: string) => void,
): StaleReason | undefined {
  if (entry === undefined) return question.force ? { kind: "forced" } : { kind: "new" };
  let reason: StaleReason | undefined;
  for (const [path, hash] of Object.entries(entry.outputs)) {
    const found = question.outputHash(path);
    if (found === hash) continue;
    if (found === undefined || question.pending(path).includes(found)) reason ??= { kind: "missing-output", path };
    else onEdited(path);
  }
  if (question.force) return { kind: "forced" };
  for (const [path, hash] of Object.entries(entry.inputs)) {
    if (question.inputHash(path) !== hash) return { kind: "input", path };
  }
  if (question.manifest !== undefined) {
    if (question.manifest.settings !== question.settings) return { kind: "settings" };
    if (question.generatorChanged || question.manifest.generator !== question.generator)
      return { kind: "generator", from: question.manifest.generator };
  }
  return reason;
}
