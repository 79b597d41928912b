import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { glanceAtProject } from "../../src/cli/project.js";
import { makeProject, runHere } from "./run-cli.js";

const person =
  '{ "type": "object", "properties": { "age": { "type": "integer" }, "name": { "type": "string" } }, "additionalProperties": false }\n';
const city = '{ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false }\n';

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8")));
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a run need not read, relative to the root. */
async function known(root: string): Promise<readonly string[]> {
  const { looks } = await glanceAtProject({ root });
  return [...(looks.get("generated")?.unchanged ?? [])].toSorted();
}

test("the snapshot of the disk spares reading, and no edit gets past it", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/geo/city.schema.json": city });
  await runHere(["generate"], { cwd: root });
  // Changes younger than two seconds are not trusted.
  expect(await known(root)).toEqual([]);
  await wait(2100);
  await runHere(["generate"], { cwd: root });
  const snapshot = join(root, "node_modules/.cache/schemacast/fresh-generated.json");
  expect(existsSync(snapshot)).toBe(true);
  expect((await runHere(["generate"], { cwd: root })).stdout).toMatch(/^2 up to date/);
  // Every edit keeps the size.
  edit(root, "generated/person.ts", (text) => text.replace("name", "eman"));
  expect((await runHere(["generate"], { cwd: root })).stderr).toContain("write/edited-output");
  edit(root, "generated/person.ts", (text) => text.replace("eman", "name"));
  edit(root, "schemas/person.json", (text) => text.replace('"integer"', '"number" '));
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 written, 1 up to date");
  rmSync(join(root, "generated/geo/city.ts"));
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("+ schemas/geo/city.schema.json");
  writeFileSync(join(root, "schemas/new.json"), city);
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("+ schemas/new.json");
});

test("where one file changed, the others are not read, and an edit of any of them is still seen", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/city.json": city, "schemas/town.json": city });
  await runHere(["generate"], { cwd: root });
  await wait(2100);
  await runHere(["generate"], { cwd: root });
  edit(root, "schemas/person.json", (text) => text.replace('"integer"', '"number" '));
  const others = ["city", "town"].flatMap((name) => [`generated/${name}.codec.ts`, `generated/${name}.ts`, `schemas/${name}.json`]);
  expect(await known(root)).toEqual(expect.arrayContaining(others));
  expect(await known(root)).not.toContain("schemas/person.json");
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 written, 2 up to date");
  // What the run wrote is too young, the rest is known still.
  expect((await known(root)).filter((path) => /city|town/.test(path))).toEqual(others.toSorted());
  expect((await known(root)).filter((path) => path.includes("person"))).toEqual([]);
  edit(root, "generated/city.ts", (text) => text.replace("name", "eman"));
  expect((await runHere(["generate"], { cwd: root })).stderr).toContain("generated/city.ts");
  edit(root, "generated/city.ts", (text) => text.replace("eman", "name"));
  edit(root, "schemas/town.json", (text) => text.replace('"string"', '"number"'));
  edit(root, "generated/person.ts", (text) => text.replace("age", "ega"));
  const both = await runHere(["generate"], { cwd: root });
  expect(both.stderr).toContain("generated/person.ts");
  expect(both.exitCode).toBe(1);
  edit(root, "generated/person.ts", (text) => text.replace("ega", "age"));
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 written, 2 up to date");
  // Lines of the manifest that were kept are those that would be printed.
  const manifest = readFileSync(join(root, "generated/.schemacast.json"), "utf8");
  await runHere(["generate", "--force"], { cwd: root });
  expect(readFileSync(join(root, "generated/.schemacast.json"), "utf8")).toBe(manifest);
});

test("a source that failed stays behind although its file does not change", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/city.json": city });
  await runHere(["generate"], { cwd: root });
  edit(root, "schemas/city.json", (text) => text.replace("properties", '$ref": "gone.json", "properties'));
  expect((await runHere(["generate", "--keep-going"], { cwd: root })).exitCode).toBe(1);
  await wait(2100);
  for (let turn = 0; turn < 2; turn += 1) expect((await runHere(["generate", "--keep-going"], { cwd: root })).exitCode).toBe(1);
});
