import { resolve } from "node:path";
import { defaultJob } from "../config/job.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors, type JobReport } from "./job-report.js";
import { readJobState, type JobRequest, type JobState } from "./job-state.js";
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
  const state = readJobState(request);
  const plan = performance.now() - start;
  const { staleness } = state;
  if (isQuiet(state) && options["format"] !== "json" && options["verbose"] !== true && options["stats"] !== true) {
    if (options["quiet"] !== true) process.stdout.write(`${staleness.fresh.length} up to date in ${request.job.outputFolder}/\n`);
    return 0;
  }
  const { generateJob } = await import("./generate-job.js");
  const report = await generateJob(request, state);
  const { printGenerate } = await import("./print-report.js");
  const timed: JobReport = { ...report, timings: { plan, ...report.timings, total: performance.now() - start } };
  printGenerate({ report: timed, root: request.root, options });
  return hasErrors(report.diagnostics) ? 1 : 0;
}

function isQuiet({ staleness, manifestBroken }: JobState): boolean {
  return (
    staleness.fresh.length > 0 &&
    staleness.stale.size === 0 &&
    staleness.gone.length === 0 &&
    staleness.edited.size === 0 &&
    !manifestBroken
  );
}
