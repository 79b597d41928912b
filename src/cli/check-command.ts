import type { ParsedArguments } from "./command-table.js";
import { checkProject } from "./project.js";
import { projectOptions } from "./project-options.js";
import { optimiseLate } from "./optimise-late.js";
import type { Terminal } from "./terminal.js";
import { now } from "./now.js";

/** `schemacast check`: writes nothing, exits 1 where a run of `generate` would change something. */
export async function checkCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const start = now();
  optimiseLate();
  const project = projectOptions(options, terminal);
  const report = await checkProject(project);
  const isSilent = report.diagnostics.length === 0 && report.jobs.every((job) => job.diagnostics.length === 0 && job.sources > 0);
  if (options["format"] !== "json" && isSilent) {
    const sources = report.jobs.reduce((sum, job) => sum + job.sources, 0);
    if (options["quiet"] !== true) terminal.stdout.write(`${sources} up to date (${Math.round(now() - start)} ms)\n`);
    return 0;
  }
  const { printCheck } = await import("./print-report.js");
  printCheck({ report, root: project.root, options, terminal, milliseconds: now() - start });
  return report.ok ? 0 : 1;
}
