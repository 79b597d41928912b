import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { readLenient } from "../../src/runtime/lenient.js";
import type { Hooks } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { streamList } from "../../src/runtime/stream.js";
import { withTransform } from "../../src/runtime/with-transform.js";
import {
  a,
  after,
  b,
  broken,
  c,
  collect,
  d,
  failure,
  fast,
  items,
  list,
  type ListOptions,
  mended,
  served,
  spec,
  wrong,
} from "./list-server.js";
import { events, type Loopback, toolAnswer, toolStream } from "./loopback.js";
import type { User } from "./user-spec.js";

async function ended(server: Loopback, run: Promise<unknown>): Promise<ExtractionError> {
  const error = await failure(run);
  expect(error.attempts).toHaveLength(server.requests.length);
  expect(error.attempts?.at(-1)).toMatchObject({ outcome: "failed", error: { name: "AbortedError" } });
  await expect.poll(() => server.openConnections()).toBeLessThan(2);
  const sent = server.requests.length;
  await sleep(450);
  expect(server.requests).toHaveLength(sent);
  return error;
}

describe("a list with an item that is left out, and a connection that breaks behind it", () => {
  test("what was handed out stays, and only the rest is asked for", async () => {
    await using server = await served(toolAnswer(mended), broken(items(a, wrong, b, c), "2}"), list(c));
    const users = streamList(spec, "…", { client: server.client, onInvalidItem: "skip", ...fast });
    expect(await collect(users)).toEqual([a, b, c]);
    const { value, invalidItems, attempts } = await users.withDetails();
    expect(value).toEqual([a, b, c]);
    expect(invalidItems).toEqual({ skipped: 1, repaired: 0 });
    expect(attempts).toHaveLength(2);
    expect(server.requests[1]?.body.messages[3].content).toContain("after these 3 items");
  });

  test("where nobody reads item by item, the whole is asked for again, and what was left out of it counts once", async () => {
    await using server = await served(toolAnswer(mended), broken(items(a, wrong, b, c), "2}"), list(wrong, a, b));
    const { value, invalidItems } = await streamList(spec, "…", { client: server.client, onInvalidItem: "skip", ...fast }).withDetails();
    expect(value).toEqual([a, b]);
    expect(invalidItems).toEqual({ skipped: 1, repaired: 0 });
  });

  test("cut off by the token limit: goes on behind it", async () => {
    const cut = items(a, wrong, b).replace('"finish_reason":"tool_calls"', '"finish_reason":"length"');
    await using server = await served(toolAnswer(mended), events(cut), list(c));
    const options: ListOptions = { client: server.client, onInvalidItem: "skip", onTruncated: "continue" };
    expect(await streamList(spec, "…", options).result).toEqual([a, b, c]);
    await using other = await served(toolAnswer(mended), events(cut), list(c));
    expect(await collect(streamList(spec, "…", { ...options, client: other.client }))).toEqual([a, b, c]);
  });
});

describe("a list with an item that is asked for again, and a connection that breaks behind it", () => {
  test.each([
    ["before", 0, 60],
    ["after", 120, 20],
  ])("the item is mended %s that", async (_, latency, breaksAfter) => {
    await using server = await served(
      after(latency, toolAnswer(mended)),
      broken(items(a, wrong, b, c), "2}", breaksAfter),
      broken(items(c, wrong, d), '"nine', 20),
      list(d),
    );
    const users = streamList(spec, "…", { client: server.client, onInvalidItem: "repair", ...fast });
    const seen = await collect(users);
    const { value, invalidItems, attempts, usage } = await users.withDetails();
    expect(value).toEqual([a, mended, b, c, mended, d]);
    expect(seen.toSorted((one, other) => one.age - other.age)).toEqual([a, b, c, d, mended, mended]);
    expect(invalidItems).toEqual({ skipped: 0, repaired: 2 });
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(server.requests).toHaveLength(5);
    // Of the two that broke nothing is known.
    expect(usage?.totalTokens).toBe(3 * 15);
  });

  test("where nobody reads item by item, the whole is asked for again; the first repair is given up and told of", async () => {
    await using server = await served(after(100, toolAnswer(mended)), broken(items(a, wrong, b), "2}"), list(c, d));
    const { value, attempts, invalidItems } = await streamList(spec, "…", {
      client: server.client,
      onInvalidItem: "repair",
      ...fast,
    }).withDetails();
    expect(value).toEqual([c, d]);
    expect(invalidItems).toBeUndefined();
    expect(attempts).toHaveLength(server.requests.length);
    expect(attempts.at(-1)).toMatchObject({ outcome: "failed", error: { name: "AbortedError" } });
  });
});

describe("a list that ends while an item is asked for again", () => {
  const slow = after(400, toolAnswer(mended));

  test("by its time limit", async () => {
    await using server = await served(slow, list(wrong, a, wrong, wrong));
    const run = streamList(spec, "…", { client: server.client, onInvalidItem: "repair", timeout: 150 }).result;
    expect(await ended(server, run)).toMatchObject({ name: "TimeoutError", usage: { totalTokens: 15 } });
  });

  test("by its signal", async () => {
    await using server = await served(slow, list(wrong, a, wrong, wrong));
    const signal = AbortSignal.timeout(100);
    const run = streamList(spec, "…", { client: server.client, onInvalidItem: "repair", signal }).result;
    expect(await ended(server, run)).toMatchObject({ name: "AbortedError" });
  });

  test("by its connection", async () => {
    await using server = await served(slow, broken(items(a, wrong, b), "2}", 60));
    const run = collect(streamList(spec, "…", { client: server.client, onInvalidItem: "repair", maxTransportRetries: 0 }));
    expect(await ended(server, run)).toMatchObject({ name: "StreamProtocolError" });
  });
});

