import { afterEach, describe, expect, test } from "vitest";
import { AbortedError, ApiError, extractEach, type EachResult, type Extractor, fromProvider } from "../../src/runtime/index.js";
import { type Emulator, type Scenario, startEmulator } from "../../src/emulator/index.js";
import { extractUser, extractUserList, type User } from "../../generated/user.js";

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function emulate(
  scenarios: readonly Scenario[] = [],
  scenario: Scenario = {},
): Promise<{ emulator: Emulator; extract: Extractor<User> }> {
  const emulator = await startEmulator({ scenarios, scenario });
  open.push(emulator);
  const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });
  return { emulator, extract: (input, options) => extractUser(input, { ...provider, ...options }) };
}

function* documents(count: number, pulled: { count: number } = { count: 0 }): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    pulled.count += 1;
    yield `document ${index}`;
  }
}

async function* broken(): AsyncGenerator<string> {
  yield "first";
  throw new Error("the file is gone");
}

async function* endless(): AsyncGenerator<string> {
  yield "first";
  await new Promise(() => {});
}

async function collect<T, I>(results: AsyncIterable<EachResult<T, I>>): Promise<EachResult<T, I>[]> {
  const all: EachResult<T, I>[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe("extractEach", () => {
  test("gives one result for each document, in order", async () => {
    const { extract, emulator } = await emulate();
    const results = await collect(extractEach(extract, documents(60), { concurrency: 8 }));
    expect(results.map((result) => result.index)).toEqual([...documents(60)].map((_, index) => index));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(emulator.requests.length).toBe(60);
  });

  test("an input that is done late does not hold back others when order does not matter", async () => {
    const { extract } = await emulate([{ latency: 300 }]);
    const results = await collect(extractEach(extract, documents(10), { concurrency: 4, ordered: false }));
    expect(results.at(-1)?.index).toBe(0);
    expect(new Set(results.map((result) => result.index)).size).toBe(10);
  });

  test("one bad document is an error with its key, and the others are done", async () => {
    const { extract } = await emulate([{}, { fault: { kind: "status", status: 400, code: "context_length_exceeded" } }]);
    const results = await collect(extractEach(extract, documents(6), { concurrency: 1, key: (text) => text.replace(" ", "-") }));
    expect(results.map((result) => result.ok)).toEqual([true, false, true, true, true, true]);
    const bad = results[1];
    expect(bad?.key).toBe("document-1");
    expect(bad?.ok === false && bad.error).toBeInstanceOf(ApiError);
  });

  test("a refusal slows all documents down together, and none is lost", async () => {
    const refusal: Scenario = { fault: { kind: "status", status: 429, retryAfter: 0.2 } };
    const { extract, emulator } = await emulate(Array.from({ length: 8 }, () => refusal));
    const limits: number[] = [];
    const results = await collect(
      extractEach(extract, documents(40), { concurrency: 8, random: () => 0, onProgress: ({ limit }) => limits.push(limit) }),
    );
    expect(results.filter((result) => result.ok).length).toBe(40);
    // Eight refusals came of one burst: one cut, not eight.
    expect(Math.min(...limits)).toBe(4);
    expect(limits.at(-1)).toBeGreaterThan(4);
    expect(emulator.requests.length).toBe(48);
  });

  test("a provider that stays full ends in errors, not in an endless run", async () => {
    const { extract } = await emulate([], { fault: { kind: "status", status: 503 } });
    const results = await collect(extractEach(extract, documents(2), { maxTries: 2, random: () => 0 }));
    expect(results.map((result) => !result.ok && result.error instanceof ApiError && result.error.status)).toEqual([503, 503]);
  });

  test("pulls only what it has room for", async () => {
    const { extract } = await emulate();
    const pulled = { count: 0 };
    let taken = 0;
    for await (const result of extractEach(extract, documents(200, pulled), { concurrency: 4 })) {
      taken += result.ok ? 1 : 0;
      expect(pulled.count - taken).toBeLessThanOrEqual(9);
      if (taken === 60) break;
    }
    expect(pulled.count).toBeLessThanOrEqual(69);
  });

  test("resumes by key", async () => {
    const { extract, emulator } = await emulate();
    const done = new Set(["0", "1", "3"]);
    const results = await collect(extractEach(extract, documents(5), { skip: (key) => done.has(key) }));
    expect(results.map((result) => result.key)).toEqual(["2", "4"]);
    expect(emulator.requests.length).toBe(2);
  });

  test("leaving the loop ends what is running", async () => {
    const { extract } = await emulate([{}], { latency: 5_000 });
    const started = performance.now();
    for await (const result of extractEach(extract, documents(50), { concurrency: 4 })) {
      expect(result.ok).toBe(true);
      break;
    }
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  test("a signal ends the run with an AbortedError", async () => {
    const { extract } = await emulate([], { latency: 5_000 });
    const controller = new AbortController();
    const run = collect(extractEach(extract, documents(50), { concurrency: 4, signal: controller.signal }));
    setTimeout(() => controller.abort("enough"), 50);
    await expect(run).rejects.toThrow(AbortedError);
  });

  test("drained, it finishes what runs and tries nothing again", async () => {
    const drain = new AbortController();
    const { extract, emulator } = await emulate([{ fault: { kind: "status", status: 503 } }, { latency: 300 }], { latency: 100 });
    const results = collect(extractEach(extract, documents(100), { concurrency: 3, random: () => 1, drain: drain.signal }));
    await expect.poll(() => emulator.requests.length).toBe(3);
    drain.abort();
    expect((await results).map(({ ok, index }) => [ok, index])).toEqual([
      [true, 1],
      [true, 2],
    ]);
    expect(emulator.requests.length).toBe(3);
  });

  test("drained, it waits neither for inputs nor for the next try", async () => {
    const { extract } = await emulate([], { fault: { kind: "status", status: 503, retryAfter: 30 } });
    const drain = new AbortController();
    const results = collect(extractEach(extract, endless(), { drain: drain.signal, onProgress: () => drain.abort() }));
    expect(await results).toEqual([]);
    expect(await collect(extractEach(extract, documents(3), { drain: AbortSignal.abort() }))).toEqual([]);
  });

  test("inputs that fail end the run after the results of what was started", async () => {
    const { extract } = await emulate();
    const seen: boolean[] = [];
    await expect(async () => {
      for await (const result of extractEach(extract, broken())) seen.push(result.ok);
    }).rejects.toThrow("the file is gone");
    expect(seen).toEqual([true]);
  });

  test("a budget of requests per minute is kept", async () => {
    const { extract } = await emulate();
    const started = performance.now();
    await collect(extractEach(extract, documents(5), { rateLimit: { requestsPerMinute: 600 } }));
    expect(performance.now() - started).toBeGreaterThanOrEqual(390);
  });

  test("one text by mistake is told", () => {
    expect(() => extractEach(extractUser, "John is 29")).toThrow(TypeError);
  });
});

/** Compiles, or the type check of the tests fails: a generated function is taken as it is. */
export const typed = {
  one: (): AsyncIterable<EachResult<User, string>> => extractEach(extractUser, ["John is 29"]),
  lists: (): AsyncIterable<EachResult<User[], { body: string }>> =>
    extractEach(extractUserList, [{ body: "John is 29" }], { text: (mail) => mail.body }),
};

describe("what goes wrong beside the documents", () => {
  test.each([
    ["key", { key: fail }],
    ["skip", { skip: fail }],
    ["onProgress", { onProgress: fail }],
  ] as const)("%s that throws ends the run with its error, and lets go of the inputs", async (_, options) => {
    const { extract } = await emulate();
    let isLeft = false;
    const inputs = (function* () {
      try {
        yield* documents(50);
      } finally {
        isLeft = true;
      }
    })();
    await expect(collect(extractEach(extract, inputs, options))).rejects.toThrow("a mistake of ours");
    await expect.poll(() => isLeft).toBe(true);
  });

  test.each([
    ["a connection that breaks", { fault: { kind: "cut", bytes: 60 } }],
    ["a proxy's page", { fault: { kind: "html" } }],
    ["silence", { fault: { kind: "stall", at: "headers" } }],
  ] as const)("%s is tried again, like a refusal", async (_, scenario) => {
    const { emulator, extract } = await emulate([scenario]);
    const [result] = await collect(extractEach(extract, ["a text"], { random: () => 0, options: { idleTimeout: 100 } }));
    expect(result?.ok).toBe(true);
    expect(emulator.requests).toHaveLength(2);
  });

  test("tokens of a try that was refused later are counted", async () => {
    const { extract } = await emulate([{ fault: { kind: "invalid-value" } }, { fault: { kind: "status", status: 500 } }]);
    const usages: (number | undefined)[] = [];
    const onProgress = ({ usage }: { readonly usage?: { readonly totalTokens: number } }): void => void usages.push(usage?.totalTokens);
    const [result] = await collect(extractEach(extract, ["a text"], { random: () => 0, onProgress }));
    const last = result?.ok === true ? result.details.usage?.totalTokens : undefined;
    expect(usages[0]).toBeGreaterThan(0);
    expect(usages[1]).toBe((usages[0] ?? 0) + (last ?? 0));
  });

  test("who leaves does not wait for inputs that are still to come", async () => {
    const { extract } = await emulate();
    const inputs = (async function* () {
      yield "first";
      await new Promise(() => {});
    })();
    for await (const result of extractEach(extract, inputs)) {
      expect(result.ok).toBe(true);
      break;
    }
  });
});

function fail(): never {
  throw new Error("a mistake of ours");
}
