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

export type CommandName =
  | "init"
  | "generate"
  | "check"
  | "watch"
  | "explain"
  | "extract"
  | "batch"
  | "worker"
  | "emulate"
  | "doctor"
  | "eject";

const allowRemote: OptionSpec = {
  kind: "text",
  about: "Origins that remote $refs may be fetched from, separated by commas; none when absent",
};

/** Settings of the configuration that the command line can change, for the commands that generate or compare. */
const settings: Readonly<Record<string, OptionSpec>> = {
  target: { kind: "text", about: "Write TypeScript, or JavaScript with .d.ts files; as configured when absent", choices: ["ts", "js"] },
  mocks: { kind: "flag", about: "Write user.mock.ts too: samples and mock functions for tests" },
};

/** Options of every command. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  root: { kind: "text", about: "Project root; the working folder when absent" },
  config: { kind: "text", about: "Configuration file, relative to the root", short: "c" },
  format: { kind: "text", about: "How diagnostics are printed", choices: ["pretty", "json", "github"] },
  quiet: { kind: "flag", about: "Print errors only", short: "q" },
  verbose: { kind: "flag", about: "Say why each file is made and how long each phase takes" },
};

/** Settings of each call, for the commands that make many. */
const callSettings: Readonly<Record<string, OptionSpec>> = {
  model: { kind: "text", about: "Model, such as gpt-oss-120b" },
  mode: { kind: "text", about: "How JSON is asked for", choices: ["tools", "json_schema", "json_object"] },
  instructions: { kind: "text", about: "Instead of the generated system message" },
  "max-retries": { kind: "number", about: "How often an invalid answer is asked for again; 2 when absent" },
  emulate: { kind: "flag", about: "Ask the emulator instead of Cerebras: sampled answers, no key" },
};

