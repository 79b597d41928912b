import { createInterface } from "node:readline/promises";
import type { ParsedArguments } from "../command-table.js";
import { paletteFor, type Palette } from "../palette.js";
import { projectOptions } from "../project-options.js";
import type { Terminal } from "../terminal.js";
import { applyPlan, planInit, type InitChange } from "./plan-init.js";

/** `schemacast init`: shows what it would change, and does it when told to. */
export async function initCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { root } = projectOptions(options, terminal);
  const plan = await planInit(root);
  const palette = paletteFor(terminal.stdout, terminal.environment);
  const say = (text: string): unknown => terminal.stdout.write(`${text}\n`);
  for (const change of plan.changes) say(describeChange(change, palette));
  for (const advice of plan.advice) say(`  ${palette.dim("→")} ${advice}`);
  if (plan.changes.length === 0) {
    say("Everything is set up already.");
    return 0;
  }
  if (options["dry-run"] === true) {
    say("Nothing was changed (--dry-run).");
    return 0;
  }
  if (options["yes"] !== true) {
    if (terminal.stdout.isTTY !== true || !process.stdin.isTTY) {
      say("Nothing was changed. Run `npx schemacast init --yes` to do it.");
      return 0;
    }
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await prompt.question("Do it? [Y/n] ");
    prompt.close();
    if (!/^(?:y|yes|)$/i.test(answer.trim())) return 1;
  }
  applyPlan(root, plan);
  say("Done. Next: `npx schemacast generate`.");
  return 0;
}

/** A line about the file and, of one that is there, the lines it loses and gets. */
function describeChange({ path, text, before, about }: InitChange, palette: Palette): string {
  if (before === undefined) return `${palette.green("+")} ${path} ${palette.dim(about)}`;
  const gone = linesBeside(before, text).map((line) => `    ${palette.red(`- ${line}`)}`);
  const added = linesBeside(text, before).map((line) => `    ${palette.green(`+ ${line}`)}`);
  return [`${palette.yellow("~")} ${path} ${palette.dim(about)}`, ...gone, ...added].join("\n");
}

/** Lines of a text that the other one lacks. A comma at the end, and where a line stands, do not count. */
function linesBeside(text: string, other: string): readonly string[] {
  const known = new Set(other.split(/\r?\n/).map(bare));
  return text.split(/\r?\n/).flatMap((line) => (known.has(bare(line)) ? [] : [line.trim()]));
}

function bare(line: string): string {
  return line.trim().replace(/,$/, "");
}
