import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { streamUserList, type User } from "../../generated/user.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import type { ExtractOptions, Issue } from "../../src/runtime/options.js";

const [ada, bo, cy] = ["Ada", "Bo", "Cy"].map((name, at): User => ({ name, age: 30 + at }));
const wrong = { name: "Bo", age: "thirty-one" };

let emulator: Emulator;
let options: ExtractOptions<User[]>;
beforeEach(async () => {
  emulator = await startEmulator({ replies: [{ name: "extract_user_list", value: { items: [ada, wrong, cy] } }] });
  const client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
  options = { client, model: "gpt-oss-120b", onInvalidItem: "repair" };
});
afterEach(() => emulator.close());

const bodies = (): readonly string[] => emulator.requests.map(({ body }) => JSON.stringify(body));

describe("an item that is not valid is asked for again, alone", () => {
  test("the others go on; in the result it stands where it stood", async () => {
    // The list's answer, then the item's, which takes its time.
    emulator.enqueue({ chunkSize: 4 }, { value: bo, latency: 100 });
    const stream = streamUserList("Ada 30, Bo 31, Cy 32", options);
    const result = stream.result;
    const seen: User[] = [];
    for await (const user of stream) seen.push(user);
    expect(seen).toEqual([ada, cy, bo]);
    expect(await result).toEqual([ada, bo, cy]);
    const { usage, attempts, invalidItems, value } = await stream.withDetails();
    expect(value).toEqual([ada, bo, cy]);
    expect(invalidItems).toEqual({ skipped: 0, repaired: 1 });
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "ok"],
      [2, "ok"],
    ]);
    const total = attempts.reduce((sum, attempt) => sum + (attempt.usage?.totalTokens ?? 0), 0);
    expect(usage?.totalTokens).toBe(total);
    expect(emulator.requests).toHaveLength(2);
  });

  test("the model sees the text, its item, and what is wrong with it at its place", async () => {
    emulator.enqueue({}, { value: bo });
    await streamUserList("Ada 30, Bo 31, Cy 32", options).result;
    const asked = bodies()[1] ?? "";
    expect(asked).toContain("Ada 30, Bo 31, Cy 32");
    expect(asked).toContain(String.raw`\"age\": \"thirty-one\"  // must be integer, is string`);
    expect(asked).toContain('"extract_user"');
  });

  test("at most maxRetries times; then the list ends with an error that names the item", async () => {
    emulator.enqueue({}, ...Array.from({ length: 5 }, () => ({ value: wrong })));
    const stream = streamUserList("Ada 30, Bo 31, Cy 32", { ...options, maxRetries: 3 });
    const seen: User[] = [];
    const error: unknown = await (async () => {
      for await (const user of stream) seen.push(user);
    })().catch((thrown: unknown) => thrown);
    expect(seen).toEqual([ada, cy]);
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path: [1, "age"] }]);
    expect(emulator.requests).toHaveLength(4);
  });

  test("maxRetries: 0 asks for nothing", async () => {
    await expect(streamUserList("…", { ...options, maxRetries: 0 }).result).rejects.toThrow(InvalidOutputError);
    expect(emulator.requests).toHaveLength(1);
  });

  test("the hook is told, and false ends it", async () => {
    const told: (readonly Issue[])[] = [];
    const hooks = {
      onValidationError: ({ issues }: { readonly issues: readonly Issue[] }) => {
        told.push(issues);
        return false;
      },
    };
    await expect(streamUserList("…", { ...options, hooks }).result).rejects.toThrow(InvalidOutputError);
    expect(told).toMatchObject([[{ path: [1, "age"] }]]);
    expect(emulator.requests).toHaveLength(1);
  });

  test("several, one after the other", async () => {
    emulator.enqueue(
      { value: { items: [wrong, ada, wrong, wrong] } },
      { value: bo },
      { fault: { kind: "invalid-value" } },
      { value: cy },
      { value: bo },
    );
    const { value, invalidItems, attempts } = await streamUserList("…", options).withDetails();
    expect(value).toEqual([bo, ada, cy, bo]);
    expect(invalidItems).toEqual({ skipped: 0, repaired: 3 });
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "invalid", "ok", "ok"]);
  });

  test("leaving the stream ends the repair", async () => {
    emulator.enqueue({}, { value: bo, latency: 5000 });
    const stream = streamUserList("…", options);
    const started = performance.now();
    for await (const user of stream) if (user.name === "Cy") break;
    await expect(stream.result).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test("the time limit of the call holds while an item is repaired", async () => {
    emulator.enqueue({}, { value: bo, latency: 5000 });
    const started = performance.now();
    await expect(streamUserList("…", { ...options, timeout: 400 }).result).rejects.toThrow(/400/);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
