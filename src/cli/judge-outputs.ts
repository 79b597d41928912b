import { join } from "node:path";
import type { Job } from "../config/job.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { GeneratedSource } from "../generate.js";
import { contentHash } from "../write/content-hash.js";
import { pendingHashes } from "../write/journal.js";
import { fileHasOurHeader } from "../write/our-header.js";
import { leadsOutside, OutputClaims } from "../write/output-checks.js";
import { codecSize } from "./codec-size.js";
import type { JobRequest, JobState } from "./job-state.js";

/** What a source became, without the texts, with everything that speaks against writing them. */
export interface JudgedSource {
  readonly source: string;
  /** Relative to the output folder. */
  readonly outputs: readonly string[];
  readonly types: readonly string[];
  readonly codecBytes: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds what is generated, one source after the other, against what lies in the output folder and what came before. */
export class OutputJudge {
  readonly #context: OutputContext;
  readonly #claims = new OutputClaims();
  /** Where an output's folder leads, if that is outside the root. */
  readonly #outside = new Map<string, string | undefined>();

  constructor(request: JobRequest, state: JobState) {
    // Asked for only where an output is another: most runs change one source of many.
    let known: ReadonlySet<string> | undefined;
    const isKnown = (path: string): boolean => (known ??= outputsOf(state)).has(path);
    this.#context = { request, state, isKnown };
    for (const source of state.staleness.fresh)
      for (const path of Object.keys(state.manifest?.sources[source]?.outputs ?? {})) this.#claims.claim(path, source);
  }

  judge({ source, files, types, diagnostics: own }: GeneratedSource): JudgedSource {
    const diagnostics = [...own];
    for (const { path, text } of files) {
      const target = this.#leadsOutside(path);
      const file = `${this.#context.request.job.outputFolder}/${path}`;
      if (target !== undefined) diagnostics.push(diagnostic("write/outside-root", undefined, { path: file, target }));
      else if (!isOurs(path, text, this.#context)) diagnostics.push(inTheWay(path, source, this.#context));
    }
    const clashes = files.flatMap(({ path }) => {
      const other = this.#claims.claim(path, source);
      return other === undefined ? [] : [this.#clash(path, source, other)];
    });
    // One clash of a pair of sources is told once, not once for each of their files.
    diagnostics.push(...clashes.slice(0, 1));
    return { source, outputs: files.map(({ path }) => path), types, codecBytes: codecSize(files), diagnostics };
  }

  #leadsOutside(path: string): string | undefined {
    const { root, job } = this.#context.request;
    const file = `${job.outputFolder}/${path}`;
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    if (!this.#outside.has(folder)) this.#outside.set(folder, leadsOutside(root, file));
    return this.#outside.get(folder);
  }

  #clash(path: string, source: string, other: string): Diagnostic {
    const output = `${this.#context.request.job.outputFolder}/${path}`;
    return diagnostic("write/output-clash", { file: source, line: 1, column: 1 }, { source, other, output });
  }
}

interface OutputContext {
  readonly request: JobRequest;
  readonly state: JobState;
  /** Whether the manifest has the output, of whatever source. */
  readonly isKnown: (path: string) => boolean;
}

/** Whether what lies at a path may be replaced without asking. */
function isOurs(path: string, text: string, { request, state, isKnown }: OutputContext): boolean {
  if (request.force === true) return true;
  const found = state.outputs.hashIfThere(path);
  if (found === undefined || found === contentHash(text) || pendingHashes(state.journal, path).includes(found)) return true;
  if (state.staleness.edited.has(path)) return false;
  return isKnown(path) || fileHasOurHeader(join(request.root, request.job.outputFolder, path));
}

function outputsOf({ manifest }: JobState): ReadonlySet<string> {
  return new Set(Object.values(manifest?.sources ?? {}).flatMap((entry) => Object.keys(entry.outputs)));
}

function inTheWay(path: string, source: string, { request: { job }, state: { staleness } }: OutputContext): Diagnostic {
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
