import { resolve } from "node:path";
import { defaultJob } from "../config/job.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors, type JobReport } from "./job-report.js";
import type { JobRequest } from "./job-state.js";
import { packageVersion } from "./package-version.js";

/** `schemacast generate`. Where nothing is stale, it has only read and hashed. */
export async function generateCommand({ options }: ParsedArguments): Promise<0 | 1> {
  const start = performance.now();
  const request: JobRequest = {
    root: resolve(typeof options["root"] === "string" ? options["root"] : "."),
    job: defaultJob,
    generator: packageVersion(),
    force: options["force"] === true,
    keepGoing: options["keep-going"] === true,
  };
  const { generateJob } = await import("./generate-job.js");
  const report = await generateJob(request);
  const { printGenerate } = await import("./print-report.js");
  const timed: JobReport = { ...report, timings: { ...report.timings, total: performance.now() - start } };
  printGenerate({ report: timed, root: request.root, options });
  return hasErrors(report.diagnostics) ? 1 : 0;
}