export const commands: readonly CommandSpec[] = [
  {
    name: "generate",
    about: "Write typed extractors for the schemas that changed",
    positionals: [],
    options: {
      "keep-going": { kind: "flag", about: "Write the good files although others have errors", short: "k" },
      ...settings,
      force: { kind: "flag", about: "Regenerate everything and overwrite outputs that were edited by hand", short: "f" },
      "allow-remote": allowRemote,
      "update-remote": { kind: "flag", about: "Take remote schemas that have changed since they were locked" },
      stats: { kind: "flag", about: "Print counts, bytes and timings" },
      "print-inputs": { kind: "flag", about: "Print the globs a task runner needs for its cache, as JSON, and do nothing else" },
    },
    examples: [
      ["schemacast generate", "schemas/**/*.{json,ts} → generated/"],
      ["schemacast generate --target js", "generated/*.js and *.d.ts instead of *.ts"],
      ["schemacast generate --mocks", "generated/*.mock.ts too, for tests"],
      ["schemacast generate --keep-going", "write what can be written, still exit 1 on errors"],
      ["schemacast generate --format github", "annotate a pull request with the findings"],
    ],
  },
  {
    name: "check",
    about: "Tell whether the generated files are up to date; writes nothing",
    positionals: [],
    options: { ...settings, "allow-remote": allowRemote },
    examples: [["schemacast check", "exit 1 and list what is stale, missing, edited or orphaned"]],
  },
  {
    name: "watch",
    about: "Generate, and again whenever a schema or the configuration changes",
    positionals: [],
    options: settings,
    examples: [["schemacast watch", "beside your dev server"]],
  },
  {
    name: "explain",
    about: "Show what the model is sent for a schema, and why",
    positionals: [{ name: "source", about: "Schema file", required: true }],
    options: {
      schema: { kind: "flag", about: "Print the schema that is sent, as JSON, and nothing else" },
      list: { kind: "flag", about: "With --schema: the schema of a list" },
      optional: { kind: "text", about: "How optional properties are asked for; as configured when absent", choices: ["plain", "nullable"] },
      open: { kind: "flag", about: "Ask for undeclared keys wherever they are allowed" },
      mode: { kind: "text", about: "How the model is asked; as configured when absent", choices: ["tools", "json_schema", "json_object"] },
      profile: {
        kind: "text",
        about: "Provider rules: cerebras, or facts on top of them such as numericBounds=true,characters=8000; as configured when absent",
      },
    },
    examples: [
      ["schemacast explain schemas/user.schema.json", "what was changed, and why"],
      ["schemacast explain schemas/user.schema.json --schema", "the schema as it is sent"],
      ["schemacast explain schemas/user.schema.json --optional nullable", "what another setting would change"],
      ["schemacast explain schemas/user.schema.json --profile pattern=true", "what another view of the provider would change"],
    ],
  },
  {
    name: "extract",
    about: "Extract from a text once, from the terminal",
    positionals: [
      { name: "source", about: "Schema file", required: true },
      { name: "file", about: "Text to read; standard input where it is - or absent", required: false },
    ],
    options: {
      type: { kind: "text", about: "Which type, where the file has several" },
      list: { kind: "flag", about: "Extract every object in the text, not one" },
      json: { kind: "flag", about: "Print the result as one line of JSON; with --list one line for each object" },
      model: { kind: "text", about: "Model, such as gpt-oss-120b" },
      emulate: { kind: "flag", about: "Ask the emulator instead of Cerebras: sampled answers, no key" },
    },
    examples: [
      ["schemacast extract schemas/user.schema.json letter.txt", "watch the object grow"],
      ["schemacast extract schemas/user.schema.json - --list --json < letters.txt", "one line per person"],
    ],
  },
  {
    name: "batch",
    about: "Extract from many documents; what is done stays done when it is stopped and started again",
    positionals: [{ name: "source", about: "Schema file", required: true }],
    options: {
      in: { kind: "text", about: "Documents: .jsonl, .csv, .tsv, a folder of texts, or - for standard input", short: "i" },
      out: { kind: "text", about: "Results, a line of JSON for each document; - for standard output", short: "o" },
      errors: {
        kind: "text",
        about: "Errors, a line of JSON for each document that failed; - for standard error; beside --out when absent",
      },
      "retry-errors": { kind: "flag", about: "Try the documents again that failed in a run before" },
      "fail-fast": { kind: "flag", about: "Stop at the first document that fails" },
      "input-format": { kind: "text", about: "What --in holds, where its name does not tell", choices: ["jsonl", "csv", "tsv", "lines"] },
      "text-field": { kind: "text", about: "Field or column of the text; `text` when absent" },
      "key-field": { kind: "text", about: "Field or column that names a document; `id`, else the line, when absent" },
      glob: { kind: "text", about: "Which files of a folder; **/*.{txt,md} when absent" },
      list: { kind: "flag", about: "Extract every object of each document, not one" },
      type: { kind: "text", about: "Which type, where the schema file has several" },
      details: { kind: "flag", about: "Add model, usage, attempts and repairs to each result" },
      limit: { kind: "number", about: "At most so many documents in this run" },
      "max-tokens": { kind: "number", about: "Begin no document once so many tokens are used" },
      "max-cost": { kind: "number", about: "Begin no document once so much is spent, by the prices of the configuration" },
      price: { kind: "text", about: "Of the model, per million tokens of input and output, such as 0.35,0.75; as configured when absent" },
      "dry-run": { kind: "flag", about: "Estimate tokens and cost; send nothing" },
      concurrency: { kind: "number", about: "Most documents at a time; 16 when absent, fewer while the provider refuses" },
      "requests-per-minute": { kind: "number", about: "A budget of your own, below the provider's" },
      "tokens-per-minute": { kind: "number", about: "A budget of your own, below the provider's" },
      ...callSettings,
      queue: { kind: "text", about: "Redis (redis://…) where `schemacast worker` extracts, on any number of machines" },
    },
    examples: [
      ["schemacast batch schemas/user.json --in docs.jsonl --out users.jsonl", "after a stop it goes on"],
      ["schemacast batch schemas/user.json --in docs.jsonl --dry-run", "what it would cost"],
      ["schemacast batch schemas/user.json -i docs.csv -o users.jsonl --retry-errors", "what failed, again"],
      ["schemacast batch schemas/mail.ts -i inbox -o mails.jsonl --max-cost 5", "a folder, with a budget"],
    ],
  },
  {
    name: "worker",
    about: "Extract from the documents that `batch --queue` puts into a queue, until it is stopped",
    positionals: [{ name: "source", about: "Schema file, the one that the batch has", required: true }],
    options: {
      queue: { kind: "text", about: "Redis: redis://localhost:6379" },
      list: { kind: "flag", about: "Extract every object of each document, not one; as the batch does" },
      type: { kind: "text", about: "Which type, where the schema file has several" },
      concurrency: { kind: "number", about: "Most documents at a time here; 16 when absent, fewer while the provider refuses" },
      "requests-per-minute": { kind: "number", about: "A budget for all workers of the queue together" },
      "tokens-per-minute": { kind: "number", about: "A budget for all workers of the queue together" },
      lease: { kind: "number", about: "Seconds until other workers take what a dead one had; 30 when absent" },
      ...callSettings,
    },
    examples: [["schemacast worker schemas/user.json --queue redis://localhost:6379", "as many as you like"]],
  },
  {
    name: "doctor",
    about: "Look for what is wrong with the installation, the key, the configuration",
    positionals: [],
    options: { offline: { kind: "flag", about: "Do not ask Cerebras whether the key works" } },
    examples: [["schemacast doctor", "exit 1 where something needs attention"]],
  },
  {
    name: "init",
    about: "Set schemacast up in this repository, after showing what it will do",
    positionals: [],
    options: {
      yes: { kind: "flag", about: "Do it without asking", short: "y" },
      "dry-run": { kind: "flag", about: "Show what it would do, and do nothing" },
    },
    examples: [
      ["schemacast init", "configuration, a first schema, scripts, ignore files, after a yes"],
      ["schemacast init --dry-run", "what it would change, line by line"],
      ["schemacast init --yes", "for scripts: without asking"],
    ],
  },
  {
    name: "eject",
    about: "Copy what can be replaced into this repository",
    positionals: [{ name: "what", about: "templates", required: true }],
    options: { force: { kind: "flag", about: "Overwrite what is there", short: "f" } },
    examples: [["schemacast eject templates", 'then set templates: "./templates" in the configuration']],
  },
  {
    name: "emulate",
    about: "Start a local server that speaks the Cerebras wire format",
    positionals: [],
    options: {
      port: { kind: "number", about: "Port on the loopback interface; a free one when absent", short: "p" },
      cassettes: { kind: "text", about: "Folder of recorded exchanges (SCHEMACAST_RECORD) to answer from, and from nothing else" },
      "allow-origin": { kind: "text", about: "Pages that may call from a browser: * or one origin; none when absent" },
    },
    examples: [
      ["schemacast emulate --port 8787", "then set CEREBRAS_BASE_URL=http://127.0.0.1:8787"],
      ["schemacast emulate --cassettes test/cassettes", "replay what SCHEMACAST_RECORD=test/cassettes has recorded"],
    ],
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
