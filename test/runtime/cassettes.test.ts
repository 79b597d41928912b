import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { describeDifference } from "../../src/emulator/describe-difference.js";
import type { Cassette } from "../../src/runtime/call/record.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import { fromProvider } from "../../src/runtime/index.js";
import type { ChatClient } from "../../src/runtime/options.js";
import { stream } from "../../src/runtime/stream.js";
import { userSpec, userStreamSpec } from "../../generated/user.js";

// The real SDK and the real fetch client, over loopback: what one emulator answers is recorded, another replays it.
const key = "csk-very-secret-0123456789";
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schemacast-cassettes-"));
  vi.stubEnv("CEREBRAS_API_KEY", key);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("schemacast.recorded")];
});

async function withEmulator<R>(options: EmulatorOptions, run: (url: string) => Promise<R>): Promise<R> {
  const emulator = await startEmulator(options);
  try {
    return await run(emulator.url);
  } finally {
    await emulator.close();
  }
}

const clients: readonly (readonly [string, (url: string) => ChatClient])[] = [
  ["SDK", (url) => fromProvider("cerebras/gpt-oss-120b", { baseURL: url }).client],
  ["fetch", (url) => fetchClient({ baseURL: url })],
];

async function everything(client: ChatClient): Promise<unknown> {
  const growing: unknown[] = [];
  for await (const partial of stream(userStreamSpec, "Ada is 36", { client })) growing.push(partial);
  return [
    await extract(userSpec, "Ada is 36", { client, headers: { "X-Session-Token": "sesame", "X-Team": "data" } }),
    await extract(userSpec, "Ada is 36", { client, mode: "json_schema" }),
    await extractList(userSpec, "Ada is 36, Bob is 40", { client }),
    growing.at(-1),
  ];
}

/** The value, and how each attempt ended. */
async function outcomes(client: ChatClient): Promise<unknown> {
  const { value, attempts } = await extract(userSpec, "Ada is 36", { client }).withDetails();
  return [value, attempts.map((attempt) => attempt.outcome)];
}

