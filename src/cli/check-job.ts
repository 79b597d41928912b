import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { Job } from "../config/job.js";
import type { GeneratedSource } from "../generate.js";
import { readBytes } from "../write/project-files.js";
import { describeReason } from "./describe-reason.js";
import { generateStale } from "./generate-stale.js";
import { editedOutput } from "./judge-outputs.js";
import { hasErrors } from "./job-report.js";
import { findChangedLineEnds, type JobRequest, type JobState } from "./job-state.js";
import { lineEndFindings } from "./line-end-findings.js";
import { shortDiff } from "./short-diff.js";

/** What `check` found about a job. */
export interface CheckReport {
  readonly job: Job;
  readonly sources: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Short diffs by output, relative to the root. */
  readonly diffs: ReadonlyMap<string, string>;
}

/**
 * Compares what lies on the disk with what a run would write. Hashes decide where they agree; where they don't (another version of
 * schemacast, other settings, a changed schema, no manifest), the sources are generated in memory and the bytes decide.
 */
export async function checkJob(request: JobRequest, state: JobState): Promise<CheckReport> {
  const { job } = request;
  const { staleness } = state;
  const diagnostics: Diagnostic[] = [];
  const diffs = new Map<string, string>();
  const lineEnds = new Set(findChangedLineEnds(state));
  for (const [output, source] of staleness.edited)
    diagnostics.push(editedOutput(job, { output, source, isGone: staleness.gone.includes(source) }));
  const outputs = new Map<string, string>();
  const outputsOf = (source: string): readonly string[] => Object.keys(state.manifest?.sources[source]?.outputs ?? {});
  /** Outputs that sources had when they were generated last. */
  const emptied: string[] = [];
  for await (const result of generateStale(request, state, "check")) {
    diagnostics.push(...result.diagnostics);
    for (const { path } of result.files) outputs.set(path, result.source);
    compareOutputs({ result, request, state, diagnostics, diffs, lineEnds });
    if (!hasErrors(result.diagnostics)) emptied.push(...outputsOf(result.source));
  }
  const former = [...staleness.gone.flatMap(outputsOf), ...emptied];
  const orphans = [...former.filter((path) => state.outputs.hash(path) !== undefined), ...state.orphans];
  for (const path of orphans) {
    if (outputs.has(path) || staleness.edited.has(path)) continue;
    diagnostics.push(diagnostic("write/orphan", { file: `${job.outputFolder}/${path}`, line: 1, column: 1 }));
  }
  diagnostics.push(...lineEndFindings(job.outputFolder, lineEnds));
  return { job, sources: staleness.fresh.length + staleness.stale.size, diagnostics, diffs };
}

interface Comparison {
  readonly result: GeneratedSource;
  readonly request: JobRequest;
  readonly state: JobState;
  readonly diagnostics: Diagnostic[];
  readonly diffs: Map<string, string>;
  /** Outputs with CRLF, relative to the output folder. */
  readonly lineEnds: Set<string>;
}

function compareOutputs({ result, request, state, diagnostics, diffs, lineEnds }: Comparison): void {
  const folder = request.job.outputFolder;
  const reason = state.staleness.stale.get(result.source) ?? { kind: "new" };
  for (const { path, text } of result.files) {
    const file = `${folder}/${path}`;
    const found = readBytes(join(request.root, file))?.toString("utf8");
    if (found === undefined) {
      diagnostics.push(
        diagnostic("write/missing", { file: result.source, line: 1, column: 1 }, { source: result.source, output: file, folder }),
      );
    } else if (found.replaceAll("\r\n", "\n") !== text && !state.staleness.edited.has(path)) {
      const facts = { output: file, reason: describeReason(reason), folder };
      diagnostics.push(diagnostic("write/stale", { file, line: 1, column: 1 }, facts));
      diffs.set(file, shortDiff(found, text));
    } else if (found.includes("\r\n")) lineEnds.add(path);
  }
}
