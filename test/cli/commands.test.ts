import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { makeProject, readTree, runCli, runHere } from "./run-cli.js";

const person = `{
  "description": "A person.",
  "type": "object",
  "properties": { "name": { "type": "string" }, "age": { "type": "integer" } },
  "required": ["name", "age"],
  "additionalProperties": false
}
`;

test("explain shows manner, sizes against limits, the schema, and what was changed", async () => {
  const root = makeProject({
    "schemas/person.json": person,
    "schemas/tree.json": '{ "type": "object", "properties": { "next": { "$ref": "#" } }, "additionalProperties": false }\n',
  });
  const run = await runHere(["explain", "schemas/person.json"], { cwd: root });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("Person schemas/person.json:1:1");
  expect(run.stdout).toMatch(/one +strict/);
  expect(run.stdout).toMatch(/\d+ of 5000 characters, \d+ of 10 depth, 2 of 500 properties/);
  const schema = await runHere(["explain", "schemas/person.json", "--schema"], { cwd: root });
  expect(JSON.parse(schema.stdout)).toMatchObject({ type: "object", required: ["name", "age"] });
  expect((await runHere(["explain", "schemas/tree.json"], { cwd: root })).stdout).toMatch(/one +guided.*lower\/recursion/);
  expect(await runHere(["explain", "schemas/nope.json"], { cwd: root })).toMatchObject({ exitCode: 1 });
});

test("explain of a file in YAML says that it is YAML, and how to convert it", async () => {
  const root = makeProject({ "schemas/person.yaml": "type: object\n" });
  const { exitCode, stdout } = await runHere(["explain", "schemas/person.yaml"], { cwd: root });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("npx js-yaml schemas/person.yaml > schemas/person.json");
});

