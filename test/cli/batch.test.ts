import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { makeProject, runHere } from "./run-cli.js";

const person = JSON.stringify({
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
});

let emulator: Emulator;
let env: Readonly<Record<string, string>>;
beforeEach(async () => {
  emulator = await startEmulator({ replies: [{ value: { name: "Ivan", age: 27 } }] });
  env = { CEREBRAS_API_KEY: "test", CEREBRAS_BASE_URL: emulator.url };
});
afterEach(() => emulator.close());

const documents = (count: number): string =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ id: `d${index}`, text: `Document ${index}` })).join("\n");

function project(files: Readonly<Record<string, string>> = {}): string {
  return makeProject({ "schemas/person.json": person, "docs.jsonl": documents(20), ...files });
}

const batch = (root: string, ...args: readonly string[]): ReturnType<typeof runHere> =>
  runHere(["batch", "schemas/person.json", ...args], { cwd: root, env });

const all = ["--in", "docs.jsonl", "--out", "out.jsonl"];

interface LogLine {
  readonly key: string;
  readonly line?: number;
  readonly value?: unknown;
  readonly details?: {
    readonly model: string;
    readonly attempts: number;
    readonly usage: { readonly promptTokens: number; readonly completionTokens: number };
  };
  readonly error?: { readonly name: string; readonly message: string; readonly status?: number };
}

