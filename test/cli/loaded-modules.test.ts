import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, runCli, runHere } from "./run-cli.js";

const person =
  '{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"], "additionalProperties": false }\n';
const heavy = /node_modules\/(?!\.cache)[^:]*|\/(?:read|lower|emit)\//;

/** URLs of the modules a run loaded, by V8's coverage, which names every script. */
async function loadedModules(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "schemacast-coverage-"));
  try {
    const run = await runCli(args, { cwd, env: { NODE_V8_COVERAGE: folder } });
    expect(run.exitCode).toBe(0);
    const reports = readdirSync(folder).map(
      (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as { result: { url: string }[] },
    );
    return reports.flatMap((report) => report.result.map((script) => script.url)).filter((url) => url.startsWith("file:"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a no-op run and check load no reader, no emitter and no package", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/city.ts": "export interface City { name: string }\n" });
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  for (const command of ["generate", "check"]) {
    const loaded = await loadedModules([command], root);
    expect(loaded.length).toBeGreaterThan(5);
    // picocolors is 3 KB and paints the report.
    expect(loaded.filter((url) => heavy.test(url) && !url.includes("/picocolors/"))).toEqual([]);
  }
});

test("a JSON Schema is generated without loading TypeScript or yargs", async () => {
  const root = makeProject({ "schemas/person.json": person });
  const loaded = await loadedModules(["generate"], root);
  expect(loaded.some((url) => url.includes("/emit/"))).toBe(true);
  expect(loaded.filter((url) => /node_modules\/(?:ts-morph|@ts-morph|typescript|yargs)\//.test(url))).toEqual([]);
});

test.each([
  ["extract", "letter.txt"],
  ["batch", "--in", "letters.jsonl", "--out", "out.jsonl"],
])("%s needs no SDK in the project", async (command, ...rest) => {
  const root = makeProject({ "schemas/person.json": person, "letter.txt": "Ada", "letters.jsonl": '{ "text": "Ada" }\n' });
  const loaded = await loadedModules([command, "schemas/person.json", ...rest, "--emulate"], root);
  expect(loaded.some((url) => url.endsWith("/fetch.js"))).toBe(true);
  expect(loaded.filter((url) => url.includes("/@cerebras/"))).toEqual([]);
});
