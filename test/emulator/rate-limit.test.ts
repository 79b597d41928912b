import { afterEach, describe, expect, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { extractEach, fromProvider, type Extractor } from "../../src/runtime/index.js";
import { extractUser, type User } from "../../generated/user.js";

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function emulate(options: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.push(emulator);
  return emulator;
}

const ask = (emulator: Emulator, further: object = {}): Promise<Response> =>
  fetch(`${emulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer any", "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "Hello" }], ...further }),
  });

const code = async (response: Response): Promise<unknown> => ((await response.json()) as { readonly code?: unknown }).code;

describe("windows", () => {
  test("requests beyond it are refused until the next one begins", async () => {
    let now = 120_000 - 4_500;
    const emulator = await emulate({ rateLimit: { requests: 2 }, clock: () => now });
    expect([await ask(emulator), await ask(emulator)].map(({ status }) => status)).toEqual([200, 200]);
    const refused = await ask(emulator);
    expect([refused.status, await code(refused)]).toEqual([429, "request_quota_exceeded"]);
    expect(refused.headers.get("x-ratelimit-reset-tokens-minute")).toBe("4.5");
    now = 120_000;
    expect((await ask(emulator)).status).toBe(200);
  });

  test("tokens are told as they go, and refused once they are gone", async () => {
    const emulator = await emulate({ rateLimit: { tokens: 200 }, clock: () => 60_000 });
    const first = await ask(emulator);
    const { usage } = (await first.json()) as { readonly usage: { readonly total_tokens: number } };
    expect(first.headers.get("x-ratelimit-limit-tokens-minute")).toBe("200");
    expect(first.headers.get("x-ratelimit-remaining-tokens-minute")).toBe(String(200 - usage.total_tokens));
    let last = first;
    for (let count = 0; count < 5 && last.status === 200; count += 1) last = await ask(emulator);
    expect([last.status, await code(last)]).toEqual([429, "token_quota_exceeded"]);
    expect(last.headers.get("x-ratelimit-remaining-tokens-minute")).toBe("0");
  });

  test("a request that says how long its answer may be is let in where there is room for that", async () => {
    const emulator = await emulate({ rateLimit: { tokens: 2000 }, clock: () => 60_000 });
    const most = (tokens: number): Promise<Response> => ask(emulator, { max_completion_tokens: tokens });
    const refused = await most(2000);
    expect([refused.status, await code(refused)]).toEqual([429, "token_quota_exceeded"]);
    // What it did not use is free again.
    for (let count = 0; count < 5; count += 1) expect((await most(1200)).status).toBe(200);
  });

  test("without a limit the headers are those that were recorded", async () => {
    const { headers } = await ask(await emulate({}));
    expect(headers.get("x-ratelimit-remaining-requests-day")).toBe("1439999");
    expect(headers.get("x-ratelimit-reset-tokens-minute")).toBe("5.35");
  });
});

function* documents(count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield `document ${index}`;
}

async function run(emulator: Emulator, count: number, concurrency: number): Promise<readonly boolean[]> {
  const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });
  const extract: Extractor<User> = (input, options) => extractUser(input, { ...provider, ...options });
  const ends: boolean[] = [];
  for await (const { ok } of extractEach(extract, documents(count), { concurrency })) ends.push(ok);
  return ends;
}

const refusals = ({ requests }: Emulator): number => requests.filter(({ status }) => status === 429).length;

describe("extractEach under a limit", () => {
  test("requests: all documents are done, and those refused together count once", { timeout: 30_000 }, async () => {
    const emulator = await emulate({ rateLimit: { requests: 20, window: 1 } });
    const ends = await run(emulator, 60, 16);
    expect(ends).toHaveLength(60);
    expect(ends.every(Boolean)).toBe(true);
    // Three windows at least, each ended by one crowd at most.
    expect(refusals(emulator)).toBeLessThan(3 * 16);
  });

  test("tokens: the headers hold it back before it is refused", { timeout: 30_000 }, async () => {
    const emulator = await emulate({ rateLimit: { tokens: 6_000, window: 1 } });
    const ends = await run(emulator, 60, 4);
    expect(ends.every(Boolean)).toBe(true);
    expect(emulator.requests.length).toBeGreaterThanOrEqual(60);
    // Of 60 documents a window has room for 26: without the headers those behind would be refused.
    expect(refusals(emulator)).toBe(0);
  });
});
