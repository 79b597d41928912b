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

/** Reads a manifest's text. Undefined where it is not one of ours: broken by a merge, cut off, of another format. */
export function parseManifest(text: string): Manifest | undefined {
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
    if (!isEntry(entry)) return undefined;
    sources[source] = entry;
  }
  return { generator, settings, sources };
}

/** One line per source, in order of path: two branches that touch different schemas merge without a conflict. */
export function printManifest(manifest: Manifest): string {
  const lines = Object.keys(manifest.sources)
    .toSorted(byCodeUnit)
    .map((source) => `    ${JSON.stringify(source)}: ${JSON.stringify(sortEntry(manifest.sources[source]))}`);
  const sources = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{
  "format": ${format},
  "generator": ${JSON.stringify(manifest.generator)},
  "settings": ${JSON.stringify(manifest.settings)},
  "sources": ${sources}
}
`;
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
