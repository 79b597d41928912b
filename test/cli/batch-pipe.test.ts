import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, program } from "./run-cli.js";

test.each([
  ["jsonl", '{"id":"a","text":"Ada"}\n{"id":"b","text":"Ivan"}\n'],
  ["csv", "id,text\na,Ada\nb,Ivan\nc,"],
])("Ctrl+C ends a batch that waits for a pipe: %s", async (format, documents) => {
  const cwd = makeProject({ "schemas/person.json": '{ "type": "object", "properties": { "name": { "type": "string" } } }' });
  const options = ["--in", "-", "--input-format", format, "--out", "out.jsonl", "--emulate"];
  const child = spawn(process.execPath, [program, "batch", "schemas/person.json", ...options], { cwd, stdio: ["pipe", "ignore", "pipe"] });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  child.stdin.write(documents);
  const count = (): number =>
    existsSync(join(cwd, "out.jsonl")) ? readFileSync(join(cwd, "out.jsonl"), "utf8").split("\n").length - 1 : 0;
  await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(0);
  child.kill("SIGINT");
  // Its standard input stays open.
  const [exitCode] = await once(child, "close");
  expect(told).toContain("Stopped: interrupted. The same command goes on from here.");
  expect(exitCode).toBe(1);
});
