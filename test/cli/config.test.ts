import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig, type ProjectConfig } from "../../src/config/read-config.js";
import { settingsOf } from "../../src/config/find-sources.js";
import { nearestName } from "../../src/config/nearest-name.js";
import { makeProject, readTree, runHere } from "./run-cli.js";

const person =
  '{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"], "additionalProperties": false }\n';
const request = { generator: "1.0.0" };

function problems(config: ProjectConfig): readonly string[] {
  return config.diagnostics.map((each) => `${each.at?.file}:${each.at?.line}:${each.at?.column} ${each.code}: ${each.message}`);
}

test.each([
  [
    "schemacast.config.ts",
    'import { defineConfig } from "schemacast";\nexport default defineConfig({ input: "api" as string, output: "out" });\n',
  ],
  ["schemacast.config.mjs", 'export default { input: "./api/", output: "out" };\n'],
  ["schemacast.config.js", 'module.exports = { input: "api", output: "out" };\n'],
  ["schemacast.config.json", '{\n  // where they come from\n  "input": "api",\n  "output": "out",\n}\n'],
  ["package.json", '{ "name": "x", "schemacast": { "input": "api", "output": "out" } }\n'],
])("%s is found and used by the program", async (file, text) => {
  const root = makeProject({ [file]: text, "api/person.json": person });
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(Object.keys(readTree(join(root, "out")))).toContain("person.ts");
});

test("several jobs inherit what stands beside them; overrides win, the last one first", async () => {
  const root = makeProject({
    "schemacast.config.ts": `export default {
      mode: "json_schema", model: "gpt-oss-120b",
      overrides: [{ files: ["billing/**"], mode: "tools" }, { files: ["**/receipt.json"], instructions: "Read the receipt." }],
      jobs: [{ input: "a", output: "gen/a" }, { input: "b", output: "gen/b", model: "zai-glm-4.7" }],
    };`,
  });
  const { jobs, diagnostics } = await readConfig({ root, ...request });
  expect(diagnostics).toEqual([]);
  const [a, b] = jobs;
  if (a === undefined || b === undefined) throw new Error("jobs are missing");
  expect([a.inputFolder, a.outputFolder, b.inputFolder, b.outputFolder]).toEqual(["a", "gen/a", "b", "gen/b"]);
  expect((await settingsOf(a))("a/x.json")).toEqual({ mode: "json_schema", model: "gpt-oss-120b" });
  expect((await settingsOf(b))("b/billing/receipt.json")).toEqual({
    mode: "tools",
    model: "zai-glm-4.7",
    instructions: "Read the receipt.",
  });
  expect(a.settingsHash).not.toBe(b.settingsHash);
});

test("unknown keys and wrong values are errors with place and suggestion, all of them at once", async () => {
  const root = makeProject({
    "schemacast.config.ts": `export default {
  inptu: "schemas",
  mode: "json",
  header: 3,
  overrides: [{ mode: "tools" }],
};
`,
  });
  const config = await readConfig({ root, ...request });
  expect(config.jobs).toEqual([]);
  expect(problems(config)).toEqual([
    "schemacast.config.ts:2:3 config/unknown-key: There is no setting `inptu`. Did you mean `input`?",
    'schemacast.config.ts:3:3 config/wrong-value: `mode` must be "tools" or "json_schema" or "json_object", not "json".',
    "schemacast.config.ts:4:3 config/wrong-value: `header` must be a text, not 3.",
    'schemacast.config.ts:1:1 config/wrong-value: `files` of overrides[0] must be a list of globs such as ["billing/**"], not missing.',
  ]);
});

test("what is wrong inside a setting is told by its name", async () => {
  const text = `export default { profile: { extends: "cerebras", switches: { numericBound: true } }, naming: { extracts: "get{Type}" } };`;
  const config = await readConfig({ root: makeProject({ "schemacast.config.mjs": `${text}\n` }), ...request });
  expect(problems(config)).toEqual([
    "schemacast.config.mjs:1:62 config/unknown-key: There is no setting `numericBound` of `switches` of `profile`. Did you mean `numericBounds`?",
    "schemacast.config.mjs:1:96 config/unknown-key: There is no setting `extracts` of `naming`. Did you mean `extract`?",
  ]);
});

