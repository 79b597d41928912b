import { join } from "node:path";
import type { Job } from "../config/job.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { GeneratedSource } from "../generate.js";
import { contentHash } from "../write/content-hash.js";
import { pendingHashes } from "../write/journal.js";
import { fileHasOurHeader } from "../write/our-header.js";
import { findOutputClashes, leadsOutside } from "../write/output-checks.js";
import type { JobRequest, JobState } from "./job-state.js";

/** What a source became, with everything that speaks against writing it. */
export interface JudgedSource {
  readonly result: GeneratedSource;
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds what was generated against what lies in the output folder. */
export function judgeOutputs(results: readonly GeneratedSource[], request: JobRequest, state: JobState): readonly JudgedSource[] {
  const clashes = findClashes(results, request, state);
  const known = new Set(Object.values(state.manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.outputs)));
  const outside = new Map<string, string | undefined>();
  return results.map((result) => {
    const diagnostics = [...result.diagnostics];
    for (const { path, text } of result.files) {
      const file = `${request.job.outputFolder}/${path}`;
      const folder = file.slice(0, file.lastIndexOf("/") + 1);
      if (!outside.has(folder)) outside.set(folder, leadsOutside(request.root, file));
      const target = outside.get(folder);
      if (target !== undefined) diagnostics.push(diagnostic("write/outside-root", undefined, { path: file, target }));
      else if (!isOurs(path, text, { request, state, known })) diagnostics.push(inTheWay(path, result.source, request, state));
    }
    diagnostics.push(...(clashes.get(result.source) ?? []));
    return { result, diagnostics };
  });
}

interface OutputContext {
  readonly request: JobRequest;
  readonly state: JobState;
  readonly known: ReadonlySet<string>;
}

/** Whether what lies at a path may be replaced without asking. */
function isOurs(path: string, text: string, { request, state, known }: OutputContext): boolean {
  if (request.force === true) return true;
  const found = state.outputs.hash(path);
  if (found === undefined || found === contentHash(text) || pendingHashes(state.journal, path).includes(found)) return true;
  if (state.staleness.edited.has(path)) return false;
  return known.has(path) || fileHasOurHeader(join(request.root, request.job.outputFolder, path));
}

function inTheWay(path: string, source: string, { job }: JobRequest, { staleness }: JobState): Diagnostic {
  if (staleness.edited.has(path)) return editedOutput(job, { output: path, source, isGone: false });
  return diagnostic("write/foreign-file", { file: `${job.outputFolder}/${path}`, line: 1, column: 1 }, { source });
}

interface EditedOutput {
  readonly output: string;
  readonly source: string;
  readonly isGone: boolean;
}

/** Tells that an output was changed by hand. */
export function editedOutput(job: Job, { output, source, isGone }: EditedOutput): Diagnostic {
  const at = { file: `${job.outputFolder}/${output}`, line: 1, column: 1 };
  return diagnostic(isGone ? "write/edited-orphan" : "write/edited-output", at, { source, folder: job.outputFolder });
}

function findClashes(
  results: readonly GeneratedSource[],
  { job }: JobRequest,
  state: JobState,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const outputs = [
    ...state.staleness.fresh.flatMap((source) =>
      Object.keys(state.manifest?.sources[source]?.outputs ?? {}).map((path) => [path, source] as const),
    ),
    ...results.flatMap((result) => result.files.map(({ path }) => [path, result.source] as const)),
  ];
  const found = new Map<string, Diagnostic[]>();
  for (const { output, source, other } of findOutputClashes(outputs)) {
    const at = { file: source, line: 1, column: 1 };
    const list = found.get(source) ?? [];
    // One clash of a pair of sources is told once, not once for each of their files.
    if (list.length === 0) list.push(diagnostic("write/output-clash", at, { source, other, output: `${job.outputFolder}/${output}` }));
    found.set(source, list);
  }
  return found;
}