describe.each(clients)("over the %s client", (_, clientFor) => {
  test("what was recorded is replayed, event by event, and asked for nothing else", async () => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const replies = [{ name: "User", value: { name: "Ada", age: 36 } }];
    const recorded = await withEmulator({ replies, seed: 7 }, (url) => everything(clientFor(url)));
    vi.stubEnv("SCHEMACAST_RECORD", "");
    const names = readdirSync(folder);
    expect(names.length).toBe(4);
    expect(names.every((name) => /^extract_user(_list)?-[0-9a-f]{8}\.json$/.test(name))).toBe(true);
    const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
    expect(texts.join("")).not.toMatch(/csk-|sesame|Bearer|authorization/i);
    expect(texts.join("")).toContain('"X-Session-Token": "[removed]"');
    expect(texts.join("")).toContain('"X-Team": "data"');
    const streamed = texts
      .map((text) => JSON.parse(text) as { request: { body: unknown }; response: { events?: string[]; cut?: true } })
      .filter((one) => one.response.events);
    expect(streamed.length).toBe(1);
    expect(streamed[0]?.response.events?.length).toBeGreaterThan(5);
    expect(streamed[0]?.response.events?.every((event) => event.startsWith("data: ") && !event.includes("\n\n"))).toBe(true);
    expect(streamed[0]?.response.cut).toBeUndefined();
    const sent = await withEmulator({ cassettes: folder }, async (url) => {
      const headers = { authorization: "Bearer k" };
      const body = JSON.stringify(streamed[0]?.request.body);
      return (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body })).text();
    });
    expect(sent).toBe(streamed[0]?.response.events?.map((event) => `${event}\n\n`).join(""));

    const replayed = await withEmulator({ cassettes: folder }, (url) => everything(clientFor(url)));
    expect(replayed).toEqual(recorded);
  });

  test("a stream is recorded when its value is there: a program that ends at once has lost nothing", async () => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    for (const [index, scenario] of [{}, { chunkSize: 1 }, { writeSize: 1 }, { writeSize: 7 }, { writeSize: 100_000 }].entries()) {
      const reply = { name: "User", value: { name: "Ada", age: index } };
      await withEmulator({ replies: [reply], scenario }, async (url) => {
        await stream(userStreamSpec, `Ada is ${index}`, { client: clientFor(url) }).result;
        const recorded = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
        const own = recorded
          .map((text) => JSON.parse(text) as Cassette)
          .find(({ request }) => JSON.stringify(request).includes(`Ada is ${index}`));
        expect(own?.response.events?.at(-1)).toBe("data: [DONE]");
        expect(own?.response.cut).toBeUndefined();
      });
    }
  });

  test("recorded again, the same requests give the same files", async () => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const options = { replies: [{ name: "User", value: { name: "Ada", age: 36 } }], seed: 7, clock: () => 0 };
    await withEmulator(options, (url) => everything(clientFor(url)));
    const first = readdirSync(folder);
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("schemacast.recorded")];
    await withEmulator(options, (url) => everything(clientFor(url)));
    expect(readdirSync(folder)).toEqual(first);
  });

  test("re-asks are recorded too, and come back in their order", async () => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const replies = [{ name: "User", value: { name: "Ada", age: 36 } }];
    const recorded = await withEmulator({ replies, scenarios: [{ fault: { kind: "invalid-value" } }] }, (url) => outcomes(clientFor(url)));
    vi.stubEnv("SCHEMACAST_RECORD", "");
    expect(readdirSync(folder).length).toBe(2);
    expect(recorded).toMatchObject([{ name: "Ada" }, ["invalid", "ok"]]);
    expect(await withEmulator({ cassettes: folder }, (url) => outcomes(clientFor(url)))).toEqual(recorded);
  });

  test("an error status is recorded; the same request answered twice is two files", async () => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const scenarios = [{ fault: { kind: "status", status: 429, retryAfter: 0 } }] as const;
    const recorded = await withEmulator({ scenarios }, (url) => outcomes(clientFor(url)));
    vi.stubEnv("SCHEMACAST_RECORD", "");
    expect(recorded).toMatchObject([{}, ["failed", "ok"]]);
    const names = readdirSync(folder);
    expect(names).toEqual([expect.stringMatching(/-[0-9a-f]{8}-2\.json$/), expect.stringMatching(/-[0-9a-f]{8}\.json$/)]);
    const first: unknown = JSON.parse(readFileSync(join(folder, names[1] ?? ""), "utf8"));
    expect(first).toMatchObject({ response: { status: 429, headers: { "retry-after": "0" }, body: { code: expect.any(String) } } });
    expect(await withEmulator({ cassettes: folder }, (url) => outcomes(clientFor(url)))).toEqual(recorded);
  });

  test.each([
    ["a wrong key, told with the key", { apiKey: "another" }],
    ["a refusal", { scenario: { fault: { kind: "status", status: 400 } } }],
    ["a page of a proxy", { scenario: { fault: { kind: "html", status: 502 } } }],
  ] as const)("the error is the same when it is replayed: %s", async (_, options: EmulatorOptions) => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const recorded = await withEmulator(options, (url) => failure(clientFor(url)));
    vi.stubEnv("SCHEMACAST_RECORD", "");
    expect(recorded.name).toMatch(/Error$/);
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(0);
    expect(names.map((name) => readFileSync(join(folder, name), "utf8")).join("")).not.toContain(key);
    expect(await withEmulator({ cassettes: folder }, (url) => failure(clientFor(url)))).toEqual(recorded);
  });

  test.each([{ events: 6 }, { bytes: 1700 }])("a stream that breaks off breaks off again at the same place: %j", async (where) => {
    vi.stubEnv("SCHEMACAST_RECORD", folder);
    const scenario = { value: { name: "Ada of a long name that goes on and on", age: 36 }, fault: { kind: "cut", ...where } } as const;
    const recorded = await withEmulator({ scenario, seed: 7 }, (url) => growth(clientFor(url)));
    vi.stubEnv("SCHEMACAST_RECORD", "");
    expect(recorded.at(-1)).toBe("StreamProtocolError: The connection broke in the middle of the answer.");
    expect(await withEmulator({ cassettes: folder }, (url) => growth(clientFor(url)))).toEqual(recorded);
  });
});

