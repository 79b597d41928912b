import type { ParsedArguments } from "./command-table.js";
import { printGenerate } from "./print-report.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";
import { watchProject } from "./watch-project.js";

/** `schemacast watch`: runs until it is interrupted. */
export async function watchCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0> {
  const project = projectOptions(options, terminal);
  const watching = watchProject({
    ...project,
    keepGoing: true,
    onTurn: ({ report, milliseconds }) => printGenerate({ report, root: project.root, options, terminal, milliseconds }),
  });
  await watching.ready;
  if (options["quiet"] !== true && options["format"] !== "json") terminal.stdout.write("watching; stop with Ctrl+C\n");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await watching.close();
  return 0;
}
