import { describe, expect, test } from "vitest";
import { TruncatedError } from "../../src/runtime/errors/truncated-error.js";
import { extractList } from "../../src/runtime/extract.js";
import { readLenient } from "../../src/runtime/lenient.js";
import type { Hooks, Issue } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { streamList } from "../../src/runtime/stream.js";
import { withTransform } from "../../src/runtime/with-transform.js";
import { a, b, broken, c, collect, d, failure, fast, items, list, mended, served, spec, wrong } from "./list-server.js";
import { completion, events, json, loopback, type Responder, toolAnswer, toolStream } from "./loopback.js";
import type { User } from "./user-spec.js";

const choice = (delta: unknown, more = {}): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }] })}\n\n`;

const said = (text: string): string => {
  const pieces = `Here:\n\`\`\`json\n${text}`.split(/(?<=[,}:])/).map((content) => choice({ content }));
  return `${pieces.join("")}${choice({}, { finish_reason: "stop" })}data: [DONE]\n\n`;
};

describe("an answer in prose", () => {
  const messy: StreamSpec<User, Partial<User>> = { ...spec, lenient: readLenient };

  test("whose connection breaks: what was handed out is kept", async () => {
    const text = said(JSON.stringify({ items: [a, b, c] }));
    await using server = await served(toolAnswer(mended), broken(text, "3}"), events(said(JSON.stringify({ items: [c] }))));
    const users = streamList(messy, "…", { client: server.client, mode: "json_schema", ...fast });
    const seen = await collect(users);
    expect(seen).toEqual([a, b, c]);
    const { attempts } = await users.withDetails();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["failed", "ok"]);
  });
});

test("items that can't be told to the model any more: the error is the true one, for who iterates and for who waits", async () => {
  const many = Array.from({ length: 10_500 }, (_, age) => ({ name: "x", age }));
  await using server = await served(
    toolAnswer(mended),
    broken(toolStream([JSON.stringify({ items: many }).slice(0, -2)], "extract_user_list"), "10499"),
  );
  const users = streamList(spec, "…", { client: server.client, ...fast });
  const seen: User[] = [];
  const error = await failure(collect(users, seen));
  expect(error).toMatchObject({ name: "StreamProtocolError", attempts: [{ outcome: "failed" }] });
  expect(seen).toHaveLength(10_500);
  expect(await failure(users.withDetails())).toBe(error);
});

test("the same, of an answer that goes on where another broke", async () => {
  const many = Array.from({ length: 10_500 }, (_, age) => ({ name: "x", age }));
  const endless = toolStream([JSON.stringify({ items: many }).slice(0, -2)], "extract_user_list");
  await using server = await served(toolAnswer(mended), broken(items(a, b), "1}"), broken(endless, "10499"), list(b, c));
  const users = streamList(spec, "…", { client: server.client, ...fast });
  const error = await failure(collect(users));
  expect(error).toMatchObject({ name: "StreamProtocolError", attempts: { length: 2 } });
});

test("cut off behind items that are not kept: the answer had begun, and is said to be cut off", async () => {
  const many = JSON.stringify({ items: Array.from({ length: 10_500 }, (_, age) => ({ name: "x", age })) }).slice(0, -2);
  const cut = toolStream([many], "extract_user_list").replace('"finish_reason":"tool_calls"', '"finish_reason":"length"');
  await using server = await served(toolAnswer(mended), events(cut));
  const seen: User[] = [];
  const error = await failure(collect(streamList(spec, "…", { client: server.client }), seen));
  expect(seen).toHaveLength(10_500);
  expect(TruncatedError.is(error) && error.message).toMatch(/^The answer was cut off/);
});

test("an item that was left out does not shift what the model is told of the others", async () => {
  await using server = await served(toolAnswer(mended), list(wrong, a, b), list(a, b));
  const checks: (() => Issue[])[] = [() => [{ path: [1, "name"], message: "is not his name" }], () => []];
  const options = { client: server.client, onInvalidItem: "skip", validate: () => checks.shift()?.() ?? [] } as const;
  expect(await streamList(spec, "…", options).result).toEqual([a, b]);
  expect(server.requests[1]?.body.messages[3].content).toContain('"name": "b",  // is not his name');
});

