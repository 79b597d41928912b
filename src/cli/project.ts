import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFile } from "../config/cache-folder.js";
import type { GenerateSettings } from "../config/generate-settings.js";
import type { Job } from "../config/job.js";
import { readConfig, type ProjectConfig } from "../config/read-config.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { HashMemory } from "../write/hash-memory.js";
import { isUnreadableFile } from "../write/project-files.js";
import type { CheckReport } from "./check-job.js";
import { readSnapshot, type SinceLook, type SnapshotFacts, type SnapshotLook, writeSnapshot } from "./disk-snapshot.js";
import { generatorIdentity, type GeneratorIdentity } from "./generator-identity.js";
import { reportFresh, type JobReport } from "./job-report.js";
import { findChangedLineEnds, isUpToDate, readJobState, type JobRequest } from "./job-state.js";
import { now } from "./now.js";

/** Which project, and how to treat it. */
export interface ProjectOptions {
  /** Absolute path of the project root. */
  readonly root: string;
  /** Configuration, relative to the root; found by its name when absent. */
  readonly config?: string;
  /** Generate everything, and overwrite outputs that were edited by hand. Default: false. */
  readonly force?: boolean;
  /** Origins that remote references may be fetched from, besides those of the configuration. */
  readonly allowRemote?: readonly string[];
  /** Take remote schemas that have changed since they were locked. Default: false. */
  readonly updateRemote?: boolean;
  /** Write the good sources although others have errors. Default: false. */
  readonly keepGoing?: boolean;
  /** Settings that win over those of the configuration. */
  readonly settings?: Pick<GenerateSettings, "target" | "mocks">;
  /** Kept between runs of one process, so that each hashes only what changed. */
  readonly memory?: HashMemory;
  /** Milliseconds to wait for another run in the same output folder. Default: 30,000. */
  readonly patience?: number;
}

export interface GenerateReport {
  /** No errors. */
  readonly ok: boolean;
  /** What is wrong with the configuration; then no job ran. */
  readonly diagnostics: readonly Diagnostic[];
  readonly jobs: readonly JobReport[];
}

export interface ProjectCheck {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly jobs: readonly CheckReport[];
}

/**
 * Brings the generated files of a project up to date. What `schemacast generate` does, without printing.
 *
 * @param looks by output folder, taken right before: spare reading what has not changed
 */
export function generateProject(options: ProjectOptions, looks?: ProjectGlance["looks"]): Promise<GenerateReport> {
  return reportUnreadable(options, () => generateJobs(options, looks));
}

/** Compares a project's generated files with what `generateProject` would write. Writes nothing. No schema at all is an error. */
export function checkProject(options: ProjectOptions): Promise<ProjectCheck> {
  return reportUnreadable(options, () => checkJobs(options));
}

/** A file that can't be read stops the whole run: it may be the one that another job depends on. */
async function reportUnreadable<Report extends { readonly jobs: readonly unknown[] }>(
  { root }: ProjectOptions,
  run: () => Promise<Report>,
): Promise<Report | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly jobs: readonly never[] }> {
  try {
    return await run();
  } catch (error) {
    if (!isUnreadableFile(error)) throw error;
    const { unreadable } = await import("../write/refusal.js");
    return { ok: false, diagnostics: [unreadable(root, error)], jobs: [] };
  }
}

async function nothingToCheck(root: string, inputFolders: readonly string[]): Promise<Diagnostic> {
  const [{ diagnostic }, { adviceOnNoSchemas }] = await Promise.all([import("../diagnostics/report.js"), import("./no-schemas.js")]);
  const otherwise = "Put a schema there, run `npx schemacast init`, or name another folder with `input` or --root.";
  const facts = {
    folders: inputFolders.map((folder) => `${folder}/`).join(", "),
    advice: adviceOnNoSchemas(root, inputFolders, otherwise),
  };
  return diagnostic("write/no-schemas", undefined, facts);
}

async function generateJobs(options: ProjectOptions, looks: ProjectGlance["looks"] = new Map()): Promise<GenerateReport> {
  const identity = generatorIdentity();
  const config = await configOf(options, identity);
  const jobs: JobReport[] = [];
  const diagnostics = [...config.diagnostics, ...(await faultsOf(options.root, config))];
  if (isFree([diagnostics]))
    for (const job of config.jobs) jobs.push(await generateOne(options, { job, identity, look: looks.get(job.outputFolder) }));
  return { ok: isFree([diagnostics, ...jobs.map((job) => job.diagnostics)]), diagnostics, jobs };
}

async function checkJobs(options: ProjectOptions): Promise<ProjectCheck> {
  const identity = generatorIdentity();
  const config = await configOf(options, identity);
  const jobs: CheckReport[] = [];
  const diagnostics = [...config.diagnostics, ...(await faultsOf(options.root, config))];
  for (const job of isFree([diagnostics]) ? config.jobs : []) {
    const request = requestOf(options, { job, identity });
    const state = await readJobState(request);
    if (isUpToDate(state)) jobs.push({ job, sources: state.staleness.fresh.length, diagnostics: [], diffs: new Map() });
    else jobs.push(await (await import("./check-job.js")).checkJob(request, state));
  }
  if (jobs.length > 0 && jobs.every(({ sources }) => sources === 0)) {
    diagnostics.push(
      await nothingToCheck(
        options.root,
        jobs.map(({ job }) => job.inputFolder),
      ),
    );
  }
  return { ok: isFree([diagnostics, ...jobs.map((job) => job.diagnostics)]), diagnostics, jobs };
}

