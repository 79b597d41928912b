import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { queueEach, type QueueWorker, startQueueWorker } from "../../src/runtime/bullmq.js";
import { ApiError, type EachResult, type Extractor, fromProvider, InvalidOutputError } from "../../src/runtime/index.js";
import { errorOfReason } from "../../src/runtime/queue/error-record.js";
import { extractUser, type User } from "../../generated/user.js";
import { hasRedis, type RedisServer, startRedis } from "../helpers/redis.js";
import { makeProject, runHere } from "./run-cli.js";

const program = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));
const person = JSON.stringify({
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
});

const isHere = hasRedis();
if (!isHere) console.log("skipped: test/cli/queue.test.ts needs redis-server (apt-get install redis-server)");
let redis: RedisServer;
beforeAll(async () => {
  if (isHere) redis = await startRedis();
});
afterAll(() => redis?.close());

async function emulate(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

const keysOf = (root: string, file: string): readonly string[] =>
  existsSync(join(root, file))
    ? readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line) => (line.endsWith("}") ? (JSON.parse(line) as { readonly key: string }).key : []))
    : [];

function start(root: string, url: string, args: readonly string[]): { readonly child: ChildProcess; readonly end: Promise<number | null> } {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...args, "--queue", redis.url, "--quiet"], {
    cwd: root,
    env: { ...env, CEREBRAS_API_KEY: "test", CEREBRAS_BASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, end: new Promise((resolve) => child.on("close", resolve)) };
}

const documents = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ id: `d${index}`, text: index === 33 ? "poison" : `Document ${index}` }));

async function onlyQueue(): Promise<string> {
  const queue = new Queue("any", { connection: { url: redis.url } });
  try {
    const client = await queue.client;
    const [, keys] = await client.scan(0, { MATCH: "bull:schemacast-Person-*:meta", COUNT: 10_000 });
    return (keys[0] ?? "").slice("bull:".length, -":meta".length);
  } finally {
    await queue.close();
  }
}

