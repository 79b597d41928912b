import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, runHere, type CliRun } from "./run-cli.js";

const schema = (properties: object): string =>
  `${JSON.stringify({ type: "object", properties, required: Object.keys(properties), additionalProperties: false }, null, 2)}\n`;
const project = (): string =>
  makeProject({
    "schemas/person.json": schema({ name: { type: "string" }, age: { type: "integer" } }),
    "schemas/geo/city.schema.json": schema({ name: { type: "string" } }),
  });
const generate = (cwd: string, ...args: readonly string[]): Promise<CliRun> => runHere(["generate", ...args], { cwd });
const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(read(root, path)));
}

test("outputs that a checkout turned to CRLF are up to date, with a warning that names the cure", async () => {
  const root = project();
  await generate(root);
  edit(root, "generated/person.ts", (text) => text.replaceAll("\n", "\r\n"));
  const run = await generate(root);
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toContain("generated/** text eol=lf");
});

test("a checkout by Git with autocrlf: check passes, says what was changed and what to do, and that helps", async () => {
  const root = project();
  await generate(root);
  const git = (...words: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", ...words], { cwd: root, stdio: "pipe" });
  };
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "all");
  git("config", "core.autocrlf", "true");
  // What is in the working folder goes, what is in the repository comes.
  for (const name of ["generated", "schemas"]) rmSync(join(root, name), { recursive: true });
  git("checkout", "--", ".");
  for (const path of ["generated/person.ts", "generated/.schemacast.json", "schemas/person.json"])
    expect(read(root, path), path).toContain("\r\n");

  const warning =
    /^generated\/\S+:1:1 warning write\/line-ends\n.* \d+ generated file\(s\) were changed to CRLF.*\n.*`generated\/\*\* text eol=lf`.*generate --force`/m;
  const checked = await runHere(["check"], { cwd: root });
  expect(checked.exitCode).toBe(0);
  expect(checked.stderr).toMatch(warning);
  // Also where hashes don't decide: another version, no manifest.
  rmSync(join(root, "generated/.schemacast.json"));
  const compared = await runHere(["check"], { cwd: root });
  expect(compared.exitCode).toBe(0);
  expect(compared.stderr).toMatch(warning);
  // Another schema is stale, and its difference is what changed, not every line.
  edit(root, "schemas/person.json", (text) => text.replace('"age"', '"years"').replace('"age"', '"years"'));
  const stale = await runHere(["check"], { cwd: root });
  expect(stale.exitCode).toBe(1);
  expect(stale.stderr).toContain("+   years: ");
  expect(stale.stderr).not.toContain("@@ line 1 @@");

  writeFileSync(join(root, ".gitattributes"), "generated/** text eol=lf\n");
  await generate(root, "--force");
  expect(read(root, "generated/geo/city.ts")).not.toContain("\r\n");
  expect(await runHere(["check"], { cwd: root })).toMatchObject({ exitCode: 0, stderr: "" });
});
