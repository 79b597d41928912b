import yargs, { type Argv } from "yargs";
import { commands, commonOptions, type CommandSpec, type OptionSpec, type ParsedArguments } from "./command-table.js";
import { usageError } from "./usage-error.js";

/** A command to run, or a text to print and the exit code to leave with. */
export type ArgumentsOutcome =
  | { readonly kind: "run"; readonly parsed: ParsedArguments }
  | { readonly kind: "print"; readonly text: string; readonly exitCode: 0 | 2 };

interface ReadContext {
  readonly version: string;
  /** Columns to wrap at. */
  readonly width: number;
}

/** Reads any command line with yargs: help, version, short options, errors with did-you-mean. */
export async function readArguments(argv: readonly string[], context: ReadContext): Promise<ArgumentsOutcome> {
  let parsed: ParsedArguments | undefined;
  let printed = "";
  let failure: string | undefined;
  const parser = yargs()
    .scriptName("schemacast")
    .usage("$0 <command> [options]\n\nJSON Schema files and TypeScript types in, typed extractors for Cerebras out.")
    .locale("en")
    .wrap(context.width)
    .version(context.version)
    .alias({ help: "h", version: "V" })
    .parserConfiguration({
      "camel-case-expansion": false,
      "dot-notation": false,
      "strip-aliased": true,
      "duplicate-arguments-array": false,
    })
    .epilogue("Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 a fault of schemacast.\nEnvironment: NO_COLOR, FORCE_COLOR.")
    .recommendCommands()
    .strict()
    .demandCommand(1, "Say what to do.")
    .check((read) => checkNumbers(read))
    .exitProcess(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      failure ??= message ?? error?.message ?? "The command line could not be read.";
    });
  addOptions(parser, commonOptions);
  for (const command of commands) addCommand(parser, command, (found) => (parsed = found));
  for (const [line, about] of commands.flatMap((command) => command.examples.slice(0, 1))) parser.example(line, about);
  await parser.parseAsync([...argv], {}, (_error: unknown, _argv: unknown, text: string) => {
    printed = text;
  });
  if (failure !== undefined) return { kind: "print", text: usageError(failure, argv), exitCode: 2 };
  if (parsed !== undefined && printed === "") return { kind: "run", parsed };
  return { kind: "print", text: printed, exitCode: 0 };
}

/** yargs reads `--port x` as NaN. */
function checkNumbers(read: Readonly<Record<string, unknown>>): true | string {
  for (const [name, value] of Object.entries(read)) if (typeof value === "number" && Number.isNaN(value)) return `--${name} needs a number`;
  return true;
}

function addCommand(parser: Argv, command: CommandSpec, found: (parsed: ParsedArguments) => void): void {
  const positionals = command.positionals.map((each) => (each.required ? ` <${each.name}>` : ` [${each.name}]`)).join("");
  parser.command({
    command: command.name + positionals,
    describe: command.about,
    builder: (own: Argv) => {
      addOptions(own, command.options);
      for (const { name, about } of command.positionals) own.positional(name, { type: "string", describe: about });
      for (const [line, about] of command.examples) own.example(line, about);
      return own;
    },
    handler: (read: Readonly<Record<string, unknown>>) => {
      found({ command: command.name, options: pickOptions(command, read), positionals: pickPositionals(command, read) });
    },
  });
}

function addOptions(parser: Argv, options: Readonly<Record<string, OptionSpec>>): void {
  for (const [name, spec] of Object.entries(options)) {
    parser.option(name, {
      describe: spec.about,
      ...(spec.short !== undefined && { alias: spec.short }),
      ...(spec.choices !== undefined && { choices: spec.choices }),
      ...(spec.kind === "flag" ? { type: "boolean" } : { type: spec.kind === "number" ? "number" : "string", requiresArg: true }),
    });
  }
}

function pickOptions(command: CommandSpec, read: Readonly<Record<string, unknown>>): ParsedArguments["options"] {
  const picked: Record<string, string | number | boolean> = {};
  for (const name of [...Object.keys(command.options), ...Object.keys(commonOptions)]) {
    const value = read[name];
    if (typeof value === "string" || typeof value === "number" || value === true) picked[name] = value;
  }
  return picked;
}

function pickPositionals(command: CommandSpec, read: Readonly<Record<string, unknown>>): readonly string[] {
  return command.positionals.map(({ name }) => read[name]).filter((value) => typeof value === "string");
}
