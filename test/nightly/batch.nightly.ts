import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { makeProject } from "../cli/run-cli.js";

const program = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));
const rounds = Number(process.env["SCHEMACAST_KILLS"] ?? 100);
const person = JSON.stringify({
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
});

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Some of it can't be read. */
function line(index: number): string {
  return index % 50 === 7 ? `{broken ${index}` : JSON.stringify({ id: `d${index}`, text: `Document ${index}` });
}

function start(root: string, url: string, args: readonly string[] = []): ChildProcess {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  return spawn(
    process.execPath,
    [program, "batch", "schemas/person.json", "--in", "docs.jsonl", "--out", "out.jsonl", "--quiet", ...args],
    {
      cwd: root,
      env: { ...env, CEREBRAS_API_KEY: "test", CEREBRAS_BASE_URL: url },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on("close", resolve));

const keysOf = (root: string, file: string): readonly string[] =>
  existsSync(join(root, file))
    ? readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line) => (line.endsWith("}") ? (JSON.parse(line) as { readonly key: string }).key : []))
    : [];

test(`killed at ${rounds} moments and started again, no document is lost and none written twice`, { timeout: 1_200_000 }, async () => {
  const emulator = await startEmulator({ maxRecorded: 1, scenario: { latency: 3 } });
  onTestFinished(() => emulator.close());
  // More than all the runs together can do.
  const count = rounds * 60;
  const root = makeProject({
    "schemas/person.json": person,
    "docs.jsonl": Array.from({ length: count }, (_, index) => line(index)).join("\n"),
  });
  const next = random(11);
  let grown = 0;
  let before = 0;
  for (let round = 0; round < rounds; round += 1) {
    const child = start(root, emulator.url, ["--concurrency", "4"]);
    const end = ended(child);
    // A third of the kills hit the start and the reading of what is there, the others the work.
    const sizeBefore = before;
    if (round % 3 !== 0)
      await expect.poll(() => keysOf(root, "out.jsonl").length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(sizeBefore);
    await new Promise((resolve) => setTimeout(resolve, (round % 3 === 0 ? 900 : 60) * next()));
    child.kill("SIGKILL");
    await end;
    const done = keysOf(root, "out.jsonl");
    expect(new Set(done).size, `after kill ${round}`).toBe(done.length);
    expect(done.length).toBeGreaterThanOrEqual(before);
    if (done.length > before) grown += 1;
    before = done.length;
  }
  expect(grown).toBeGreaterThan(rounds / 3);
  expect(await ended(start(root, emulator.url))).toBe(1);
  const good = Array.from({ length: count }, (_, index) => index).filter((index) => index % 50 !== 7);
  expect(keysOf(root, "out.jsonl").toSorted()).toEqual(good.map((index) => `d${index}`).toSorted());
  expect(keysOf(root, "out.errors.jsonl")).toHaveLength(count - good.length);
  console.log(`${rounds} kills, ${grown} of them after some documents were done; ${before} of ${count} done by then`);
});

test("an input of 1 GB takes a memory that does not grow with it", { timeout: 1_200_000 }, async () => {
  const emulator = await startEmulator({ maxRecorded: 1 });
  onTestFinished(() => emulator.close());
  const peaks: number[] = [];
  for (const documents of [2000, 10_000]) {
    const root = makeProject({ "schemas/person.json": person });
    const file = createWriteStream(join(root, "docs.jsonl"));
    const text = "All work and no play makes Jack a dull boy. ".repeat(2330);
    for (let index = 0; index < documents; index += 1) {
      if (!file.write(`${JSON.stringify({ id: index, text: `${index} ${text}` })}\n`))
        await new Promise<void>((resolve) => file.once("drain", () => resolve()));
    }
    file.end();
    await finished(file);
    writeFileSync(
      join(root, "peak.cjs"),
      `process.on("exit", () => require("node:fs").writeFileSync("peak.txt", String(process.resourceUsage().maxRSS)));`,
    );
    const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
    const args = [
      "--require",
      "./peak.cjs",
      program,
      "batch",
      "schemas/person.json",
      "--in",
      "docs.jsonl",
      "--out",
      "out.jsonl",
      "--quiet",
    ];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, CEREBRAS_API_KEY: "test", CEREBRAS_BASE_URL: emulator.url },
      stdio: ["ignore", "ignore", "inherit"],
    });
    expect(await ended(child)).toBe(0);
    expect(keysOf(root, "out.jsonl")).toHaveLength(documents);
    peaks.push(Number(readFileSync(join(root, "peak.txt"), "utf8")) / 1024);
  }
  const [small = 0, large = 0] = peaks;
  console.log(`peak memory: ${Math.round(small)} MiB for 200 MB of documents, ${Math.round(large)} MiB for 1 GB`);
  // V8 lets its heap grow to about 200 MiB before it tidies up, which 200 MB of documents do not reach; 2 GB took 197 MiB.
  expect(large).toBeLessThan(320);
});