test.each([
  ['{ input: "../schemas" }', "config/bad-path"],
  ['{ output: "/etc" }', "config/bad-path"],
  ['{ input: "a\\\\b" }', "config/bad-path"],
  ['{ output: "C:/x" }', "config/bad-path"],
  ['{ input: "." }', "config/bad-path"],
  ['{ input: "a", output: "a/generated" }', "config/output-is-input"],
  ['{ jobs: [{ input: "a" }, { input: "b" }] }', "config/shared-output"],
  ['{ jobs: [{ output: "x" }, { output: "X/y" }] }', "config/shared-output"],
  ["null", "config/wrong-value"],
  ["{ jobs: [] }", "config/wrong-value"],
  ["{ jobs: [3] }", "config/wrong-value"],
  ['{ naming: { extract: "extract" } }', "config/wrong-value"],
  ['{ naming: { extract: "{Type}-x" } }', "config/wrong-value"],
  ['{ naming: { file: "kebap" } }', "config/wrong-value"],
  ['{ naming: { extracts: "get{Type}" } }', "config/unknown-key"],
  ['{ profile: { extends: "openai" } }', "config/wrong-value"],
  ["{ profile: { switches: { pattern: true } } }", "config/wrong-value"],
  ['{ profile: { extends: "cerebras", switches: { numericBound: true } } }', "config/unknown-key"],
  ['{ profile: { extends: "cerebras", limits: { depth: "10" } } }', "config/wrong-value"],
  ['{ runtime: "inlined" }', "config/wrong-value"],
  ['{ overrides: [{ files: ["*"], target: "js" }] }', "config/unknown-key"],
  ['{ overrides: [{ files: ["*"], guards: "first" }] }', "config/wrong-value"],
  ['{ __proto__: null, ["__proto__"]: 1 }', "config/unknown-key"],
  ["(() => { throw new Error('no luck'); })()", "config/not-loaded"],
])("a configuration %s gives %s", async (text, code) => {
  const root = makeProject({ "schemacast.config.mjs": `export default ${text};\n` });
  const config = await readConfig({ root, ...request });
  expect(config.jobs).toEqual([]);
  expect(config.diagnostics.map((each) => each.code)).toContain(code);
});

test("a configuration that does not load is told with its place, by the program too", async () => {
  const root = makeProject({ "schemacast.config.ts": "export default {\n  input: ,\n};\n", "schemas/person.json": person });
  const run = await runHere(["generate"], { cwd: root });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("schemacast.config.ts:");
  expect(run.stderr).toContain("config/not-loaded");
  const thrown = makeProject({ "schemacast.config.ts": "\nthrow new Error('no luck');\n" });
  expect(problems(await readConfig({ root: thrown, ...request }))).toEqual([
    "schemacast.config.ts:2:7 config/not-loaded: The configuration could not be loaded: no luck.",
  ]);
});

test("a value of a wrong kind is told once", async () => {
  const root = makeProject({ "schemacast.config.json": '{ "jobs": [{ "input": 3, "output": 3 }, {}] }' });
  expect(problems(await readConfig({ root, ...request })).map((each) => each.replace(/.*: /, ""))).toEqual([
    "`input` of jobs[0] must be the path of a folder, not 3.",
    "`output` of jobs[0] must be the path of a folder, not 3.",
  ]);
});

test.each([
  ["throw new Error('no luck')", "1:1"],
  ["export default {", "2:1"],
])("the place of %s lies in the file", async (text, place) => {
  const root = makeProject({ "schemacast.config.mjs": `${text}\n` });
  expect(problems(await readConfig({ root, ...request }))[0]).toMatch(new RegExp(`^schemacast.config.mjs:${place} config/not-loaded`));
});

test("two configurations are not guessed between; --config chooses", async () => {
  const root = makeProject({
    "schemacast.config.mjs": 'export default { output: "one" };',
    "schemacast.config.json": '{ "output": "two" }',
    "schemas/person.json": person,
  });
  expect((await runHere(["generate"], { cwd: root })).stderr).toContain("config/several");
  expect(await runHere(["generate", "--config", "schemacast.config.json"], { cwd: root })).toMatchObject({ exitCode: 0 });
  expect(Object.keys(readTree(join(root, "two")))).toContain("person.ts");
  expect(await runHere(["check", "--config", join(root, "schemacast.config.json")], { cwd: root })).toMatchObject({ exitCode: 0 });
  expect((await runHere(["generate", "--config", "nope.json"], { cwd: root })).stderr).toContain("config/not-found");
});