describe.skipIf(!isHere)("the command line", () => {
  test(
    "the first Ctrl+C ends a batch that no worker serves, and the next run has its documents from the queue",
    { timeout: 40_000 },
    async () => {
      const emulator = await emulate();
      const root = makeProject({ "schemas/person.json": person, "docs.jsonl": documents(5).join("\n") });
      const batch = ["batch", "schemas/person.json", "--in", "docs.jsonl", "--out", "out.jsonl"];
      const first = start(root, emulator.url, batch);
      await expect.poll(() => existsSync(join(root, "out.jsonl")), { timeout: 10_000 }).toBe(true);
      await expect.poll(onlyQueue, { timeout: 10_000 }).not.toBe("");
      first.child.kill("SIGINT");
      expect(await first.end).toBe(1);
      const worker = start(root, emulator.url, ["worker", "schemas/person.json"]);
      expect(await start(root, emulator.url, batch).end).toBe(0);
      expect(keysOf(root, "out.jsonl")).toHaveLength(5);
      worker.child.kill("SIGTERM");
      await worker.end;
    },
  );

  test(
    "three workers, one killed, the batch killed too: nothing is lost, nothing written twice, a poison document ends in the failed set",
    {
      timeout: 90_000,
    },
    async () => {
      const emulator = await emulate({
        scenario: { latency: 60 },
        replies: [{ input: "poison", text: "no JSON at all" }],
        maxRecorded: 10_000,
      });
      const root = makeProject({ "schemas/person.json": person, "docs.jsonl": documents(200).join("\n") });
      const batch = ["batch", "schemas/person.json", "--in", "docs.jsonl", "--out", "out.jsonl"];
      const worker = ["worker", "schemas/person.json", "--concurrency", "3", "--lease", "1", "--max-retries", "1"];
      const workers = [1, 2, 3].map(() => start(root, emulator.url, worker));
      const first = start(root, emulator.url, batch);
      const grows = (to: number): Promise<void> =>
        expect.poll(() => keysOf(root, "out.jsonl").length, { timeout: 40_000, interval: 10 }).toBeGreaterThan(to);
      await grows(20);
      workers[0]?.child.kill("SIGKILL");
      await grows(60);
      first.child.kill("SIGKILL");
      await first.end;
      const second = start(root, emulator.url, batch);
      expect(await second.end).toBe(1);
      const expected = Array.from({ length: 200 }, (_, index) => `d${index}`).filter((key) => key !== "d33");
      expect(keysOf(root, "out.jsonl").toSorted()).toEqual(expected.toSorted());
      const errors = readFileSync(join(root, "out.errors.jsonl"), "utf8").trimEnd().split("\n");
      expect(errors.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { key: "d33", line: 34, error: { name: "InvalidOutputError" } },
      ]);
      for (const { child, end } of workers.slice(1)) {
        child.kill("SIGTERM");
        expect(await end).toBe(0);
      }
      const queue = new Queue(await onlyQueue(), { connection: { url: redis.url } });
      onTestFinished(() => queue.close());
      expect(await queue.getJobCounts("waiting", "active", "delayed", "completed", "failed")).toMatchObject({
        waiting: 0,
        active: 0,
        delayed: 0,
        completed: 0,
        failed: 1,
      });
      const [poison] = await queue.getFailed();
      expect(JSON.parse(poison?.failedReason ?? "")).toMatchObject({ name: "InvalidOutputError", attempts: [{}, {}] });
      // Twice only what a killed worker had in its hands, and the poison's re-ask.
      expect(emulator.requests.length).toBeLessThan(200 + 3 + 2 + 1);
    },
  );

  test("a worker with a wrong key ends and gives its documents back", { timeout: 60_000 }, async () => {
    const emulator = await emulate({ apiKey: "other" });
    const root = makeProject({ "schemas/place.json": person, "docs.jsonl": documents(5).join("\n") });
    const batch = start(root, emulator.url, ["batch", "schemas/place.json", "--in", "docs.jsonl", "--out", "out.jsonl"]);
    expect(await start(root, emulator.url, ["worker", "schemas/place.json"]).end).toBe(1);
    expect(keysOf(root, "out.errors.jsonl")).toEqual([]);
    const right = await emulate();
    const worker = start(root, right.url, ["worker", "schemas/place.json", "--lease", "1"]);
    expect(await batch.end).toBe(0);
    expect(keysOf(root, "out.jsonl")).toHaveLength(5);
    worker.child.kill("SIGTERM");
    expect(await worker.end).toBe(0);
  });

  test("a Redis that is not there is told, and so is an option that is the workers'", async () => {
    const root = makeProject({ "schemas/person.json": person, "docs.jsonl": documents(5).join("\n") });
    const run = (...args: readonly string[]): ReturnType<typeof runHere> => runHere([...args], { cwd: root });
    const batch = ["batch", "schemas/person.json", "--in", "docs.jsonl", "--out", "out.jsonl", "--queue"];
    const gone = await run(...batch, "redis://127.0.0.1:1");
    expect(gone).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/The Redis of --queue can't be used \(.*ECONNREFUSED/) });
    const worker = await run("worker", "schemas/person.json", "--queue", "redis://127.0.0.1:1");
    expect(worker).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("ECONNREFUSED") });
    expect((await run(...batch, "localhost")).stderr).toContain("must be the address of a Redis");
    expect(await run(...batch, redis.url, "--mode", "json_schema")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--mode is an option of `schemacast worker`"),
    });
  });
});

const texts = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `document ${index}`);
const settings = (
  name: string,
): { name: string; connection: { url: string }; text: (text: string) => string; key: (text: string) => string } => ({
  name,
  connection: { url: redis.url },
  text: (text) => text,
  key: (text) => text,
});

async function work(emulator: Emulator, name: string, options: object = {}): Promise<QueueWorker> {
  const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });
  const extract: Extractor<User> = (input, own) => extractUser(input, { ...provider, ...own });
  const worker = await startQueueWorker(extract, { name, connection: { url: redis.url }, ...options });
  onTestFinished(() => worker.close(true));
  return worker;
}

