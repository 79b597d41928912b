import { nearestName } from "../config/nearest-name.js";
import { commands, commonOptions, findCommand, type CommandSpec } from "./command-table.js";

/** What is wrong with a command line, in our words, and where to read on. @param failure what yargs says about it */
export function usageError(failure: string, argv: readonly string[]): string {
  const command = argv.map((word) => findCommand(word)).find((found) => found !== undefined);
  const help = command === undefined ? "schemacast --help" : `schemacast ${command.name} --help`;
  return `schemacast: ${describe(failure.replace(/\s+/g, " ").trim(), command, argv)}\nRun \`${help}\` to see what there is.`;
}

function describe(failure: string, command: CommandSpec | undefined, argv: readonly string[]): string {
  const [first = ""] = argv;
  if (command === undefined && first !== "" && !first.startsWith("-"))
    return `There is no command ${JSON.stringify(first)}.${meant(
      first,
      commands.map((each) => each.name),
      "",
    )}`;
  const [, unknown] = /^Unknown arguments?: (\S+?)(?:,|$)/.exec(failure) ?? [];
  if (unknown !== undefined) return `${unknownWord(unknown, command)}${aboutFiles(command, argv)}`;
  const [, valueless] = /^Not enough arguments following: (\S+)/.exec(failure) ?? [];
  if (valueless !== undefined) return `--${valueless} needs a value.`;
  const [, name, given, choices] = /^Invalid values: Argument: (\S+), Given: "(.*?)", Choices: (.*)$/.exec(failure) ?? [];
  if (name !== undefined && choices !== undefined)
    return `--${name} can't be ${JSON.stringify(given)}; it is one of ${choices.replaceAll('"', "")}.${meant(given ?? "", choices.replaceAll('"', "").split(", "))}`;
  if (failure.startsWith("Not enough non-option arguments") && command !== undefined) {
    const [missing] = command.positionals.filter(({ required }) => required);
    return `Say which: schemacast ${command.name} <${missing?.name ?? ""}>${missing === undefined ? "" : ` (${missing.about})`}.`;
  }
  if (command === undefined && first.startsWith("-")) return unknownWord(first.replace(/^-+/, ""), undefined);
  return /[.?!]$/.test(failure) ? failure : `${failure}.`;
}

function unknownWord(word: string, command: CommandSpec | undefined): string {
  const options = [...Object.keys(command?.options ?? {}), ...Object.keys(commonOptions), "help", "version"];
  return `Unknown argument: ${word}.${word.length > 1 ? meant(word, options, "--") : ""}`;
}

function meant(typed: string, known: readonly string[], prefix = ""): string {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? "" : ` Did you mean ${prefix}${nearest}?`;
}

/** `schemacast generate schemas/user.schema.json`, as a hook for staged files may call it. */
function aboutFiles(command: CommandSpec | undefined, argv: readonly string[]): string {
  const looksAtAll = command !== undefined && ["generate", "check", "watch"].includes(command.name);
  if (!looksAtAll || !argv.slice(1).some((word) => /^[^-].*\.(?:json|[cm]?ts)$/.test(word))) return "";
  return ` ${command.name} takes no files: it looks at all sources that the configuration names, and works only on what is stale.`;
}
