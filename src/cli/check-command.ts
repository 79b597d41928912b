import { resolve } from "node:path";
import { defaultJob } from "../config/job.js";
import { checkJob } from "./check-job.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors } from "./job-report.js";
import { readJobState, type JobRequest } from "./job-state.js";
import { packageVersion } from "./package-version.js";

/** `schemacast check`: writes nothing, exits 1 where a run of `generate` would change something. */
export async function checkCommand({ options }: ParsedArguments): Promise<0 | 1> {
  const root = resolve(typeof options["root"] === "string" ? options["root"] : ".");
  const request: JobRequest = { root, job: defaultJob, generator: packageVersion() };
  const report = await checkJob(request, readJobState(request));
  const { printCheck } = await import("./print-report.js");
  printCheck({ report, root, options });
  return hasErrors(report.diagnostics) ? 1 : 0;
}
