import { join, relative, sep } from "node:path";
import { watch, type FSWatcher } from "chokidar";
import { findConfigs } from "../config/find-config.js";
import { readConfig } from "../config/read-config.js";
import { HashMemory } from "../write/hash-memory.js";
import { systemErrorCode } from "../write/project-files.js";
import { unwatched } from "../write/refusal.js";
import { generatorIdentity } from "./generator-identity.js";
import { manifestInputs } from "./print-inputs.js";
import { generateProject, type GenerateReport, type ProjectOptions } from "./project.js";

/** One turn of a watch that did something. */
export interface WatchTurn {
  readonly report: GenerateReport;
  /** From the first event to the last byte. */
  readonly milliseconds: number;
  /** What changed, relative to the root; empty for the first turn and for a late look. */
  readonly changed: readonly string[];
}

export interface WatchOptions extends ProjectOptions {
  readonly onTurn: (turn: WatchTurn) => void;
}

export interface ProjectWatch {
  /** The first turn is done and changes are seen. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Editors write a file in several steps; events that come this close together are one change. */
const settleMilliseconds = 8;

const lateMilliseconds = 300;

/** Brings a project up to date, and again whenever a schema, what it refers to, or the configuration changes. */
export function watchProject(options: WatchOptions): ProjectWatch {
  const turns = new TurnRunner(options);
  let watcher: FSWatcher | undefined;
  let isClosed = false;
  const followed = new Set<string>();
  const follow = async (): Promise<void> => {
    // Adding a folder a second time makes chokidar take what appeared meanwhile for known.
    const paths = (await watchedPaths(options)).map((path) => join(options.root, path)).filter((path) => !followed.has(path));
    if (isClosed || (watcher !== undefined && paths.length === 0)) return;
    for (const path of paths) followed.add(path);
    if (watcher !== undefined) return void watcher.add(paths);
    watcher = watch(paths, { ignoreInitial: true, ignored: (path) => /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path) });
    watcher.on("all", (event, path) => {
      // chokidar forgets what is gone. Added again after the turn, its coming back is waited for.
      if (event === "unlink" || event === "unlinkDir") followed.delete(path);
      turns.change(relative(options.root, path).split(sep).join("/"));
    });
    watcher.on("error", tellRefusals(options));
    // Not `once` of Node, which an error would end.
    await new Promise<void>((resolve) => watcher?.once("ready", resolve));
  };
  turns.onDone = follow;
  return {
    ready: turns.run([]),
    close: async () => {
      isClosed = true;
      turns.stop();
      await watcher?.close();
    },
  };
}

/** Tells the first of each kind: where a limit is reached, every folder meets it. */
function tellRefusals({ root, onTurn }: WatchOptions): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    if (told.has(code)) return;
    told.add(code);
    const path = error instanceof Error && "path" in error && typeof error.path === "string" ? relative(root, error.path) : ".";
    const diagnostics = [unwatched(path.split(sep).join("/") || ".", code)];
    onTurn({ report: { ok: false, diagnostics, jobs: [] }, milliseconds: 0, changed: [] });
  };
}

/** Runs turns one after the other; what changes meanwhile is the next one's. */
class TurnRunner {
  onDone: () => Promise<void> = async () => Promise.resolve();
  readonly #options: WatchOptions;
  readonly #memory = new HashMemory();
  #changed = new Set<string>();
  #first = 0;
  #timer: NodeJS.Timeout | undefined;
  #late: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  /** The findings of the last look. */
  #told = "";

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  change(path: string): void {
    if (this.#changed.size === 0) this.#first = performance.now();
    this.#changed.add(path);
    this.#timer ??= setTimeout(() => this.#start(), settleMilliseconds);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#late);
  }

  #start(): void {
    this.#running = this.#running.then(async () => {
      this.#timer = undefined;
      const changed = [...this.#changed];
      this.#changed = new Set();
      if (!this.#stopped && changed.length > 0) await this.run(changed, this.#first);
    });
  }

  async run(changed: readonly string[], since = performance.now()): Promise<void> {
    const { onTurn, ...options } = this.#options;
    const report = await generateProject({ ...options, memory: this.#memory });
    const found = findingsOf(report);
    // That what was told is so no more is news too: a broken schema was removed.
    const isNews = changed.length === 0 || found !== this.#told || !isIdle(report);
    this.#told = found;
    if (!this.#stopped && isNews) onTurn({ report, milliseconds: performance.now() - since, changed });
    await this.onDone();
    if (changed.length > 0) this.#lookAgain();
  }

  /** chokidar drops events that come within 5 ms of another: one late look, which tells only what is new. */
  #lookAgain(): void {
    clearTimeout(this.#late);
    this.#late = setTimeout(() => {
      this.#running = this.#running.then(async () => {
        if (this.#stopped) return;
        const { onTurn, ...options } = this.#options;
        const since = performance.now();
        const report = await generateProject({ ...options, memory: this.#memory });
        const hasWritten = report.jobs.some((job) => job.removed.length > 0 || job.sources.some((source) => source.state === "written"));
        // A schema that was broken in the dropped event writes nothing, and must be told all the same.
        const isNews = hasWritten || findingsOf(report) !== this.#told;
        this.#told = findingsOf(report);
        if (isNews && !this.#stopped) onTurn({ report, milliseconds: performance.now() - since, changed: [] });
      });
    }, lateMilliseconds);
  }
}

function findingsOf({ diagnostics, jobs }: GenerateReport): string {
  return JSON.stringify([diagnostics, ...jobs.map((job) => job.diagnostics)]);
}

/** Whether a turn found nothing to do and nothing to tell: a file was touched, or one change gave two events. */
function isIdle({ diagnostics, jobs }: GenerateReport): boolean {
  if (diagnostics.length > 0) return false;
  return jobs.every(
    (job) => job.diagnostics.length === 0 && job.removed.length === 0 && job.sources.every((source) => source.state === "fresh"),
  );
}

/** Input folders, configuration files, and files elsewhere that outputs were made from. */
async function watchedPaths(options: ProjectOptions): Promise<readonly string[]> {
  const { version, stamp } = generatorIdentity();
  const config = await readConfig({
    root: options.root,
    generator: `${version} ${stamp}`,
    ...(options.config !== undefined && { file: options.config }),
  });
  const paths = new Set<string>([...findConfigs(options.root).map((each) => each.file), ...config.files]);
  for (const { inputFolder, outputFolder } of config.jobs) {
    paths.add(inputFolder);
    for (const path of manifestInputs(options.root, outputFolder)) if (!path.startsWith(`${inputFolder}/`)) paths.add(path);
  }
  return [...paths];
}
