import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import { lockName, takeLock } from "../write/lock.js";
import { manifestName } from "../write/manifest.js";
import { isUnreadableFile, systemErrorCode } from "../write/project-files.js";
import { refusal } from "../write/refusal.js";
import { generateStale } from "./generate-stale.js";
import { editedOutput, OutputJudge, type JudgedSource } from "./judge-outputs.js";
import { freshSources, hasErrors, type JobReport, type SourceReport, type SourceState } from "./job-report.js";
import { findChangedLineEnds, readJobState, type JobRequest, type JobState } from "./job-state.js";
import { lineEndFindings } from "./line-end-findings.js";
import { moduleFaults } from "./module-faults.js";
import { PhaseClock } from "./phase-clock.js";
import { enterFolder, JobWriter, leaveFolder, type Written } from "./write-job.js";

export interface GenerateOptions {
  /** Milliseconds to wait for another run in the same output folder. */
  readonly patience?: number;
}

/**
 * Brings the outputs of a job up to date.
 *
 * @param before what a look at the disk said; it is looked at again where another run interferes
 * @throws faults of schemacast and {UnreadableFile}; everything else is reported
 */
export async function generateJob(request: JobRequest, before: JobState, { patience = 30_000 }: GenerateOptions = {}): Promise<JobReport> {
  const clock = new PhaseClock();
  const folder = join(request.root, request.job.outputFolder);
  const refused = tryTo(request, () => enterFolder(folder));
  if (refused !== undefined) return reportJob(request, before, { judged: [], diagnostics: [refused], clock });
  try {
    const lock = await takeLock(folder, patience);
    if (lock.kind === "busy") {
      const facts = {
        folder: request.job.outputFolder,
        seconds: lock.seconds,
        process: lock.owner.process,
        host: lock.owner.host,
        lock: lockName,
      };
      return reportJob(request, before, { judged: [], diagnostics: [diagnostic("write/locked", undefined, facts)], clock });
    }
    try {
      // What was compared before the lock was ours may be another run's work by now.
      const { look: _outdated, ...anew } = request;
      const state = lock.waited || before.disturbed ? { ...(await readJobState(anew)), disturbed: true } : before;
      clock.mark("lock");
      return await generateLocked(request, state, clock);
    } finally {
      lock.release();
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined || isUnreadableFile(error) || !isDiskError(error)) throw error;
    return reportJob(request, before, { judged: [], diagnostics: [refusal(request.job.outputFolder, code)], clock });
  } finally {
    leaveFolder(folder);
  }
}

async function generateLocked(request: JobRequest, state: JobState, clock: PhaseClock): Promise<JobReport> {
  const { job } = request;
  const diagnostics: Diagnostic[] = [];
  const manifestAt = { file: `${job.outputFolder}/${manifestName}`, line: 1, column: 1 };
  if (state.manifestBroken) diagnostics.push(diagnostic("write/manifest-unreadable", manifestAt));
  diagnostics.push(...moduleFaults(request, state));
  const elsewhere = editedElsewhere(request, state);
  const judged: JudgedSource[] = [];
  const judge = new OutputJudge(request, state);
  const writer = new JobWriter(request, state);
  let isHeld = request.keepGoing !== true && hasErrors([...diagnostics, ...elsewhere]);
  try {
    // Texts are not kept: each source's are judged and staged before the next is generated.
    for await (const result of generateStale(request, state, request.updateRemote === true ? "update" : "generate")) {
      const one = judge.judge(result);
      judged.push(one);
      diagnostics.push(...one.diagnostics);
      if (hasErrors(one.diagnostics)) isHeld ||= request.keepGoing !== true;
      else if (!isHeld) writer.stage(result);
    }
  } catch (error) {
    writer.discard();
    throw error;
  }
  clock.mark("generate");
  diagnostics.push(...elsewhere);
  if (isHeld) writer.discard();
  const written = isHeld ? undefined : writer.commit();
  clock.mark("write");
  if (written?.refused !== undefined) diagnostics.push(written.refused);
  return reportJob(request, state, { judged, diagnostics, clock, ...(written && { written }) });
}

/** Edited outputs of sources that are otherwise up to date, or gone. */
function editedElsewhere({ job }: JobRequest, { staleness }: JobState): readonly Diagnostic[] {
  return [...staleness.edited]
    .filter(([, source]) => !staleness.stale.has(source))
    .map(([output, source]) => editedOutput(job, { output, source, isGone: staleness.gone.includes(source) }));
}

interface Outcome {
  readonly judged: readonly JudgedSource[];
  readonly diagnostics: readonly Diagnostic[];
  readonly clock: PhaseClock;
  /** Absent where nothing was to be written because of errors. */
  readonly written?: Written;
}

function reportJob({ job }: JobRequest, state: JobState, { judged, diagnostics, clock, written }: Outcome): JobReport {
  const inFolder = (paths: readonly string[]): readonly string[] => paths.map((path) => `${job.outputFolder}/${path}`);
  const reports = judged.map((one): SourceReport => {
    const reason = state.staleness.stale.get(one.source);
    return {
      source: one.source,
      state: stateOf(one, written),
      outputs: inFolder(one.outputs),
      types: one.types,
      codecBytes: one.codecBytes,
      ...(reason && { reason }),
    };
  });
  const told = new Set(reports.map((report) => report.source));
  reports.push(...freshSources(job, state).filter((report) => !told.has(report.source)));
  return {
    job,
    sources: reports.toSorted((left, right) => (left.source < right.source ? -1 : 1)),
    diagnostics: [...diagnostics, ...lineEndFindings(job.outputFolder, findChangedLineEnds(state))],
    removed: inFolder(written?.removed ?? []),
    settled: written === undefined ? !hasErrors(diagnostics) : written.refused === undefined,
    bytesWritten: written?.bytes ?? 0,
    timings: clock.timings,
  };
}

function stateOf({ outputs, diagnostics }: JudgedSource, written: Written | undefined): SourceState {
  if (hasErrors(diagnostics)) return "failed";
  if (outputs.length === 0) return diagnostics.some((each) => each.code === "write/only-referenced") ? "part" : "empty";
  if (written === undefined || written.refused !== undefined) return "held-back";
  return outputs.some((path) => written.paths.has(path)) ? "written" : "unchanged";
}

function tryTo({ job }: JobRequest, action: () => void): Diagnostic | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return refusal(job.outputFolder, code);
  }
}

/** A system error with a path comes from the disk; one without, from code that was loaded. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && "path" in error && "syscall" in error;
}