async function collect<T, I>(results: AsyncIterable<EachResult<T, I>>): Promise<readonly EachResult<T, I>[]> {
  const all: EachResult<T, I>[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe.skipIf(!isHere)("queueEach and startQueueWorker", () => {
  test("results are those of extractEach, errors keep their class", { timeout: 30_000 }, async () => {
    const emulator = await emulate({ replies: [{ input: "document 3", text: "no" }, { value: { name: "Ivan", age: 27 } }] });
    await work(emulator, "results", { options: { maxRetries: 0 } });
    const results = await collect(queueEach<User, string>(texts(12), settings("results")));
    expect(results.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(texts(12).map((_, index) => index));
    const bad = results.find(({ ok }) => !ok);
    expect(bad).toMatchObject({ key: "document 3", index: 3, input: "document 3" });
    expect(bad?.ok === false && InvalidOutputError.is(bad.error) && bad.error.issues.length > 0).toBe(true);
    const good = results.find(({ ok }) => ok);
    expect(good).toMatchObject({ value: { name: "Ivan", age: 27 }, details: { model: "gpt-oss-120b", attempts: [{ outcome: "ok" }] } });
  });

  test("what a run before left in the queue is taken, not done again; what failed is tried again", { timeout: 30_000 }, async () => {
    const emulator = await emulate({ scenarios: [{ fault: { kind: "status", status: 400, code: "context_length_exceeded" } }] });
    const aborted = new AbortController();
    const first = collect(queueEach<User, string>(texts(8), { ...settings("left"), signal: aborted.signal }));
    const queue = new Queue("left", { connection: { url: redis.url } });
    onTestFinished(() => queue.close());
    await expect.poll(() => queue.getWaitingCount()).toBe(8);
    aborted.abort();
    await expect(first).rejects.toMatchObject({ name: "AbortedError" });
    await work(emulator, "left", { concurrency: 1 });
    await expect.poll(() => queue.getJobCounts("completed", "failed"), { timeout: 10_000 }).toEqual({ completed: 7, failed: 1 });
    const results = await collect(queueEach<User, string>(texts(8), settings("left")));
    expect(results.filter(({ ok }) => ok)).toHaveLength(8);
    expect(emulator.requests).toHaveLength(9);
    expect(await queue.getJobCounts("completed", "failed")).toEqual({ completed: 0, failed: 0 });
  });

  test("onDone that throws ends the worker; the document has its outcome all the same", { timeout: 30_000 }, async () => {
    const emulator = await emulate({ replies: [{ value: { name: "Ivan", age: 27 } }] });
    const error = new Error("the disk is full");
    const onDone = (): never => {
      throw error;
    };
    const worker = await work(emulator, "told", { concurrency: 1, onDone });
    const aborted = new AbortController();
    const run = collect(queueEach<User, string>(texts(3), { ...settings("told"), signal: aborted.signal }));
    expect(await worker.ended).toMatchObject({
      name: "ExtractionError",
      message: "Option onDone threw: Error: the disk is full",
      cause: error,
    });
    const queue = new Queue("told", { connection: { url: redis.url } });
    onTestFinished(() => queue.close());
    await expect.poll(() => queue.getJobCounts("waiting", "failed"), { timeout: 10_000 }).toMatchObject({ waiting: 2, failed: 0 });
    aborted.abort();
    await expect(run).rejects.toMatchObject({ name: "AbortedError" });
  });

  test("where the provider refuses one, all wait", { timeout: 60_000 }, async () => {
    const emulator = await emulate({ rateLimit: { requests: 15, window: 1 }, maxRecorded: 10_000 });
    for (let index = 0; index < 3; index += 1) await work(emulator, "refused", { concurrency: 6 });
    const results = await collect(queueEach<User, string>(texts(60), settings("refused")));
    expect(results.filter(({ ok }) => ok)).toHaveLength(60);
    expect(emulator.requests.filter(({ status }) => status === 429).length).toBeLessThan(60);
  });

  test("a budget is one for all workers", { timeout: 30_000 }, async () => {
    const emulator = await emulate();
    for (let index = 0; index < 3; index += 1) await work(emulator, "budget", { rateLimit: { requestsPerMinute: 600 } });
    const startedAt = performance.now();
    await collect(queueEach<User, string>(texts(30), settings("budget")));
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
    expect(performance.now() - startedAt).toBeLessThan(12_000);
  });

  test("a budget of tokens, too", { timeout: 30_000 }, async () => {
    const emulator = await emulate();
    for (let index = 0; index < 2; index += 1) await work(emulator, "tokens", { concurrency: 1, rateLimit: { tokensPerMinute: 600 } });
    const aborted = new AbortController();
    const run = collect(queueEach<User, string>(texts(20), { ...settings("tokens"), signal: aborted.signal }));
    await expect.poll(() => emulator.requests.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // About 230 tokens each: the third spends the budget, and the other worker may have one in its hands.
    expect(emulator.requests.length).toBeLessThanOrEqual(4);
    aborted.abort();
    await expect(run).rejects.toMatchObject({ name: "AbortedError" });
  });
});

test("a document that was lost with its workers has an error of its own", () => {
  expect(errorOfReason("job stalled more than allowable limit")).toMatchObject({ name: "WorkerLostError" });
  expect(errorOfReason('{"name":7}')).toMatchObject({ name: "WorkerLostError" });
  const error = new InvalidOutputError([{ path: ["a"], message: "no" }], undefined, "{}", { model: "m" });
  const received = errorOfReason(JSON.stringify(error));
  expect(InvalidOutputError.is(received) && !ApiError.is(received)).toBe(true);
  expect(received).toMatchObject({ message: error.message, issues: error.issues, text: "{}", model: "m" });
});
