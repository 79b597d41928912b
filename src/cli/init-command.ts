import { createInterface } from "node:readline/promises";
import type { ParsedArguments } from "./command-table.js";
import { paletteFor } from "./palette.js";
import { applyPlan, planInit } from "./plan-init.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";

/** `schemacast init`: shows what it would change, and does it when told to. */
export async function initCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { root } = projectOptions(options, terminal);
  const plan = await planInit(root);
  const palette = paletteFor(terminal.stdout, terminal.environment);
  if (plan.changes.length === 0) {
    terminal.stdout.write("Everything is set up already.\n");
    return 0;
  }
  for (const { path, isNew, about } of plan.changes)
    terminal.stdout.write(`${isNew ? palette.green("+") : palette.yellow("~")} ${path} ${palette.dim(about)}\n`);
  for (const advice of plan.advice) terminal.stdout.write(`  ${palette.dim("→")} ${advice}\n`);
  if (options["yes"] !== true) {
    if (terminal.stdout.isTTY !== true || !process.stdin.isTTY) {
      terminal.stdout.write("Nothing was changed. Run `npx schemacast init --yes` to do it.\n");
      return 0;
    }
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await prompt.question("Do it? [Y/n] ");
    prompt.close();
    if (!/^(?:y|yes|)$/i.test(answer.trim())) return 1;
  }
  applyPlan(root, plan);
  terminal.stdout.write("Done. Next: `npx schemacast generate`.\n");
  return 0;
}