test("two who share the items of a list, and one who comes after them, are all told that it broke", async () => {
  await using server = await served(toolAnswer(mended), broken(items(a, b, c), "3}"));
  const users = streamList(spec, "…", { client: server.client, maxTransportRetries: 0 });
  const seen: User[] = [];
  const errors = await Promise.all([failure(collect(users, seen)), failure(collect(users, seen))]);
  errors.push(await failure(collect(users, seen)), await failure(users.result));
  for (const error of errors) expect(error).toBe(errors[0]);
  expect(seen.toSorted((one, other) => one.age - other.age)).toEqual([a, b, c]);
});

test.each(["throw", "skip", "repair"] as const)(
  "withTransform and a list that goes on: each item is made once, and is the same in the result (%s)",
  async (onInvalidItem) => {
    const isMade = onInvalidItem === "throw" ? [a, b, c] : [a, wrong, b, c];
    await using server = await served(toolAnswer(mended), broken(items(...isMade), "2}"), list(c));
    let count = 0;
    const numbered = withTransform(spec, ({ name }) => ({ name, number: ++count }));
    const users = streamList(numbered, "…", { client: server.client, onInvalidItem, maxTransportRetries: 0, fallbackModels: ["b"] });
    const seen = await collect(users);
    const value = await users.result;
    expect(count).toBe(seen.length);
    expect(new Set(value)).toEqual(new Set(seen));
    for (const user of value) expect(seen.includes(user)).toBe(true);
  },
);

describe("who comes late", () => {
  const cut = items(a, b).replace('"finish_reason":"tool_calls"', '"finish_reason":"length"');

  test("gets what was kept of answers before the one that broke", async () => {
    await using server = await served(toolAnswer(mended), events(cut), broken(items(c, d), "3}"), list(d));
    const users = streamList(spec, "…", { client: server.client, onTruncated: "continue", ...fast });
    expect(await users.result).toEqual([a, b, c, d]);
    expect(await collect(users)).toEqual([a, b, c, d]);
  });

  test("in the wait before the next request, is not given what is void", async () => {
    await using server = await served(toolAnswer(mended), broken(items(a, b), "1}"), list(c, d));
    let isWaiting = false;
    const hooks: Hooks = { onRetry: () => void (isWaiting = true) };
    const users = streamList(spec, "…", { client: server.client, hooks });
    await expect.poll(() => isWaiting).toBe(true);
    expect(await collect(users)).toEqual([c, d]);
  });
});

function cutOff(text: string): Responder {
  return completion(
    { role: "assistant", tool_calls: [{ id: "x", type: "function", function: { name: "extract_user_list", arguments: text } }] },
    "length",
  );
}

test("cut off twice: the error has the whole items of both answers", async () => {
  await using server = await loopback(
    cutOff('{"items":[{"name":"a","age":1},{"na'),
    cutOff('{"items":[{"name":"b","age":2},{'),
    cutOff('{"items":[{"name":'),
  );
  const error = await failure(extractList(spec, "…", { client: server.client, onTruncated: "continue" }));
  expect(TruncatedError.is(error) && error.items).toEqual([a, b]);
});

test("cut off behind an item that is not valid: goes on from there", async () => {
  const call = { name: "extract_user_list", arguments: JSON.stringify({ items: [a, wrong, b] }).slice(0, -1) };
  await using server = await loopback(
    completion({ role: "assistant", tool_calls: [{ id: "x", type: "function", function: call }] }, "length"),
    json(500, {}),
    toolAnswer({ items: [b, c] }, "extract_user_list"),
  );
  expect(await extractList(spec, "…", { client: server.client, onTruncated: "continue" })).toEqual([a, b, c]);
  expect(server.requests[2]?.body.messages[3].content).toContain("after these 1 items");
});
