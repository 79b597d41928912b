import { statSync } from "node:fs";
import { resolve } from "node:path";
import { readPlainArguments } from "./plain-arguments.js";
import type { ParsedArguments } from "./command-table.js";
import { processTerminal, type Terminal } from "./terminal.js";

/** 0 fine, 1 findings, 2 wrong usage, 3 a fault of schemacast. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The program: reads `process.argv`, runs the command, sets `process.exitCode`. Never throws. */
export async function run(): Promise<void> {
  try {
    process.exitCode = await runArguments(process.argv.slice(2), processTerminal());
  } catch (error) {
    const { describeRefusal } = await import("./describe-refusal.js");
    const refusal = describeRefusal(error);
    process.stderr.write(`${refusal === undefined ? describeFault(error) : `schemacast: ${refusal}`}\n`);
    process.exitCode = refusal === undefined ? 3 : 1;
  }
}

/** Runs one command line. @throws faults of schemacast, and what the system refuses it */
export async function runArguments(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const plain = readPlainArguments(argv);
  if (plain !== undefined) return runCommand(plain, terminal);
  const { packageVersion } = await import("./package-version.js");
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    terminal.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const { readArguments } = await import("./yargs-arguments.js");
  const bare = argv.length === 0;
  const outcome = await readArguments(bare ? ["--help"] : argv, {
    version: packageVersion(),
    width: Math.min(terminal.stdout.columns ?? 100, 110),
  });
  if (outcome.kind === "run") return runCommand(outcome.parsed, terminal);
  const exitCode = bare ? 2 : outcome.exitCode;
  (exitCode === 0 ? terminal.stdout : terminal.stderr).write(`${outcome.text}\n`);
  return exitCode;
}

async function runCommand(parsed: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const { root } = parsed.options;
  // A slip here would look like a project without schemas, where everything is in order.
  if (typeof root === "string" && statSync(resolve(terminal.cwd, root), { throwIfNoEntry: false })?.isDirectory() !== true) {
    terminal.stderr.write(`schemacast: there is no folder ${root}, which --root names.\n`);
    return 2;
  }
  switch (parsed.command) {
    case "generate":
      return (await import("./generate-command.js")).generateCommand(parsed, terminal);
    case "check":
      return (await import("./check-command.js")).checkCommand(parsed, terminal);
    case "watch":
      return (await import("./watch-command.js")).watchCommand(parsed, terminal);
    case "explain":
      return (await import("./explain-command.js")).explainCommand(parsed, terminal);
    case "extract":
      return (await import("./extract-command.js")).extractCommand(parsed, terminal);
    case "batch":
      return (await import("./batch/batch-command.js")).batchCommand(parsed, terminal);
    case "worker":
      return (await import("./batch/worker-command.js")).workerCommand(parsed, terminal);
    case "doctor":
      return (await import("./doctor-command.js")).doctorCommand(parsed, terminal);
    case "init":
      return (await import("./init/init-command.js")).initCommand(parsed, terminal);
    case "eject":
      return (await import("./eject-command.js")).ejectCommand(parsed, terminal);
    case "emulate":
      return (await import("./emulate-command.js")).emulateCommand(parsed, terminal);
  }
}

function describeFault(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `schemacast: this is a fault of schemacast, not of your schemas.\n\n${text}\n\nPlease report it with the text above and, if you can, the schema that leads to it.`;
}
