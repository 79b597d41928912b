import { expect, test } from "vitest";
import { makeProject, runHere } from "./run-cli.js";

// What needs no Redis; the rest stands in queue.test.ts.
const root = (): string =>
  makeProject({
    "schemas/person.json": '{ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false }',
    "docs.jsonl": '{ "text": "Ada" }',
  });
const queue = ["--queue", "redis://127.0.0.1:1"];

test.each([
  ["batch", "--in", "docs.jsonl", "--out", "out.jsonl"],
  ["worker", ...queue],
])("%s tells of a model that was retired, which is no fault of schemacast", async (command, ...rest) => {
  const args = [command, "schemas/person.json", ...rest, "--model", "llama3.1-8b"];
  const run = await runHere(args, { cwd: root(), env: { CEREBRAS_API_KEY: "test" } });
  expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^schemacast: llama3\.1-8b was retired on /) });
});

test.each(["concurrency", "lease", "requests-per-minute"])("worker: --%s can't be 0", async (amount) => {
  const run = await runHere(["worker", "schemas/person.json", ...queue, `--${amount}`, "0"], { cwd: root() });
  expect(run).toMatchObject({ exitCode: 2, stderr: `schemacast: --${amount} must be more than 0.\n` });
});

test.each([["batch", "--in", "docs.jsonl", "--out", "out.jsonl"], ["worker"]])("%s: --queue must be a Redis", async (command, ...rest) => {
  const run = await runHere([command, "schemas/person.json", ...rest, "--queue", "localhost"], { cwd: root() });
  expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--queue must be the address of a Redis") });
});
