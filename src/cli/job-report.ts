import type { Job } from "../config/job.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { JobState } from "./job-state.js";
import type { StaleReason } from "../write/staleness.js";

/**
 * What became of a source. `fresh`: nothing to do. `written`: at least one output changed. `unchanged`: generated, same bytes.
 * `empty`: holds nothing to extract. `part`: is only referred to by others. `failed`: has errors. `held-back`: good, but not written because others have errors.
 */
export type SourceState = "fresh" | "written" | "unchanged" | "empty" | "part" | "failed" | "held-back";

export interface SourceReport {
  readonly source: string;
  readonly state: SourceState;
  /** Relative to the root. */
  readonly outputs: readonly string[];
  readonly types: readonly string[];
  /** Bytes of the codec: plan, stream handler and validator. Absent for fresh sources. */
  readonly codecBytes?: number;
  /** Absent for fresh sources. */
  readonly reason?: StaleReason;
}

/** What a run did. */
export interface JobReport {
  readonly job: Job;
  /** In order of path. */
  readonly sources: readonly SourceReport[];
  readonly diagnostics: readonly Diagnostic[];
  /** Orphans that were removed, relative to the root. */
  readonly removed: readonly string[];
  /** The outputs and the manifest are on the disk: neither errors held them back, nor did the disk refuse. */
  readonly settled: boolean;
  /** Bytes of the files that were written. */
  readonly bytesWritten: number;
  /** Milliseconds by phase, in order. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Whether a run found errors. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === "error");
}

/** Sources to which nothing had to be done. */
export function freshSources(job: Job, { staleness, manifest }: JobState): readonly SourceReport[] {
  return staleness.fresh.map((source) => {
    const entry = manifest?.sources[source];
    return {
      source,
      state: "fresh",
      outputs: Object.keys(entry?.outputs ?? {}).map((path) => `${job.outputFolder}/${path}`),
      types: entry?.types ?? [],
    };
  });
}

/** The report of a job to which nothing had to be done. */
export function reportFresh(job: Job, state: JobState, milliseconds: number): JobReport {
  return {
    job,
    sources: freshSources(job, state),
    diagnostics: [],
    removed: [],
    settled: true,
    bytesWritten: 0,
    timings: { compare: milliseconds },
  };
}