/** What a call without retries ends with. */
async function failure(client: ChatClient): Promise<{ readonly name: string; readonly message: string; readonly facts: unknown }> {
  const error: unknown = await extract(userSpec, "Ada is 36", { client, maxTransportRetries: 0 }).then(
    () => new Error("It did not fail."),
    (thrown: unknown) => thrown,
  );
  const { name, message, status, code, requestId } = error as Error & Record<"status" | "code" | "requestId", unknown>;
  return { name, message, facts: { status, code, requestId } };
}

/** The longest name that was seen, and what the stream ended with. */
async function growth(client: ChatClient): Promise<readonly string[]> {
  let name = "";
  try {
    for await (const partial of stream(userStreamSpec, "Ada", { client, maxTransportRetries: 0 })) name = partial.name ?? name;
    return [name];
  } catch (error) {
    return [name, String(error)];
  }
}

test("a request that was not recorded fails with what differs from the nearest", async () => {
  vi.stubEnv("SCHEMACAST_RECORD", folder);
  await withEmulator({}, async (url) => {
    const client = clients[0]?.[1](url);
    if (client) await Promise.all([extract(userSpec, "Ada is 36", { client }), extractList(userSpec, "Bob", { client })]);
  });
  vi.stubEnv("SCHEMACAST_RECORD", "");
  await withEmulator({ cassettes: folder }, async (url) => {
    const { client } = fromProvider("cerebras/gpt-oss-120b", { baseURL: url });
    const failure = await extract(userSpec, "Ada is 37", { client, temperature: 0 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 404, code: "cassette_not_found" });
    const { message } = failure as Error;
    expect(message).toMatch(/The nearest is extract_user-[0-9a-f]{8}\.json \(- recorded, \+ asked\):/);
    expect(message).toContain('- messages[1].content: "Ada is 36"\n+ messages[1].content: "Ada is 37"');
    expect(message).toContain("+ temperature: 0");
    expect(message).not.toContain("tools[0]");
  });
});

test("a stream that is left early is recorded as far as it came", async () => {
  vi.stubEnv("SCHEMACAST_RECORD", folder);
  await withEmulator({ scenario: { delay: 5, value: { name: "Ada of a long name that goes on and on", age: 36 } } }, async (url) => {
    const { client } = fromProvider("cerebras/gpt-oss-120b", { baseURL: url });
    for await (const _ of stream(userStreamSpec, "Ada", { client })) break;
    await vi.waitFor(() => expect(readdirSync(folder).length).toBe(1));
  });
  const [name = ""] = readdirSync(folder);
  expect(JSON.parse(readFileSync(join(folder, name), "utf8"))).toMatchObject({ response: { status: 200, cut: true } });
});

test("without the variable nothing is written; a folder without recordings is an error", async () => {
  vi.stubEnv("SCHEMACAST_RECORD", "");
  await withEmulator({}, async (url) => extract(userSpec, "Ada", fromProvider("cerebras/gpt-oss-120b", { baseURL: url })));
  expect(readdirSync(folder)).toEqual([]);
  await expect(startEmulator({ cassettes: folder })).rejects.toThrow(/No recordings in .*: run your program with SCHEMACAST_RECORD=/);
  writeFileSync(join(folder, "x.json"), "{");
  await expect(startEmulator({ cassettes: folder })).rejects.toThrow(/x\.json is no recording/);
  writeFileSync(join(folder, "x.json"), "{}");
  await expect(startEmulator({ cassettes: folder })).rejects.toThrow(/it has no request or no response/);
});

test("a difference is told by paths", () => {
  expect(describeDifference({ a: 1, b: [{ c: "x" }], gone: true }, { a: 1, b: [{ c: "y" }, 3], new: {} })).toEqual([
    '- b[0].c: "x"',
    '+ b[0].c: "y"',
    "- gone: true",
    "+ b[1]: 3",
    "+ new: {}",
  ]);
  expect(describeDifference({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } })).toEqual([]);
});
