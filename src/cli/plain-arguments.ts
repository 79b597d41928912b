import { commonOptions, findCommand, type OptionSpec, type ParsedArguments } from "./command-table.js";

/**
 * Reads command lines that hold nothing but a known command, its long options and its positionals. Everything else (help, short
 * options, typos, a missing value) gives undefined and is yargs' business, which costs 140 ms of start-up that a no-op run must not pay.
 */
export function readPlainArguments(argv: readonly string[]): ParsedArguments | undefined {
  const command = findCommand(argv[0]);
  if (command === undefined) return undefined;
  const options: Record<string, string | number | boolean> = {};
  const positionals: string[] = [];
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? "";
    if (argument === "-" || !argument.startsWith("-")) {
      positionals.push(argument);
      continue;
    }
    const name = argument.slice(2);
    const spec = findOption(command.options, name);
    if (!argument.startsWith("--") || spec === undefined || Object.hasOwn(options, name)) return undefined;
    if (spec.kind === "flag") {
      options[name] = true;
      continue;
    }
    index += 1;
    const value = readValue(spec, argv[index]);
    if (value === undefined) return undefined;
    options[name] = value;
  }
  const required = command.positionals.filter((positional) => positional.required).length;
  if (positionals.length < required || positionals.length > command.positionals.length) return undefined;
  return { command: command.name, options, positionals };
}

function findOption(options: Readonly<Record<string, OptionSpec>>, name: string): OptionSpec | undefined {
  if (Object.hasOwn(options, name)) return options[name];
  return Object.hasOwn(commonOptions, name) ? commonOptions[name] : undefined;
}

function readValue(spec: OptionSpec, text: string | undefined): string | number | undefined {
  if (text === undefined || text === "" || text.startsWith("-")) return undefined;
  if (spec.choices !== undefined && !spec.choices.includes(text)) return undefined;
  if (spec.kind === "text") return text;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
