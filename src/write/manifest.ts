/** What one source was made into, and from what: hashes by path. */
export interface ManifestEntry {
  /** The source and every file it refers to or imports, relative to the root. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Relative to the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of the types that got an extractor. */
  readonly types: readonly string[];
}

/** The record a run leaves in the output folder. Holds relative paths only, so that it can be committed and cached. */
export interface Manifest {
  /** Version of schemacast that wrote the outputs. */
  readonly generator: string;
  /** Fingerprint of the settings they were written with. */
  readonly settings: string;
  readonly sources: Readonly<Record<string, ManifestEntry>>;
}

/** Its name in the output folder. */
export const manifestName = ".schemacast.json";

const format = 1;

/**
 * Reads a manifest's text. Undefined where it is not one of ours: broken by a merge, cut off, of another format.
 *
 * @param isKnown its entries were looked at in an earlier run
 */
export function parseManifest(text: string, isKnown = false): Manifest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || parsed["format"] !== format || !isRecord(parsed["sources"])) return undefined;
  const { generator, settings } = parsed;
  if (typeof generator !== "string" || typeof settings !== "string") return undefined;
  const sources: Record<string, ManifestEntry> = Object.create(null);
  for (const [source, entry] of Object.entries(parsed["sources"])) {
    if (!isKnown && !isEntry(entry)) return undefined;
    sources[source] = entry as ManifestEntry; // Held against its shape, now or when the snapshot was taken.
  }
  return { generator, settings, sources };
}

/**
 * One line per source, in order of path: two branches that touch different schemas merge without a conflict.
 *
 * @param before the last manifest, and the text that it was printed as: lines of entries that are its own are taken from there
 */
export function printManifest(manifest: Manifest, before?: PrintedManifest): string {
  const known = before && knownLines(before.text);
  const lines = Object.keys(manifest.sources)
    .toSorted(byCodeUnit)
    .map((source) => {
      const name = `    ${JSON.stringify(source)}: `;
      const entry = manifest.sources[source];
      const line = entry === before?.manifest.sources[source] ? known?.get(name) : undefined;
      return line ?? name + JSON.stringify(sortEntry(entry));
    });
  const sources = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{
  "format": ${format},
  "generator": ${JSON.stringify(manifest.generator)},
  "settings": ${JSON.stringify(manifest.settings)},
  "sources": ${sources}
}
`;
}

/** A manifest as it was parsed from a text that `printManifest` made. */
export interface PrintedManifest {
  readonly manifest: Manifest;
  readonly text: string;
}

/** The lines of sources as they were printed, without the comma, by what stands before the entry. */
function knownLines(text: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const line of text.split("\n")) {
    const end = line.indexOf('": {"inputs":');
    if (end > 0 && line.startsWith('    "')) lines.set(line.slice(0, end + 3), line.endsWith(",") ? line.slice(0, -1) : line);
  }
  return lines;
}

/** Order by UTF-16 code unit: the same on every machine. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortEntry(entry: ManifestEntry | undefined): unknown {
  return entry && { inputs: sortKeys(entry.inputs), outputs: sortKeys(entry.outputs), types: entry.types };
}

function sortKeys(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => byCodeUnit(left, right)));
}

function isEntry(value: unknown): value is ManifestEntry {
  return (
    isRecord(value) &&
    isHashes(value["inputs"]) &&
    isHashes(value["outputs"]) &&
    Object.keys(value["outputs"]).every(staysInside) &&
    Array.isArray(value["types"]) &&
    value["types"].every((name) => typeof name === "string")
  );
}

function isHashes(value: unknown): value is Record<string, string> {
  if (!isRecord(value)) return false;
  for (const path of Object.keys(value)) if (typeof value[path] !== "string" || !isRelativePath(path)) return false;
  return true;
}

/** A manifest is read from a folder others write to: its paths must not lead the removal of orphans out of that folder. */
function staysInside(path: string): boolean {
  return path.split("/").every((part) => part !== ".." && part !== "." && part !== "");
}

function isRelativePath(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.includes("\\") && !/^[A-Za-z]:/.test(path) && !path.includes("\0");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
