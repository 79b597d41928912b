import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { listFiles, readBytes } from "../write/project-files.js";
import { cacheFile, type CacheFile } from "./cache-folder.js";
import { findConfigs, namedConfig, type ConfigLocation } from "./find-config.js";
import { defaultJob, type Job } from "./job.js";
import type { Prices } from "./prices.js";

/** The configuration of a project, ready to run. */
export interface ProjectConfig {
  /** Relative to the root; absent where nothing is configured. */
  readonly file?: string;
  /** Empty where there are errors. */
  readonly jobs: readonly Job[];
  /** What models cost, where it says so. */
  readonly prices?: Prices;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything the configuration was made from, relative to the root. */
  readonly files: readonly string[];
}

export interface ConfigRequest {
  readonly root: string;
  /** Version of schemacast: another one may read a configuration otherwise. */
  readonly generator: string;
  /** From `--config`, relative to the root. */
  readonly file?: string;
}

/**
 * Finds, loads and checks the configuration. What a configuration resolved to is cached with the text of every file it was loaded
 * from; while none of them changes it is not loaded again, unless it looks at the world (environment, disk, packages).
 */
export async function readConfig(request: ConfigRequest): Promise<ProjectConfig> {
  const named = request.file === undefined ? undefined : namedConfig(request.root, request.file);
  const located = request.file === undefined ? findConfigs(request.root) : named === undefined ? [] : [named];
  const [location] = located;
  if (location === undefined && request.file === undefined) return { jobs: [defaultJob], diagnostics: [], files: [] };
  if (location === undefined || located.length > 1) return complain(request.file, located);
  const cache = cacheFile(request.root, "config");
  const cached = readCached(cache, request, location);
  if (cached !== undefined)
    return { file: location.file, jobs: cached.jobs, diagnostics: [], files: Object.keys(cached.texts), ...pricesOf(cached) };
  return loadAndResolve(request, location, cache);
}

async function complain(file: string | undefined, located: readonly ConfigLocation[]): Promise<ProjectConfig> {
  const { diagnostic } = await import("../diagnostics/report.js");
  const [first] = located;
  const found =
    first === undefined
      ? diagnostic("config/not-found", undefined, { file: file ?? "" })
      : diagnostic("config/several", { file: first.file, line: 1, column: 1 }, { files: located.map((each) => each.file).join(", ") });
  return { jobs: [], diagnostics: [found], files: [] };
}

async function loadAndResolve({ root, generator }: ConfigRequest, location: ConfigLocation, cache: CacheFile): Promise<ProjectConfig> {
  const [{ loadConfig }, { resolveConfig }, { checkTemplates }, { diagnostic }] = await Promise.all([
    import("./load-config.js"),
    import("./resolve-config.js"),
    import("./check-templates.js"),
    import("../diagnostics/report.js"),
  ]);
  const outcome = await loadConfig(root, location);
  if (outcome.kind === "failed") {
    const { problem, line = 1, column = 1 } = outcome.failure;
    const found = diagnostic("config/not-loaded", { file: location.file, line, column }, { problem, file: location.file });
    return { file: location.file, jobs: [], diagnostics: [found], files: [location.file] };
  }
  const templateFiles: string[] = [];
  const faults: Diagnostic[] = [];
  const resolved = resolveConfig(outcome.loaded.value, location, (folder) => {
    const names = listFiles(join(root, folder)).toSorted();
    for (const name of names) templateFiles.push(`${folder}/${name}`);
    const read = Object.fromEntries(names.map((name) => [name, readBytes(join(root, folder, name))?.toString("utf8") ?? ""]));
    faults.push(...checkTemplates(folder, read, location.file));
    return read;
  });
  const diagnostics = [...resolved.diagnostics, ...faults];
  const files = [...outcome.loaded.files, ...templateFiles];
  const texts = Object.fromEntries(files.map((file) => [file, readBytes(join(root, file))?.toString("utf8") ?? ""]));
  // A folder of templates may get another file, which no text tells.
  const isCacheable = templateFiles.length === 0 && outcome.loaded.files.every((file) => !looksAtTheWorld(texts[file] ?? ""));
  if (diagnostics.length === 0 && isCacheable)
    cache.write(JSON.stringify({ generator, texts, jobs: resolved.jobs, ...pricesOf(resolved) } satisfies CachedConfig));
  return { file: location.file, jobs: faults.length === 0 ? resolved.jobs : [], diagnostics, files, ...pricesOf(resolved) };
}

interface CachedConfig {
  readonly generator: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly jobs: readonly Job[];
  readonly prices?: Prices;
}

function pricesOf({ prices }: { readonly prices?: Prices }): { readonly prices?: Prices } {
  return prices === undefined ? {} : { prices };
}

function readCached(cache: CacheFile, { root, generator }: ConfigRequest, location: ConfigLocation): CachedConfig | undefined {
  const text = cache.read();
  if (text === undefined) return undefined;
  try {
    // The file is ours: it lies in our folder, and what it was made from is compared below.
    const cached = JSON.parse(text) as CachedConfig;
    if (cached.generator !== generator || cached.texts[location.file] !== location.text) return undefined;
    for (const [file, known] of Object.entries(cached.texts)) {
      if (file !== location.file && readBytes(join(root, file))?.toString("utf8") !== known) return undefined;
    }
    return cached;
  } catch {
    return undefined;
  }
}

/** Whether a program may evaluate to something else although its text is the same. Errs on the side of loading it again. */
function looksAtTheWorld(text: string): boolean {
  if (/\bprocess\b|\bimport\.meta\b|\brequire\b|\bimport\s*\(|\bnew Date\b|\bDate\.|\bMath\.random\b/.test(text)) return true;
  return [...text.matchAll(/\bfrom\s*["']([^"']+)["']/g)].some(
    // What an .mjs file imports in its turn is not known: Node loads it, not jiti.
    ([, module = ""]) => (!module.startsWith(".") && module !== "schemacast") || module.endsWith(".mjs"),
  );
}
