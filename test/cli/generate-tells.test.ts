import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, runHere } from "./run-cli.js";

// What `generate` tells beside the files that it writes.

const person = { type: "object", properties: { name: { type: "string" } }, required: ["name"], additionalProperties: false };
const city = { ...person, properties: { name: { type: "string" }, kind: { enum: ["town", "village"] } } };

function codec(root: string, name: string): string {
  return readFileSync(join(root, `generated/${name}.codec.ts`), "utf8");
}

test("--stats tells how large the codecs are", async () => {
  const root = makeProject({ "schemas/person.json": JSON.stringify(person), "schemas/city.json": JSON.stringify(city) });
  const { stdout } = await runHere(["generate", "--stats"], { cwd: root });
  const [first, second] = ["city", "person"].map((name) => Buffer.byteLength(codec(root, name)));
  expect(stdout).toContain(`codecs  ${(first ?? 0) + (second ?? 0)} bytes in 2 files, largest ${first} of schemas/city.json\n`);
});

test("--verbose times each phase, and shows the notes that are else counted", async () => {
  const root = makeProject({ "schemas/open.json": JSON.stringify({ ...person, additionalProperties: true }) });
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 written, 1 note (--verbose shows them) in generated/");
  const { stdout, stderr } = await runHere(["generate", "--force", "--verbose"], { cwd: root });
  expect(stdout).toContain("1 unchanged, 1 note in generated/");
  expect(stdout).toMatch(/\ntime {4}lock \d+ ms, generate \d+ ms, write \d+ ms\n/);
  expect(stderr).toContain("note lower/close-object");
});

test("a schema of Ajv's own asynchronous kind is an ordinary one, and a note says so", async () => {
  const root = makeProject({ "schemas/person.json": JSON.stringify({ $async: true, ...person }) });
  const { exitCode, stderr } = await runHere(["generate", "--verbose"], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("schemas/person.json:1:2 note read/unknown-keyword\n  `$async` is no keyword of JSON Schema; it is ignored.");
  expect(codec(root, "person")).not.toContain("async");
});

test("of a code that warns often three are shown in full, the others on a line each; errors always in full", async () => {
  const tree = '{ "type": "object", "properties": { "next": { "$ref": "#" } }, "additionalProperties": false }\n';
  const root = makeProject(Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`schemas/${name}.json`, tree])));
  const { stderr } = await runHere(["generate"], { cwd: root });
  const hint = "→ Set";
  expect(stderr.split(hint)).toHaveLength(4);
  expect(stderr).toMatch(
    /\n\nschemas\/d\.json:1:\d+ warning lower\/recursion {2}The schema refers .+\nschemas\/e\.json:1:\d+ warning .+\nOf a code .+ --verbose shows all\.\n/,
  );
  expect((await runHere(["generate", "--force", "--verbose"], { cwd: root })).stderr.split(hint)).toHaveLength(6);

  const wrong = makeProject(Object.fromEntries(["a", "b", "c", "d"].map((name) => [`schemas/${name}.json`, '{ "type": "strng" }\n'])));
  expect((await runHere(["generate"], { cwd: wrong })).stderr.split("→ Did you mean")).toHaveLength(5);
});

test("a folder without schemas is not an empty success: generate says what there is to do, check has nothing to guard and fails", async () => {
  const root = makeProject({ "readme.txt": "" });
  const { exitCode, stdout } = await runHere(["generate"], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^No schemas: schemas\/ holds no \.json or \.ts file\. .*`npx schemacast init`/);
  const checked = await runHere(["check"], { cwd: root });
  expect(checked).toMatchObject({ exitCode: 1, stdout: "" });
  expect(checked.stderr).toMatch(/write\/no-schemas\s+There is nothing to check: no \.json or \.ts file in schemas\/\./);
  expect((await runHere(["check", "--quiet"], { cwd: root })).exitCode).toBe(1);
  expect(JSON.parse((await runHere(["check", "--format", "json"], { cwd: root })).stdout)).toMatchObject({
    ok: false,
    diagnostics: [{ code: "write/no-schemas" }],
  });
  // One job of several may have none yet.
  const two = makeProject({
    "schemas/person.json": JSON.stringify(person),
    "later/readme.txt": "",
    "schemacast.config.json": '{ "jobs": [{ "output": "generated" }, { "input": "later", "output": "generated-later" }] }',
  });
  await runHere(["generate"], { cwd: two });
  expect(await runHere(["check"], { cwd: two })).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a folder that holds only YAML is told as that, with what makes JSON of it", async () => {
  const root = makeProject({ "schemas/b/user.yml": "type: object", "schemas/order.yaml": "type: object" });
  const advice =
    "schemas/b/user.yml and 1 more are YAML, which is not read: convert them to JSON, for example with `npx js-yaml schemas/b/";
  const { exitCode, stdout } = await runHere(["generate"], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`No schemas: schemas/ holds no .json or .ts file. ${advice}user.yml > schemas/b/user.json\`.\n`);
  expect((await runHere(["check"], { cwd: root })).stderr).toContain(advice);
  expect((await runHere(["doctor"], { cwd: root })).stdout).toContain(advice);
});

test("explain and extract tell a symbolic link that leads nowhere as that", async () => {
  const root = makeProject({ "schemas/a.json": "{}" });
  symlinkSync("../nowhere.json", join(root, "schemas/b.json"));
  for (const command of ["explain", "extract"]) {
    const { exitCode, stderr } = await runHere([command, "schemas/b.json"], { cwd: root });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "schemacast: `schemas/b.json` is a symbolic link that leads nowhere: there is no `../nowhere.json`.\nBring back",
    );
    expect(stderr).not.toContain("there is no file");
  }
});

test("a symbolic link that leads nowhere is told as that: as a source of either kind, and behind a reference", async () => {
  const root = makeProject({ "schemas/a.json": '{ "$ref": "./parts/gone.json" }', "schemas/parts/readme.txt": "" });
  symlinkSync("../nowhere.json", join(root, "schemas/b.json"));
  symlinkSync("nowhere.ts", join(root, "schemas/c.ts"));
  symlinkSync("nowhere.json", join(root, "schemas/parts/gone.json"));
  const { exitCode, stderr } = await runHere(["generate"], { cwd: root });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("`schemas/b.json` is a symbolic link that leads nowhere: there is no `../nowhere.json`.");
  expect(stderr).toContain("`schemas/c.ts` is a symbolic link that leads nowhere: there is no `nowhere.ts`.");
  expect(stderr).toContain("leads nowhere: schemas/parts/gone.json is a symbolic link, and there is no nowhere.json.");
  expect(stderr).not.toContain("There is no file");
});