/** What looks at sizes and times of change say of a project. */
export interface ProjectGlance {
  /** Number of sources, where that is enough to say that every job is up to date. */
  readonly fresh: number | undefined;
  /** By output folder. */
  readonly looks: ReadonlyMap<string, SnapshotLook>;
}

/** Looks at sizes and times of change only; reads no file of the project but its configuration. */
export async function glanceAtProject(options: ProjectOptions): Promise<ProjectGlance> {
  const looks = new Map<string, SnapshotLook>();
  if (options.force === true) return { fresh: undefined, looks };
  const identity = generatorIdentity();
  try {
    const { jobs } = await configOf(options, identity);
    for (const job of jobs) {
      const look = readSnapshot({ root: options.root, job, identity });
      if (look !== undefined) looks.set(job.outputFolder, look);
    }
    const counts = jobs.map(({ outputFolder }) => looks.get(outputFolder)?.fresh);
    const isFresh = jobs.length > 0 && counts.every((count) => count !== undefined);
    return { fresh: isFresh ? counts.reduce((sum: number, count) => sum + (count ?? 0), 0) : undefined, looks };
  } catch (error) {
    if (isUnreadableFile(error)) return { fresh: undefined, looks };
    throw error;
  }
}

interface JobContext {
  readonly job: Job;
  readonly identity: GeneratorIdentity;
  readonly look?: SnapshotLook | undefined;
}

async function generateOne(options: ProjectOptions, { job, identity, look }: JobContext): Promise<JobReport> {
  // What changes after the look is not in it.
  const takenAt = look?.at ?? Date.now();
  const start = now();
  const request = { ...requestOf(options, { job, identity }), ...(look && { look }) };
  const state = await readJobState(request);
  const remember = (facts: Omit<SnapshotFacts, "takenAt">, since?: SinceLook): void => {
    if (identity.stamp !== "") buildStamp(options.root, job).write(identity.stamp);
    writeSnapshot({ root: options.root, job, identity }, { takenAt, ...facts }, since);
  };
  if (!isUpToDate(state)) {
    const { generateJob } = await import("./generate-job.js");
    const report = await generateJob(request, state, options.patience === undefined ? {} : { patience: options.patience });
    // Line ends are told of each time, which takes reading the files.
    if (report.settled && isFree([report.diagnostics]) && findChangedLineEnds(state).length === 0)
      remember({}, look && { look, touched: touchedBy(report) });
    else if (report.settled && identity.stamp !== "") buildStamp(options.root, job).write(identity.stamp);
    return report;
  }
  const report = reportFresh(job, state, now() - start);
  const inputs = [...new Set(Object.values(state.manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.inputs)))];
  const others = inputs.filter((path) => !path.startsWith(`${job.inputFolder}/`));
  remember({ complete: { sources: report.sources.length, others } });
  return report;
}

/** Files that a run wrote or removed, relative to the root. */
function touchedBy({ sources, removed }: JobReport): ReadonlySet<string> {
  return new Set([...sources.flatMap(({ state, outputs }) => (state === "written" ? outputs : [])), ...removed]);
}

function requestOf(options: ProjectOptions, { job, identity }: JobContext): JobRequest {
  const { root, force, keepGoing, allowRemote, updateRemote } = options;
  return {
    root,
    job: allowRemote ? { ...job, allowRemote: [...(job.allowRemote ?? []), ...allowRemote] } : job,
    generator: identity.version,
    generatorChanged: identity.stamp !== "" && buildStamp(root, job).read() !== identity.stamp,
    ...(options.memory && { memory: options.memory }),
    ...(force !== undefined && { force }),
    ...(updateRemote !== undefined && { updateRemote }),
    ...(keepGoing !== undefined && { keepGoing }),
  };
}

/** Where a checkout of schemacast remembers which build of it generated last. */
function buildStamp(root: string, job: Job): ReturnType<typeof cacheFile> {
  return cacheFile(root, `build-${job.outputFolder.replace(/[^A-Za-z0-9-]+/g, "_")}`);
}

async function configOf({ root, config, settings }: ProjectOptions, { version, stamp }: GeneratorIdentity): Promise<ProjectConfig> {
  const read = await readConfig({ root, generator: `${version} ${stamp}`, ...(config !== undefined && { file: config }) });
  if (settings === undefined || Object.keys(settings).length === 0) return read;
  const { withSettings } = await import("../config/hash-settings.js");
  return { ...read, jobs: read.jobs.map((job) => withSettings(job, settings)) };
}

/** A project without a configuration, or one without globs whose folders are there, needs no closer look. */
async function faultsOf(root: string, config: ProjectConfig): Promise<readonly Diagnostic[]> {
  const isPlain = config.jobs.every(
    ({ overrides, include, exclude, inputFolder }) =>
      overrides.length === 0 && (include ?? exclude) === undefined && existsSync(join(root, inputFolder)),
  );
  if (config.file === undefined || isPlain) return [];
  return (await import("./job-findings.js")).findJobFaults(root, config);
}

function isFree(lists: readonly (readonly Diagnostic[])[]): boolean {
  return lists.every((list) => list.every((each) => each.severity !== "error"));
}