function lines(root: string, file: string): readonly LogLine[] {
  if (!existsSync(join(root, file))) return [];
  return readFileSync(join(root, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as LogLine);
}

const keys = (root: string, file: string): readonly string[] => lines(root, file).map(({ key }) => key);

describe("every document ends in one of the two files", () => {
  test("a value for each, and a summary", async () => {
    const root = project();
    const run = await batch(root, ...all);
    expect(run).toMatchObject({ exitCode: 0, stdout: "" });
    expect(run.stderr).toMatch(/^20 extracted into out\.jsonl · [\d,]+ tokens · \d s\n$/);
    expect(new Set(keys(root, "out.jsonl"))).toEqual(new Set(Array.from({ length: 20 }, (_, index) => `d${index}`)));
    expect(lines(root, "out.jsonl")[0]?.value).toEqual({ name: "Ivan", age: 27 });
    expect(existsSync(join(root, "out.errors.jsonl"))).toBe(false);
  });

  test("what can't be read is an error with its line, and the rest is done", async () => {
    const text = ['{"id":"a","text":"A"}', "", "{broken", '{"id":"a","text":"B"}', '{"id":"c"}', '"C"', "7", '{"id":"d","text":"D"}'];
    const root = project({ "docs.jsonl": text.join("\r\n") });
    expect((await batch(root, ...all)).exitCode).toBe(1);
    expect(new Set(keys(root, "out.jsonl"))).toEqual(new Set(["a", "6", "d"]));
    expect(lines(root, "out.errors.jsonl").map(({ key, line, error }) => [key, line, error?.name])).toEqual([
      ["line 3", 3, "UnreadableDocumentError"],
      ["a (line 4)", 4, "DuplicateKeyError"],
      ["c", 5, "UnreadableDocumentError"],
      ["line 7", 7, "UnreadableDocumentError"],
    ]);
    const requests = emulator.requests.length;
    const again = await batch(root, ...all);
    expect(again.stderr).toContain("7 done before");
    expect(emulator.requests).toHaveLength(requests);
    expect(lines(root, "out.errors.jsonl")).toHaveLength(4);
  });

  test("a document that fails is tried again when that is asked for, and then leaves the errors", async () => {
    const root = project();
    emulator.enqueue({ fault: { kind: "status", status: 400, code: "context_length_exceeded" } });
    const first = await batch(root, ...all);
    expect(first).toMatchObject({ exitCode: 1 });
    expect(first.stderr).toContain("out.errors.jsonl says why one document failed; --retry-errors tries it again.");
    expect(lines(root, "out.errors.jsonl")).toMatchObject([{ error: { name: "ApiError", status: 400 } }]);
    expect((await batch(root, ...all)).exitCode).toBe(1);
    expect(lines(root, "out.jsonl")).toHaveLength(19);
    expect((await batch(root, ...all, "--retry-errors")).exitCode).toBe(0);
    expect(lines(root, "out.jsonl")).toHaveLength(20);
    expect(existsSync(join(root, "out.errors.jsonl"))).toBe(false);
  });

  test("what would fail for every document stops the run, and no document counts as failed", async () => {
    const root = project();
    emulator.enqueue(...Array.from({ length: 16 }, () => ({ fault: { kind: "status", status: 401 } }) as const));
    const run = await batch(root, ...all, "--concurrency", "4");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("Stopped: ApiError");
    expect(existsSync(join(root, "out.errors.jsonl"))).toBe(false);
    const withoutKey = await runHere(["batch", "schemas/person.json", ...all], { cwd: root });
    expect(withoutKey.stderr).toContain("MissingKeyError");
  });

  test("--fail-fast stops at the first", async () => {
    const root = project();
    emulator.enqueue({ fault: { kind: "status", status: 400, code: "context_length_exceeded" } });
    const run = await batch(root, ...all, "--fail-fast", "--concurrency", "1");
    expect(run.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(1);
  });
});

describe("taken up again", () => {
  test("only what is missing is done; a line that was cut off is done again", async () => {
    const root = project();
    await batch(root, ...all, "--limit", "8");
    expect(keys(root, "out.jsonl")).toHaveLength(8);
    appendFileSync(join(root, "out.jsonl"), '{"key":"d9","val');
    expect((await batch(root, ...all)).exitCode).toBe(0);
    expect(keys(root, "out.jsonl").toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `d${index}`).toSorted());
    expect(emulator.requests).toHaveLength(20);
  });

  test("a file that batch did not write is left as it is", async () => {
    const root = project({ "out.jsonl": '{"name":"somebody"}\n' });
    const run = await batch(root, ...all);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("was not written by `schemacast batch`");
    expect(readFileSync(join(root, "out.jsonl"), "utf8")).toBe('{"name":"somebody"}\n');
    const same = await batch(root, "--in", "docs.jsonl", "--out", "docs.jsonl");
    expect(same).toMatchObject({ exitCode: 2 });
  });

  test("two runs don't write one file", async () => {
    const root = project();
    emulator.enqueue({ latency: 1500 });
    const first = batch(root, ...all, "--concurrency", "1");
    await expect.poll(() => existsSync(join(root, "out.jsonl.lock"))).toBe(true);
    const second = await batch(root, ...all);
    expect(second).toMatchObject({ exitCode: 1 });
    expect(second.stderr).toContain("another run");
    expect((await first).exitCode).toBe(0);
    expect(existsSync(join(root, "out.jsonl.lock"))).toBe(false);
  });

  test("interrupted, it waits for no other try of a provider that has no room, and the next run goes on", async () => {
    const root = project();
    for (let count = 0; count < 16; count += 1) emulator.enqueue({ fault: { kind: "status", status: 503, retryAfter: 60 } });
    const first = batch(root, ...all);
    await expect.poll(() => emulator.requests.length).toBe(16);
    process.emit("SIGINT");
    expect((await first).exitCode).toBe(1);
    expect((await first).stderr).toContain("Stopped: interrupted. The same command goes on from here.");
    expect(readFileSync(join(root, "out.jsonl"), "utf8")).toBe("");
    expect(existsSync(join(root, "out.errors.jsonl"))).toBe(false);
    expect((await batch(root, ...all)).exitCode).toBe(0);
    expect(keys(root, "out.jsonl")).toHaveLength(20);
  });

  test("nor do they write one file of errors", async () => {
    const root = project();
    emulator.enqueue({ latency: 1500 });
    const first = batch(root, ...all, "--concurrency", "1");
    await expect.poll(() => existsSync(join(root, "out.jsonl.lock"))).toBe(true);
    const second = await batch(root, "--in", "docs.jsonl", "--out", "other.jsonl", "--errors", "out.errors.jsonl");
    expect(second).toMatchObject({ exitCode: 1 });
    expect(second.stderr).toContain("name another --errors");
    expect(readdirSync(root).filter((name) => name.startsWith("other"))).toEqual([]);
    expect((await first).exitCode).toBe(0);
    expect(readdirSync(root).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("folders of --out and --errors are made", async () => {
    const root = project({ "docs.jsonl": '{"id":"a","text":"x"}\n{"id":"b"}\n' });
    const run = await batch(root, "--in", "docs.jsonl", "--out", "new/out.jsonl", "--errors", "newer/errors.jsonl");
    expect(run.exitCode).toBe(1);
    expect(keys(root, "new/out.jsonl")).toEqual(["a"]);
    expect(keys(root, "newer/errors.jsonl")).toEqual(["b"]);
  });
});

describe("what is read", () => {
  test("CSV with its quoting, and a row that is broken", async () => {
    const root = project({ "docs.csv": 'name,body\nx,"Hello, ""you""\nthere"\ny,one,too many\nz,last\n' });
    await batch(root, "--in", "docs.csv", "--out", "out.jsonl", "--text-field", "body", "--key-field", "name");
    expect(new Set(keys(root, "out.jsonl"))).toEqual(new Set(["x", "z"]));
    const sent = emulator.requests.map(({ body }) => JSON.stringify(body));
    expect(sent.some((body) => body.includes(String.raw`Hello, \"you\"\nthere`))).toBe(true);
    expect(lines(root, "out.errors.jsonl")).toMatchObject([{ line: 4, error: { name: "UnreadableDocumentError" } }]);
  });

  test("a folder of texts, by their paths", async () => {
    const root = project({ "in/b.txt": "B", "in/a.md": "A", "in/deep/c.txt": "C", "in/picture.png": "no" });
    await batch(root, "--in", "in", "--out", "out.jsonl");
    expect(keys(root, "out.jsonl").toSorted()).toEqual(["a.md", "b.txt", "deep/c.txt"]);
    await batch(root, "--in", "in", "--out", "some.jsonl", "--glob", "deep/**");
    expect(keys(root, "some.jsonl")).toEqual(["deep/c.txt"]);
  });

  test("not what the batch itself writes into the folder", async () => {
    const root = project({ "texts/a.txt": "Ada", "texts/b.txt": "Ivan" });
    const run = () => batch(root, "--in", "texts", "--glob", "**/*", "--out", "texts/out.jsonl", "--errors", "texts/errors.jsonl");
    expect([(await run()).exitCode, (await run()).exitCode]).toEqual([0, 0]);
    expect(keys(root, "texts/out.jsonl").toSorted()).toEqual(["a.txt", "b.txt"]);
  });

  test("a document in each line, nested fields, chat messages", async () => {
    const root = project({
      "docs.txt": "First\n\nSecond\n",
      "mails.jsonl": '{"mail":{"body":"Hi"},"nr":7}\n{"mail":{"body":[{"role":"user","content":"Ho"}]},"nr":8}\n',
    });
    expect((await batch(root, "--in", "docs.txt", "--out", "out.jsonl")).stderr).toContain("--input-format");
    await batch(root, "--in", "docs.txt", "--input-format", "lines", "--out", "out.jsonl");
    expect(keys(root, "out.jsonl").toSorted()).toEqual(["1", "3"]);
    await batch(root, "--in", "mails.jsonl", "--out", "mails.out.jsonl", "--text-field", "mail.body", "--key-field", "nr", "--details");
    expect(lines(root, "mails.out.jsonl")).toMatchObject([{ details: { model: "gpt-oss-120b", attempts: 1 } }, {}]);
  });

  test("errors to standard error", async () => {
    const root = project({ "docs.jsonl": '{"id":"a"}\n' });
    const run = await batch(root, ...all, "--errors", "-");
    expect(run.stderr).toContain('{"key":"a","line":1,"error":{"name":"UnreadableDocumentError"');
    expect(readdirSync(root)).not.toContain("-");
  });

  test("results to standard output, for pipes", async () => {
    const root = project();
    const run = await batch(root, "--in", "docs.jsonl", "--out", "-", "--quiet");
    expect(run.stdout.trim().split("\n")).toHaveLength(20);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("what it costs", () => {
  const config = "export default { prices: { 'gpt-oss-120b': { input: 1000, output: 2000 } } };";

  test("--dry-run reads, adds up, and sends nothing", async () => {
    const root = project({ "schemacast.config.js": config });
    const run = await batch(root, "--in", "docs.jsonl", "--dry-run", "--format", "json");
    const estimate = JSON.parse(run.stdout) as Record<string, number>;
    expect(estimate).toMatchObject({ documents: 20, unreadable: 0 });
    expect(emulator.requests).toHaveLength(0);
    const real = await batch(root, ...all, "--format", "json");
    const told = JSON.parse(real.stdout) as Record<string, number>;
    expect(told).toMatchObject({ succeeded: 20, failed: 0 });
    // The emulator counts tokens by length too; what is sent is what was estimated, give or take.
    const ratio = (estimate["cost"] ?? 0) / (told["cost"] ?? 1);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test("a budget ends the run, and the next run goes on", async () => {
    const root = project({ "schemacast.config.js": config });
    const run = await batch(root, ...all, "--max-cost", "0.5", "--concurrency", "1");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("Stopped: --max-cost 0.5. The same command goes on from here.");
    const done = lines(root, "out.jsonl").length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(20);
    await batch(root, ...all, "--max-tokens", "1", "--concurrency", "1");
    expect(lines(root, "out.jsonl")).toHaveLength(done + 1);
    expect((await batch(root, ...all)).exitCode).toBe(0);
    expect(lines(root, "out.jsonl")).toHaveLength(20);
  });

  test("a budget without a price is refused", async () => {
    expect(await batch(project(), ...all, "--max-cost", "1")).toMatchObject({ exitCode: 2 });
  });

  test("a price may stand on the command line", async () => {
    const root = project();
    const [input, output] = [1000, 2000];
    const run = await batch(root, ...all, "--price", `${input},${output}`, "--format", "json", "--details");
    const told = JSON.parse(run.stdout) as { readonly cost: number };
    const spent = lines(root, "out.jsonl").map(({ details }) => details?.usage ?? { promptTokens: 0, completionTokens: 0 });
    const cost = spent.reduce((sum, usage) => sum + usage.promptTokens * input + usage.completionTokens * output, 0) / 1_000_000;
    expect(cost).toBeGreaterThan(0);
    expect(told.cost).toBeCloseTo(cost, 9);
    expect(await batch(project(), ...all, "--price", "1000")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--price must be two"),
    });
  });
});

test("on a terminal a bar, cut to its width, taken away at the end", async () => {
  const { batchCommand } = await import("../../src/cli/batch/batch-command.js");
  const root = project({ "docs.jsonl": documents(60) });
  emulator.enqueue(...Array.from({ length: 60 }, () => ({ latency: 30 })));
  let drawn = "";
  const stderr = { isTTY: true, columns: 60, write: (text: string) => (drawn += text) };
  const parsed = {
    command: "batch",
    options: { in: "docs.jsonl", out: "out.jsonl", concurrency: 4 },
    positionals: ["schemas/person.json"],
  } as const;
  const environment = { ...env, NO_COLOR: "1" };
  expect(await batchCommand(parsed, { cwd: root, environment, stdout: { write: () => {} }, stderr })).toBe(0);
  expect(drawn).toMatch(/\r█+░* +\d+ % · \d+ done · [\d.]+\/s/);
  for (const line of drawn.split("\r")) expect(line.replace("\u001b[K", "").split("\n")[0]?.length).toBeLessThan(60);
  expect(drawn).toContain("\r\u001b[K60 extracted into out.jsonl");
});

test("wrong usage says what is missing", async () => {
  const root = project();
  writeFileSync(join(root, "docs.pdf"), "");
  const problems = [
    [["--out", "x.jsonl"], "Say what to read"],
    [["--in", "docs.jsonl"], "Say where results go"],
    [["--in", "nope.jsonl", "--out", "x.jsonl"], "There is no file or folder"],
    [["--in", "docs.pdf", "--out", "x.jsonl"], "--input-format"],
    [["--in", "docs.jsonl", "--out", "schemas"], "schemas is a folder; --out and --errors are files."],
    [[...all, "--limit", "0"], "--limit must be more than 0"],
  ] as const;
  for (const [args, problem] of problems) {
    const run = await batch(root, ...args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(problem);
  }
});
