import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, runHere } from "./run-cli.js";

const person =
  '{ "type": "object", "properties": { "age": { "type": "integer" }, "name": { "type": "string" } }, "additionalProperties": false }\n';
const city = '{ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false }\n';

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8")));
}

test("the snapshot of the disk spares reading, and no edit gets past it", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/geo/city.schema.json": city });
  await runHere(["generate"], { cwd: root });
  // Changes younger than two seconds are not trusted, so until then there is no snapshot.
  await new Promise((resolve) => setTimeout(resolve, 2100));
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
