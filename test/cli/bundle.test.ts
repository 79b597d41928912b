import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, readTree, runHere } from "./run-cli.js";

const home = fileURLToPath(new URL("../..", import.meta.url));
const installed = mkdtempSync(join(tmpdir(), "schemacast-bundle-"));
const program = join(installed, "node_modules/schemacast/bin/schemacast.js");

// The package as npm would install it: without sources, which make a checkout run its modules.
beforeAll(() => {
  execFileSync(process.execPath, [join(home, ".ci/bundle-bin.mjs")]);
  const modules = join(installed, "node_modules");
  mkdirSync(join(modules, "schemacast"), { recursive: true });
  for (const name of readdirSync(join(home, "node_modules")))
    if (!name.startsWith(".") && name !== "schemacast") symlinkSync(join(home, "node_modules", name), join(modules, name));
  for (const name of ["bin", "dist", "templates", "package.json"])
    cpSync(join(home, name), join(modules, "schemacast", name), { recursive: true });
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

const files = {
  "schemas/person.json": `{
    "type": "object",
    "properties": {
      "name": { "type": "string", "format": "email", "description": "In full.", "default": "nobody@example.org" },
      "friends": { "type": "array", "items": { "$ref": "#/$defs/friend" } }
    },
    "required": ["name"],
    "$defs": { "friend": { "type": "object", "properties": { "since": { "type": "integer", "minimum": 1900 } }, "required": ["since"] } }
  }\n`,
  "schemas/city.ts": "export interface City { name: string; founded?: Date }\n",
};

function run(args: readonly string[], cwd: string): string {
  return execFileSync(process.execPath, [program, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

test("the bundled program writes what its modules write, with compiled code, without, and with a broken one", async () => {
  const byModules = makeProject(files);
  expect(await runHere(["generate"], { cwd: byModules })).toMatchObject({ exitCode: 0 });
  const expected = readTree(byModules);

  const root = makeProject(files);
  const code = join(root, "node_modules/.cache/schemacast/generator.bin");
  run(["generate"], root);
  expect(readTree(root)).toEqual(expected);
  const kept = readFileSync(code);
  expect(kept.length).toBeGreaterThan(500_000);

  run(["generate", "--force"], root);
  expect(readTree(root)).toEqual(expected);
  expect(readFileSync(code).equals(kept)).toBe(true);

  writeFileSync(code, Buffer.concat([kept.subarray(0, kept.length >> 1), Buffer.alloc(kept.length >> 1)]));
  run(["generate", "--force"], root);
  expect(readTree(root)).toEqual(expected);
  expect(readFileSync(code).length).toBeGreaterThan(500_000);

  expect(run(["check"], root)).toContain("up to date");
  writeFileSync(join(root, "schemas/person.json"), files["schemas/person.json"].replace("In full", "Whole"));
  expect(() => run(["check"], root)).toThrow();
});
