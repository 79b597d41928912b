import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { watchProject, type WatchTurn } from "../../src/cli/watch-project.js";
import { makeProject, runCli } from "./run-cli.js";

const person = '{ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false }';
const person2 = person.replace("string", "number");

/** Starts a watch and waits for turns that fit, letting the others pass: one change may come as two events. */
function startWatch(root: string): {
  readonly until: (what: string, fits: (turn: WatchTurn) => boolean) => Promise<void>;
  readonly ready: Promise<void>;
} {
  const turns: WatchTurn[] = [];
  const watching = watchProject({ root, keepGoing: true, onTurn: (turn) => turns.push(turn) });
  onTestFinished(() => watching.close());
  const until = async (what: string, fits: (turn: WatchTurn) => boolean): Promise<void> => {
    await expect
      .poll(() => turns.splice(0, turns.findIndex(fits) + 1).length, { message: what, timeout: 20_000, interval: 10 })
      .toBeGreaterThan(0);
  };
  return { until, ready: watching.ready };
}

/** Whether a turn wrote exactly these sources anew. */
function wrote(...sources: readonly string[]): (turn: WatchTurn) => boolean {
  return ({ report }) => {
    const written = report.jobs.flatMap((job) => job.sources.filter((source) => source.state === "written").map((source) => source.source));
    return written.join() === sources.join();
  };
}

test("watch follows changed, new and removed schemas, files they refer to, the configuration, and survives errors", async () => {
  const root = makeProject({
    "schemas/person.json": person,
    "schemas/pay.json":
      '{ "type": "object", "properties": { "pay": { "$ref": "../common/money.json" } }, "required": ["pay"], "additionalProperties": false }',
    "common/money.json": '{ "type": "number" }',
    "schemacast.config.mjs": "export default {};\n",
  });
  const { until, ready } = startWatch(root);
  await ready;
  await until("first run", wrote("schemas/pay.json", "schemas/person.json"));
  writeFileSync(join(root, "schemas/person.json"), person2);
  await until("changed schema", wrote("schemas/person.json"));
  writeFileSync(join(root, "common/money.json"), '{ "type": "integer" }');
  await until("changed reference", wrote("schemas/pay.json"));
  writeFileSync(join(root, "schemas/person.json"), "{");
  await until("broken schema", (turn) => !turn.report.ok);
  writeFileSync(join(root, "schemas/person.json"), person);
  await until("mended schema", wrote("schemas/person.json"));
  writeFileSync(join(root, "schemas/other.json"), "{");
  await until("another broken schema", (turn) => !turn.report.ok);
  rmSync(join(root, "schemas/other.json"));
  await until("broken schema removed", (turn) => turn.report.ok);
  mkdirSync(join(root, "schemas/deep"));
  writeFileSync(join(root, "schemas/deep/city.json"), person);
  await until("new schema", wrote("schemas/deep/city.json"));
  rmSync(join(root, "schemas/person.json"));
  await until("removed schema", (turn) => turn.report.jobs[0]?.removed.includes("generated/person.ts") === true);
  writeFileSync(join(root, "schemacast.config.mjs"), 'export default { model: "gpt-oss-120b" };\n');
  await until("changed configuration", wrote("schemas/deep/city.json", "schemas/pay.json"));
}, 60_000);

test("watch outlives its folder, and sees it come back", async () => {
  const root = makeProject({ "schemas/person.json": person, "schemas/city.json": person });
  const { until, ready } = startWatch(root);
  await ready;
  await until("first run", wrote("schemas/city.json", "schemas/person.json"));
  for (const _ of [1, 2]) {
    renameSync(join(root, "schemas"), join(root, "away"));
    await until("folder gone", ({ report }) => report.jobs[0]?.removed.includes("generated/person.ts") === true);
    // A branch is checked out, and a while later another one.
    await new Promise((resolve) => setTimeout(resolve, 500));
    renameSync(join(root, "away"), join(root, "schemas"));
    await until("folder back", wrote("schemas/city.json", "schemas/person.json"));
    writeFileSync(join(root, "schemas/person.json"), person2);
    await until("changed schema", wrote("schemas/person.json"));
    writeFileSync(join(root, "schemas/person.json"), person);
    await until("changed back", wrote("schemas/person.json"));
  }
}, 60_000);

test("the program stays where the folder that it watches is gone", async () => {
  const root = makeProject({ "schemas/person.json": person });
  let isStopped = false;
  const run = await runCli(["watch"], {
    cwd: root,
    stopWhen: (stdout) => {
      if (stdout.includes("watching") && !stdout.includes("removed")) rmSync(join(root, "schemas"), { recursive: true, force: true });
      if (stdout.includes("removed") && !isStopped) setTimeout(() => mkdirSync(join(root, "schemas")), 600);
      if (stdout.includes("removed") && !isStopped) setTimeout(() => writeFileSync(join(root, "schemas/city.json"), person), 700);
      isStopped ||= stdout.includes("removed");
      return stdout.includes("schemas/city.json");
    },
  });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("+ schemas/city.json");
});
