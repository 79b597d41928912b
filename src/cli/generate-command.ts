import type { ParsedArguments } from "./command-table.js";
import { generateProject, glanceAtProject } from "./project.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";

/** `schemacast generate`. Where a glance shows that nothing changed, nothing else is loaded. */
export async function generateCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const start = performance.now();
  const project = projectOptions(options, terminal);
  const wantsDetails = options["format"] === "json" || options["verbose"] === true || options["stats"] === true;
  const known = wantsDetails ? undefined : await glanceAtProject(project);
  if (known !== undefined) {
    if (options["quiet"] !== true) terminal.stdout.write(`${known} up to date (${Math.round(performance.now() - start)} ms)\n`);
    return 0;
  }
  const report = await generateProject(project);
  const { printGenerate } = await import("./print-report.js");
  printGenerate({ report, root: project.root, options, terminal, milliseconds: performance.now() - start });
  return report.ok ? 0 : 1;
}