describe("the requests for single items are the list's", () => {
  test("an item that stays wrong: all attempts and tokens are on the error, and onError is called once", async () => {
    await using server = await served(toolAnswer(wrong), list(a, wrong, b, wrong));
    const told: string[] = [];
    const hooks: Hooks = { onError: ({ error }) => void told.push(error.name) };
    const error = await failure(collect(streamList(spec, "…", { client: server.client, onInvalidItem: "repair", hooks })));
    expect(error).toMatchObject({ name: "InvalidOutputError", issues: [{ path: [1, "age"] }], usage: { totalTokens: 45 } });
    expect(error.attempts?.map(({ outcome }) => outcome)).toEqual(["invalid", "invalid", "invalid"]);
    expect(told).toEqual(["InvalidOutputError"]);
  });

  test("a list that fails after items were mended", async () => {
    await using server = await served(toolAnswer(mended), list(a, wrong));
    const error = await failure(
      streamList(spec, "…", { client: server.client, onInvalidItem: "repair", maxRetries: 1, validate: () => "no" }).result,
    );
    expect(error.attempts).toHaveLength(server.requests.length);
    expect(error.usage?.totalTokens).toBe(15 * server.requests.length);
  });

  test.each([
    [15, 1],
    [16, 2],
    [30, 2],
    [31, 3],
  ])("maxTotalTokens %i lets %i requests through", async (maxTotalTokens, requests) => {
    // The first is mended after the list has ended, so that its tokens are known.
    await using server = await served(after(60, toolAnswer(mended)), list(wrong, wrong, wrong, a));
    const error = await failure(streamList(spec, "…", { client: server.client, onInvalidItem: "repair", maxTotalTokens }).result);
    expect(error).toMatchObject({ name: "LimitExceededError", limit: maxTotalTokens, cause: { name: "InvalidOutputError" } });
    expect(server.requests).toHaveLength(requests);
    expect(error.usage?.totalTokens).toBe(15 * requests);
  });

  test.each(["throws", "rejects"])("an onValidationError that %s is told to onHookError, which may do the same", async (way) => {
    await using server = await served(toolAnswer(mended), list(a, wrong));
    const fail = (): never => {
      if (way === "rejects") return Promise.reject(new Error("a mistake")) as never;
      throw new Error("a mistake");
    };
    const told: string[] = [];
    const onHookError = ({ hook }: { readonly hook: string }): never => {
      told.push(hook);
      return fail();
    };
    const hooks: Hooks = { onValidationError: fail, onHookError };
    expect(await streamList(spec, "…", { client: server.client, onInvalidItem: "repair", hooks }).result).toEqual([a, mended]);
    expect(told).toEqual(["onValidationError"]);
  });

  test("an onValidationError that never settles ends with the list", async () => {
    await using server = await served(toolAnswer(mended), list(a, wrong));
    const hooks: Hooks = { onValidationError: () => new Promise(() => {}) };
    const error = await failure(streamList(spec, "…", { client: server.client, onInvalidItem: "repair", hooks, timeout: 150 }).result);
    expect(error).toMatchObject({ name: "TimeoutError", attempts: [{ attempt: 1 }] });
  });

  test("a transform that throws for a mended item ends the list with its error", async () => {
    await using server = await served(toolAnswer(mended), list(a, wrong));
    const picky = withTransform(spec, (user) => {
      if (user.age === 9) throw new RangeError("nine");
      return user;
    });
    const error = await failure(streamList(picky, "…", { client: server.client, onInvalidItem: "repair" }).result);
    expect(error.message).toBe("Option transform threw: RangeError: nine");
    expect(error.attempts).toHaveLength(2);
  });
});

describe("an answer that turns out to be no JSON after an item was refused", () => {
  // The comma at the end.
  const text = `{"items":[${[a, wrong, b].map((item) => JSON.stringify(item)).join(",")},]}`;
  const messy: StreamSpec<User, Partial<User>> = { ...spec, lenient: readLenient };
  const answer = events(toolStream(text.split(/(?<=[,}:])/), "extract_user_list"));

  test.each([
    ["mended", messy, [a, b], 1],
    ["continued", spec, [a, b, c], 2],
  ] as const)("is %s: it is left out once", async (_, given, all, requests) => {
    await using server = await served(toolAnswer(mended), answer, list(c));
    const users = streamList(given, "…", { client: server.client, onInvalidItem: "skip" });
    expect(await collect(users)).toEqual(all);
    const { value, invalidItems } = await users.withDetails();
    expect([value, invalidItems]).toEqual([all, { skipped: 1, repaired: 0 }]);
    expect(server.requests).toHaveLength(requests);
  });

  test.each([
    ["mended", messy, [a, mended, b], 2],
    ["continued", spec, [a, mended, b, c], 3],
  ] as const)("is %s: it is asked for again once", async (_, given, all, requests) => {
    await using server = await served(after(100, toolAnswer(mended)), answer, list(c));
    const users = streamList(given, "…", { client: server.client, onInvalidItem: "repair" });
    expect(await collect(users)).toEqual([...all.filter((user) => user !== mended), mended]);
    expect(await users.result).toEqual(all);
    expect(server.requests).toHaveLength(requests);
  });
});
