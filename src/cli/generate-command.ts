import type { ParsedArguments } from "./command-table.js";
import { generateProject, glanceAtProject } from "./project.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";
import { now } from "./now.js";

/** `schemacast generate`. Where a glance shows that nothing changed, nothing else is loaded. */
export async function generateCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const start = now();
  const project = projectOptions(options, terminal);
  if (options["print-inputs"] === true) {
    const { readTaskInputs } = await import("./print-inputs.js");
    terminal.stdout.write(`${JSON.stringify(await readTaskInputs(project), null, 2)}\n`);
    return 0;
  }
  const wantsDetails = options["format"] === "json" || options["verbose"] === true || options["stats"] === true;
  const { fresh, looks } = await glanceAtProject(project);
  if (fresh !== undefined && !wantsDetails) return sayFresh(fresh, start);
  const report = await generateProject(project, looks);
  const isFresh =
    report.ok && report.jobs.every((job) => job.sources.length > 0 && job.sources.every((source) => source.state === "fresh"));
  const isSilent = report.diagnostics.length === 0 && report.jobs.every((job) => job.diagnostics.length === 0 && job.removed.length === 0);
  if (isFresh && isSilent && !wantsDetails)
    return sayFresh(
      report.jobs.reduce((sum, job) => sum + job.sources.length, 0),
      start,
    );
  const { printGenerate } = await import("./print-report.js");
  printGenerate({ report, root: project.root, options, terminal, milliseconds: now() - start });
  return report.ok ? 0 : 1;

  function sayFresh(sources: number, since: number): 0 {
    if (options["quiet"] !== true) terminal.stdout.write(`${sources} up to date (${Math.round(now() - since)} ms)\n`);
    return 0;
  }
}