test("explain lowers as the configuration says for that file, or as the command line does", async () => {
  const root = makeProject({
    "schemas/person.json": person.replace('["name", "age"]', '["name"]'),
    "schemas/other.json": person.replace('["name", "age"]', '["name"]'),
    "schemacast.config.json": JSON.stringify({
      profile: { extends: "cerebras", limits: { characters: 4321 } },
      overrides: [{ files: ["other.json"], optional: "nullable", mode: "json_schema" }],
    }),
  });
  const text = (await runHere(["explain", "schemas/person.json"], { cwd: root })).stdout;
  expect(text).toMatch(/by the rules of cerebras, with the project's own facts of .*, asked as tools/);
  expect(text).toMatch(/list +strict[^]*of 4321 characters/);
  expect(text).toMatch(/of 5 branches of one anyOf/);
  const other = await runHere(["explain", "schemas/other.json"], { cwd: root });
  expect(other.stdout).toContain("asked as json_schema");
  const required = async (...flags: readonly string[]): Promise<unknown> =>
    JSON.parse((await runHere(["explain", ...flags], { cwd: root })).stdout).required;
  expect(await required("schemas/person.json", "--schema")).toEqual(["name"]);
  expect(await required("schemas/other.json", "--schema")).toEqual(["name", "age"]);
  expect(await required("schemas/person.json", "--schema", "--optional", "nullable")).toEqual(["name", "age"]);
  expect(await required("schemas/person.json", "--schema", "--list")).toEqual(["items"]);
  const json = JSON.parse((await runHere(["explain", "schemas/other.json", "--format", "json"], { cwd: root })).stdout);
  expect(json).toMatchObject({ settings: { optional: "nullable" }, types: [{ list: { promptTokens: { tools: expect.any(Number) } } }] });
  const wrong = makeProject({ "schemas/person.json": person, "schemacast.config.json": '{ "optinal": "plain" }' });
  expect(await runHere(["explain", "schemas/person.json"], { cwd: wrong })).toMatchObject({ exitCode: 1 });
});

test("explain tries another view of the provider's rules", async () => {
  const root = makeProject({
    "schemas/person.json": person.replace('"integer"', '"integer", "minimum": 1'),
    "schemacast.config.json": JSON.stringify({ profile: { extends: "cerebras", switches: { numericBounds: true } } }),
  });
  const age = async (...flags: readonly string[]): Promise<unknown> =>
    JSON.parse((await runHere(["explain", "schemas/person.json", "--schema", ...flags], { cwd: root })).stdout).properties.age;
  expect(await age()).toMatchObject({ minimum: 1 });
  expect(await age("--profile", "cerebras")).not.toHaveProperty("minimum");
  expect(await age("--profile", "numericBounds=true, characters=9000")).toMatchObject({ minimum: 1 });
  const text = (await runHere(["explain", "schemas/person.json", "--profile", "characters=9000"], { cwd: root })).stdout;
  expect(text).toContain("of 9000 characters");
  for (const [wrong, says] of [
    ["numericBound=true", "Did you mean numericBounds?"],
    ["numericBounds=1", "numericBounds is true or false"],
    ["depth=deep", "depth is a whole number"],
    ["openai", 'there is no fact "openai"'],
  ] as const) {
    const run = await runHere(["explain", "schemas/person.json", "--profile", wrong], { cwd: root });
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toContain(says);
  }
});

test("extract asks for one object, for a list, and takes a file or standard input", async () => {
  const root = makeProject({ "schemas/person.json": person, "letter.txt": "Ivan is 27." });
  const one = await runHere(["extract", "schemas/person.json", "letter.txt", "--json", "--emulate"], { cwd: root });
  expect(one).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(one.stdout)).toMatchObject({ name: expect.any(String), age: expect.any(Number) });
  const list = await runHere(["extract", "schemas/person.json", "letter.txt", "--list", "--json", "--emulate"], { cwd: root });
  for (const line of list.stdout.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("name");
  expect(Object.keys(readTree(root))).toEqual(["letter.txt", "schemas/person.json"]);
});

test("extract takes what a schema may need: formats, lengths, a recursion that is only guided", async () => {
  const properties = {
    when: { type: "string", format: "date" },
    code: { type: "string", maxLength: 9 },
    tags: { type: "array", uniqueItems: true, items: { type: "string" } },
    next: { $ref: "#" },
  };
  const root = makeProject({
    "schemas/note.json": JSON.stringify({ type: "object", properties, required: ["when"], additionalProperties: false }),
    "letter.txt": "Today.\n",
  });
  const run = await runCli(["extract", "schemas/note.json", "letter.txt", "--json", "--emulate"], { cwd: root });
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({ when: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
});

test("extract finds a type that has another name in code, because the language has taken its own", async () => {
  const root = makeProject({ "schemas/error.json": person, "letter.txt": "Ivan is 27." });
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("+ schemas/error.json → generated/error.ts (ErrorType)");
  const run = await runHere(["extract", "schemas/error.json", "letter.txt", "--json", "--emulate"], { cwd: root });
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({ name: expect.any(String) });
});

test("extract asks as the configuration and the schema say, with their checks", async () => {
  const server = await startEmulator({ replies: [{ name: "Person", value: { name: "Ivan", age: 27 } }] });
  onTestFinished(() => server.close());
  const root = makeProject({
    "schemas/person.json": person,
    "letter.txt": "Ivan is 27.",
    "schemacast.config.json": JSON.stringify({
      overrides: [{ files: ["person.json"], mode: "json_schema" }],
      model: "zai-glm-4.7",
      instructions: "Names only.",
      naming: { extract: "get{Type}" },
      checks: { Person: "./checks/person.ts#atHome" },
    }),
    "checks/person.ts": 'export const atHome = ({ name }: { name: string }): true | string => name !== "Ivan" || "Ivan is not at home";\n',
  });
  const env = { CEREBRAS_BASE_URL: server.url, CEREBRAS_API_KEY: "any" };
  const run = await runCli(["extract", "schemas/person.json", "letter.txt", "--json"], { cwd: root, env });
  const [request] = server.requests;
  expect(request?.body).toMatchObject({ model: "zai-glm-4.7", response_format: { type: "json_schema" } });
  expect(JSON.stringify(request?.body)).toContain("Names only.");
  expect(run.stderr).toContain("Ivan is not at home");
  expect(run.exitCode).toBe(1);
});

test("extract in a terminal draws the object while it grows", async () => {
  const { extractCommand } = await import("../../src/cli/extract-command.js");
  const root = makeProject({ "schemas/person.json": person, "letter.txt": "Ivan is 27." });
  let drawn = "";
  const stdout = { isTTY: true, columns: 80, write: (text: string) => (drawn += text) };
  const parsed = { command: "extract", options: { emulate: true }, positionals: ["schemas/person.json", "letter.txt"] } as const;
  expect(await extractCommand(parsed, { cwd: root, environment: {}, stdout, stderr: stdout })).toBe(0);
  expect(drawn).toContain("\u001b[");
  const last = drawn.slice(drawn.lastIndexOf("\u001b[J") + 3);
  expect(JSON.parse(last)).toMatchObject({ name: expect.any(String), age: expect.any(Number) });
});

test("extract says what is missing", async () => {
  const root = makeProject({
    "schemas/person.json": person,
    "schemas/two.ts": "export interface A { a: string }\nexport interface B { b: string }\n",
    x: "",
  });
  expect((await runHere(["extract", "nope.json", "x"], { cwd: root })).stderr).toContain("there is no file nope.json");
  expect((await runHere(["extract", "Person", "x"], { cwd: root })).stderr).toContain("Did you mean schemas/person.json?");
  expect((await runHere(["explain", "schema/persn.json"], { cwd: root })).stderr).toContain("Did you mean schemas/person.json?");
  expect((await runHere(["extract", "schemas/person.json", "nope.txt"], { cwd: root })).stderr).toContain(
    "nope.txt could not be read (ENOENT)",
  );
  expect((await runHere(["extract", "schemas/two.ts", "x"], { cwd: root })).stderr).toContain("the types A, B. Choose one with --type.");
});

test("doctor is content with a project in order, and tells what is not", async () => {
  const root = makeProject({ "schemas/person.json": person, "package.json": '{ "devDependencies": { "prettier": "3" } }' });
  const before = await runHere(["doctor", "--offline"], { cwd: root });
  expect(before.exitCode).toBe(1);
  expect(before.stdout).toContain("generated/ is not up to date");
  expect(before.stdout).toContain(".prettierignore does not leave out generated/");
  expect(before.stdout).toContain("CEREBRAS_API_KEY is not set");
  await runHere(["generate"], { cwd: root });
  const after = await runHere(["doctor", "--offline"], { cwd: root });
  expect(after.stdout).toContain("ok generated/ is up to date with 1 schema(s)");
  expect(after.exitCode).toBe(0);
});

test("doctor finds a package where the loader finds it, as Yarn's Plug'n'Play does, which has no folders", async () => {
  const root = makeProject({
    "archive/package.json": '{ "version": "9.9.9" }',
    "loader.cjs": `const Module = require("node:module");
const plain = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  name === "@cerebras/cerebras_cloud_sdk/package.json" ? __dirname + "/archive/package.json" : plain(name, ...rest);`,
  });
  const { stdout } = await runCli(["doctor", "--offline"], { cwd: root, env: { NODE_OPTIONS: `--require=${join(root, "loader.cjs")}` } });
  expect(stdout).toContain("ok @cerebras/cerebras_cloud_sdk 9.9.9");
});

test("doctor tries the key", async () => {
  const emulator = await startEmulator({ apiKey: "right" });
  onTestFinished(() => emulator.close());
  const root = makeProject({});
  const doctor = (key: string) => runHere(["doctor"], { cwd: root, env: { CEREBRAS_API_KEY: key, CEREBRAS_BASE_URL: emulator.url } });
  expect((await doctor("right")).stdout).toContain("the key works");
  const wrong = await doctor("wrong");
  expect(wrong).toMatchObject({ exitCode: 1 });
  expect(wrong.stdout).toContain("refuses the key (401)");
});

test("--print-inputs names every file that a run reads", async () => {
  const root = makeProject({
    "schemacast.config.ts": 'import { output } from "./shared.js";\nexport default { output, model: process.env.MODEL };\n',
    "shared.ts": 'export const output = "gen";\n',
    "common/money.json": '{ "type": "number" }',
    "schemas/person.json":
      '{ "type": "object", "properties": { "pay": { "$ref": "../common/money.json" } }, "required": ["pay"], "additionalProperties": false }',
  });
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  const run = await runHere(["generate", "--print-inputs"], { cwd: root });
  expect(JSON.parse(run.stdout)).toEqual({
    inputs: ["schemacast.config.ts", "shared.ts", "schemas/**/*.json", "schemas/**/*.ts", "common/money.json"],
    outputs: ["gen/**", "!gen/.schemacast.lock", "!gen/.schemacast.journal"],
    env: ["MODEL"],
  });
});

test("eject copies the templates once, and a project can use its own", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemacast.config.mjs": 'export default { templates: "./templates" };\n' });
  expect(await runHere(["eject", "templates"], { cwd: root })).toMatchObject({ exitCode: 0 });
  expect(await runHere(["eject", "templates"], { cwd: root })).toMatchObject({ exitCode: 1 });
  expect(await runHere(["eject", "lunch"], { cwd: root })).toMatchObject({ exitCode: 2 });
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  const template = join(root, "templates/extractor.ts");
  writeFileSync(template, readFileSync(template, "utf8").replace("Extracts one $Type$.", "Reads one $Type$."));
  expect((await runHere(["generate", "--verbose"], { cwd: root })).stdout).toContain("(the configuration changed)");
  expect(readFileSync(join(root, "generated/person.ts"), "utf8")).toContain("Reads one Person.");

  writeFileSync(template, readFileSync(template, "utf8").replaceAll("$name$Spec", "$nmae$Spec").replaceAll("$name$Stream", "userStream"));
  writeFileSync(join(root, "templates/extracter.ts"), "");
  const broken = await runHere(["generate"], { cwd: root });
  expect(broken.exitCode).toBe(1);
  expect(broken.stderr).toMatch(/templates\/extractor\.ts:\d+:\d+ error config\/unknown-placeholder\n +\$nmae\$ is not/);
  expect(broken.stderr).toContain("config/missing-placeholder");
  expect(broken.stderr).toContain("templates/extracter.ts:1:1 error config/unknown-template");
});

test("emulate: a port that can't be is wrong usage", async () => {
  expect(await runHere(["emulate", "--port", "99999"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("port 99999 can't be used"),
  });
});

test("emulate serves until it is told to stop", async () => {
  const run = runCli(["emulate", "--format", "json"], { stopWhen: (stdout) => stdout.includes("}") });
  const { stdout, exitCode } = await run;
  expect(JSON.parse(stdout)).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  expect(exitCode).toBe(0);
});
