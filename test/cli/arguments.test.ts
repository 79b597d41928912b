import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commands, commonOptions, type OptionSpec } from "../../src/cli/command-table.js";
import { readPlainArguments } from "../../src/cli/plain-arguments.js";
import { readArguments } from "../../src/cli/yargs-arguments.js";
import { runCli, runHere } from "./run-cli.js";

const context = { version: "9.9.9", width: 160 };

test("--version prints the version, --help every command", async () => {
  const version = await runCli(["--version"]);
  expect(version).toMatchObject({ exitCode: 0, stderr: "" });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await runCli(["--help"]);
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  for (const command of commands) expect(help.stdout).toContain(`schemacast ${command.name}`);
});

/** The fastest of a few starts in milliseconds: other tests run beside this one. */
async function fastest(start: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = performance.now();
    await start();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}

test.each(["--version", "--help"])("%s answers in under 0.4 s", async (option) => {
  const best = await fastest(() => runCli([option]));
  if (best < 400) return;
  // A busy machine: node itself starts in 40 ms on an idle one, and what it takes now tells how busy this one is.
  const bare = await fastest(() => promisify(execFile)(process.execPath, ["-e", "0"]));
  expect(best / bare).toBeLessThan(400 / 40);
});

test("every command has help with its examples", async () => {
  for (const command of commands) {
    const outcome = await readArguments([command.name, "--help"], context);
    expect(outcome).toMatchObject({ kind: "print", exitCode: 0 });
    for (const [line] of command.examples) expect(outcome).toHaveProperty("text", expect.stringContaining(line));
  }
});

test.each([
  [[], "schemacast generate"],
  [["genrate"], 'There is no command "genrate". Did you mean generate?'],
  [["frobnicate"], 'There is no command "frobnicate".\n'],
  [["-v"], "Unknown argument: v."],
  [["--verison"], "Unknown argument: verison. Did you mean --version?"],
  [["explain"], "Say which: schemacast explain <source> (Schema file)."],
  [["generate", "--root"], "--root needs a value."],
  [["generate", "--forse"], "Unknown argument: forse. Did you mean --force?"],
  [["generate", "schemas/user.schema.json"], "generate takes no files: it looks at all sources"],
  [["generate", "--format", "xml"], '--format can\'t be "xml"; it is one of pretty, json, github.'],
  [["generate", "--format", "jsno"], "Did you mean json?"],
  [["--quiet", "check", "--verbos"], "Did you mean --verbose?\nRun `schemacast check --help`"],
  [["emulate", "--port", "x"], "--port needs a number"],
  [["emulate", "--port"], "--port needs a value."],
])("wrong usage %j exits 2 and says what is wrong", async (args, text) => {
  const run = await runHere(args);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain(text);
});

function optionWords([name, spec]: [string, OptionSpec]): fc.Arbitrary<readonly string[]> {
  if (spec.kind === "flag") return fc.constant([`--${name}`]);
  if (spec.choices !== undefined) return fc.constantFrom(...spec.choices).map((value) => [`--${name}`, value]);
  if (spec.kind === "number") return fc.integer({ min: 0, max: 65_535 }).map((value) => [`--${name}`, String(value)]);
  return fc.stringMatching(/^[a-z./ 0-9-]{0,12}$/).map((value) => [`--${name}`, value]);
}

const words = (minLength: number, maxLength: number): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.stringMatching(/^[a-z./]{1,8}$/), { minLength, maxLength });

const commandLines = fc.constantFrom(...commands).chain((command) =>
  fc
    .tuple(
      fc
        .subarray([...Object.entries(command.options), ...Object.entries(commonOptions)])
        .chain((options) => fc.tuple(...options.map(optionWords))),
      fc.oneof(
        { weight: 4, arbitrary: words(command.positionals.length, command.positionals.length) },
        { weight: 1, arbitrary: words(0, 2) },
      ),
    )
    .map(([options, positionals]) => [command.name, ...positionals, ...options.flat()]),
);

test("the fast reader agrees with yargs on every command line that it accepts", async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(commandLines, async (argv) => {
      const plain = readPlainArguments(argv);
      if (plain === undefined) return;
      accepted += 1;
      expect(await readArguments(argv, context)).toEqual({ kind: "run", parsed: plain });
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(15);
});

test("a --root that is not there is wrong usage, not an empty project", async () => {
  const run = await runHere(["check", "--root", "no-such-folder"]);
  expect(run).toMatchObject({ exitCode: 2, stdout: "", stderr: "schemacast: there is no folder no-such-folder, which --root names.\n" });
});

test("a fault of schemacast says so, with its trace, and exits with 3", async () => {
  const breakIt = "--import=data:text/javascript,process.cwd=()=>{throw(new(TypeError)(`no_folder`))}";
  const run = await runCli(["generate"], { env: { NODE_OPTIONS: breakIt } });
  expect(run).toMatchObject({ exitCode: 3, stdout: "" });
  expect(run.stderr).toContain("this is a fault of schemacast");
  expect(run.stderr).toMatch(/TypeError: no_folder\n +at /);
});