test("a changed setting makes outputs stale; so does one in a file that the configuration imports", async () => {
  const root = makeProject({
    "schemacast.config.ts": 'import { instructions } from "./shared.js";\nexport default { instructions };\n',
    "shared.ts": 'export const instructions = "One.";\n',
    "schemas/person.json": person,
  });
  await runHere(["generate"], { cwd: root });
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 up to date");
  writeFileSync(join(root, "shared.ts"), 'export const instructions = "Two.";\n');
  const run = await runHere(["generate", "--verbose"], { cwd: root });
  expect(run.stdout).toContain("(the configuration changed)");
});

const loads = (): unknown => Reflect.get(globalThis, "__schemacastLoads");

test("a resolved configuration is cached by the text of its files, unless it looks at the world", async () => {
  const root = makeProject({
    "schemacast.config.mjs": "globalThis.__schemacastLoads = (globalThis.__schemacastLoads ?? 0) + 1;\nexport default {};\n",
  });
  for (let turn = 0; turn < 3; turn += 1) await readConfig({ root, ...request });
  expect(loads()).toBe(1);
  await readConfig({ root, generator: "2.0.0" });
  expect(loads()).toBe(2);
  writeFileSync(
    join(root, "schemacast.config.mjs"),
    "globalThis.__schemacastLoads += 1;\nexport default { model: process.env.MODEL ?? 'a' };\n",
  );
  for (let turn = 0; turn < 2; turn += 1) await readConfig({ root, ...request });
  expect(loads()).toBe(4);
});

test("an input folder that is not there is an error, an override that fits nothing a warning", async () => {
  const root = makeProject({ "schemacast.config.json": '{ "input": "api", "overrides": [{ "files": ["nope/**"], "mode": "tools" }] }' });
  const missing = await runHere(["generate"], { cwd: root });
  expect(missing.exitCode).toBe(1);
  expect(missing.stderr).toContain("The input folder api/ does not exist.");
  expect((await runHere(["check"], { cwd: root })).exitCode).toBe(1);
  mkdirSync(join(root, "api"));
  writeFileSync(join(root, "api/person.json"), person);
  const unused = await runHere(["generate"], { cwd: root });
  expect(unused.exitCode).toBe(0);
  expect(unused.stderr).toContain("The override for nope/** fits none of the 1 schemas in api/.");
});

test("include and exclude choose among the schemas", async () => {
  const root = makeProject({
    "schemacast.config.json": '{ "include": ["**/*.json"], "exclude": ["drafts/**"] }',
    "schemas/person.json": person,
    "schemas/deep/city.json": person,
    "schemas/drafts/x.json": person,
    "schemas/y.ts": "export interface Y { a: string }\n",
  });
  const run = await runHere(["generate"], { cwd: root });
  expect(run.stdout).toContain("2 written");
});

test.each([
  ["inptu", "input"],
  ["ouput", "output"],
  ["Mode", "mode"],
  ["zzz", undefined],
])("%s means %s", (typed, meant) => {
  expect(nearestName(typed, ["input", "output", "mode", "overrides"])).toBe(meant);
});

test("a folder without templates, and globs that leave nothing, are told", async () => {
  const files = { "schemas/a.json": '{ "type": "object", "properties": { "a": { "type": "string" } } }' };
  const config = (text: string): string => makeProject({ ...files, "schemacast.config.json": text });
  const templates = await runHere(["generate"], { cwd: config('{ "templates": "./templates" }') });
  expect(templates).toMatchObject({ exitCode: 1 });
  expect(templates.stderr).toMatch(
    /^schemacast\.config\.json:1:1 error config\/no-template\n.*templates\/, holds no template[^]*eject templates/,
  );
  const include = await runHere(["generate"], { cwd: config('{ "include": ["*.yaml"] }') });
  expect(include).toMatchObject({ exitCode: 0 });
  expect(include.stderr).toContain("`include` and `exclude` leave none of the 1 files in schemas/.");
  expect((await runHere(["generate"], { cwd: config('{ "include": ["*.json"] }') })).stderr).not.toContain("config/");
});
