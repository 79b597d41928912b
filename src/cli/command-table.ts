/** An option of a command. The one description that the fast reader, yargs and `--help` are made from. */
export interface OptionSpec {
  readonly kind: "flag" | "text" | "number";
  readonly about: string;
  readonly choices?: readonly string[];
  /** One letter. */
  readonly short?: string;
}

export interface PositionalSpec {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
}

export interface CommandSpec {
  readonly name: CommandName;
  readonly about: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Command line, and what it does. */
  readonly examples: readonly (readonly [string, string])[];
}

export type CommandName = "generate" | "check" | "emulate";

/** Options of every command. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  root: { kind: "text", about: "Project root; the working folder when absent" },
  config: { kind: "text", about: "Configuration file, relative to the root", short: "c" },
  format: { kind: "text", about: "How diagnostics are printed", choices: ["pretty", "json", "github"] },
  quiet: { kind: "flag", about: "Print errors only", short: "q" },
  verbose: { kind: "flag", about: "Say why each file is made and how long each phase takes" },
};

export const commands: readonly CommandSpec[] = [
  {
    name: "generate",
    about: "Write typed extractors for the schemas that changed",
    positionals: [],
    options: {
      "keep-going": { kind: "flag", about: "Write the good files although others have errors", short: "k" },
      force: { kind: "flag", about: "Regenerate everything and overwrite outputs that were edited by hand", short: "f" },
      stats: { kind: "flag", about: "Print counts, bytes and timings" },
    },
    examples: [
      ["schemacast generate", "schemas/**/*.{json,ts} → generated/"],
      ["schemacast generate --keep-going", "write what can be written, still exit 1 on errors"],
      ["schemacast generate --format github", "annotate a pull request with the findings"],
    ],
  },
  {
    name: "check",
    about: "Tell whether the generated files are up to date; writes nothing",
    positionals: [],
    options: {},
    examples: [["schemacast check", "exit 1 and list what is stale, missing, edited or orphaned"]],
  },
  {
    name: "emulate",
    about: "Start a local server that speaks the Cerebras wire format",
    positionals: [],
    options: { port: { kind: "number", about: "Port on the loopback interface; a free one when absent", short: "p" } },
    examples: [["schemacast emulate --port 8787", "then set CEREBRAS_BASE_URL=http://127.0.0.1:8787"]],
  },
];

/** What a command line says, whoever read it. */
export interface ParsedArguments {
  readonly command: CommandName;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly positionals: readonly string[];
}

/** Finds a command by its exact name. */
export function findCommand(name: string | undefined): CommandSpec | undefined {
  return commands.find((command) => command.name === name);
}
