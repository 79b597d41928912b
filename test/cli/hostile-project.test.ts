import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { makeProject, runHere } from "./run-cli.js";

// Files that somebody else has put into a project: by a pull request, in an archive.

const user = JSON.stringify({ type: "object", properties: { name: { type: "string" } }, required: ["name"], additionalProperties: false });
/** What writes to the clipboard of some terminals, and what a CI's log takes for a command. */
const names = ["\u001b]52;c;ZXZpbA==\u0007.json", "\u009b31mred.json", "\u202egnp.json", "a\n::stop-commands::x\n.json"];
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const drives = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|^\s*::/mu;

test.skipIf(process.platform === "win32")("names of files drive no terminal and no log", { timeout: 120_000 }, async () => {
  const root = makeProject(Object.fromEntries(names.map((name) => [`schemas/${name}`, user])));
  const broken = '{ "type": "objec" }';
  const faulty = makeProject(Object.fromEntries(names.map((name) => [`schemas/${name}`, broken])));
  for (const [cwd, args] of [
    [root, ["check"]],
    [root, ["generate", "--verbose", "--stats"]],
    [faulty, ["generate", "--verbose"]],
    [root, ["explain", `schemas/${names[0]}`]],
  ] as const) {
    const { stdout, stderr } = await runHere(args, { cwd });
    expect(stdout + stderr).not.toBe("");
    expect(stdout + stderr).not.toMatch(drives);
  }
});

test("what a server says drives no terminal", { timeout: 120_000 }, async () => {
  const body = { message: "\u001b]0;evil\u0007\u009b2J", type: "x", param: "", code: "x" };
  const emulator = await startEmulator({ scenario: { fault: { kind: "status", status: 402, body } } });
  try {
    const root = makeProject({ "schemas/user.json": user, "text.txt": "Ada" });
    const env = { CEREBRAS_API_KEY: "k", CEREBRAS_BASE_URL: emulator.url };
    // In this process the client looks at its environment.
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { exitCode, stdout, stderr } = await runHere(["extract", "schemas/user.json", "text.txt"], { cwd: root, env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("evil");
    expect(stdout + stderr).not.toMatch(drives);
  } finally {
    vi.unstubAllEnvs();
    await emulator.close();
  }
});

test.skipIf(process.platform === "win32")("a symbolic link in place of a temporary file is not followed", async () => {
  const root = makeProject({ "schemas/user.json": user, "precious.txt": "precious" });
  mkdirSync(join(root, "generated"));
  const taken = ["generated/user.ts", "generated/user.codec.ts", "generated/.schemacast.json", "generated/.schemacast.journal"];
  for (const path of taken) symlinkSync(join(root, "precious.txt"), join(root, `${path}.schemacast-tmp`));
  const { exitCode } = await runHere(["generate"], { cwd: root });
  expect(exitCode).toBe(0);
  expect(readFileSync(join(root, "precious.txt"), "utf8")).toBe("precious");
  expect((await runHere(["check"], { cwd: root })).exitCode).toBe(0);
});

test("a key that no header takes is not printed by doctor", async () => {
  const root = makeProject({ "schemas/user.json": user });
  const { stdout, stderr } = await runHere(["doctor"], {
    cwd: root,
    env: { CEREBRAS_API_KEY: "csk-se\ncret", CEREBRAS_BASE_URL: "http://127.0.0.1:9" },
  });
  expect(stdout).toContain("CEREBRAS_API_KEY holds a character");
  expect(stdout + stderr).not.toMatch(/csk-se|cret/);
});
