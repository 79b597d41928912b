import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import type { ExtractOptions } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { events, json, loopback, type Loopback, type Responder, toolAnswer, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

const spec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};
const john = { name: "John", age: 29 };
const users = (count: number): User[] => Array.from({ length: count }, (_, age) => ({ name: "n".repeat(200), age }));

function failure(call: Promise<unknown>): Promise<ExtractionError> {
  return call.then(
    () => expect.fail("a value came"),
    (error: unknown) => (ExtractionError.is(error) ? error : expect.fail(String(error))),
  );
}

function clientOf(server: Loopback, client: "sdk" | "fetch"): Pick<ExtractOptions<never>, "client"> {
  return { client: client === "sdk" ? server.client : fetchClient({ apiKey: "k", baseURL: server.baseURL }) };
}

test("calls that fail unread, or are left early: nothing kills the process, nothing keeps it", async () => {
  const script = fileURLToPath(new URL("fixtures/unread-process.js", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { timeout: 20_000 });
  const { at, requests } = JSON.parse(stdout);
  expect(stderr).toBe("");
  expect(requests).toBeGreaterThan(100);
  expect(Date.now() - at).toBeLessThan(5000);
});

/** Says how much of the answer the connection has taken. */
function counted(text: string): { readonly responder: Responder; readonly sent: () => number } {
  let sent = 0;
  const responder: Responder = async (response) => {
    response.setMaxListeners(0);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of text.split(/(?<=\n\n)/)) {
      if (response.destroyed) return;
      if (!response.write(event)) await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
      sent += event.length;
    }
    response.end();
  };
  return { responder, sent: () => sent };
}

describe.each(["sdk", "fetch"] as const)("a slow reader (%s)", (client) => {
  test("of items: the connection waits, as long as it takes, and no time of silence is counted", async () => {
    const text = toolStream(JSON.stringify({ items: users(100_000) }).split(/(?<=\},)/), "extract_user_list");
    const { responder, sent } = counted(text);
    await using server = await loopback(responder);
    const list = streamList(spec, "…", { ...clientOf(server, client), idleTimeout: 50 });
    let taken = 0;
    for await (const user of list) {
      expect(user.age).toBe(taken++);
      if (taken === 3) await sleep(300);
      if (taken === 4) expect(sent()).toBeLessThan(text.length / 2);
      if (taken === 20_000) break;
    }
    expect(await failure(list.result)).toMatchObject({ name: "AbortedError" });
  });

  test("of snapshots: he is shown the latest, and the connection waits", async () => {
    const text = toolStream(JSON.stringify({ name: "n".repeat(20_000_000), age: 1 }).match(/[\s\S]{1,2000}/g) ?? []);
    const { responder, sent } = counted(text);
    await using server = await loopback(responder);
    const growing = stream(spec, "…", { ...clientOf(server, client), idleTimeout: 50, limits: { stringLength: 1e9 } });
    let shown = 0;
    for await (const _ of growing) {
      if (++shown === 2) await sleep(300);
      if (shown === 3) expect(sent()).toBeLessThan(text.length / 2);
      if (shown === 4) break;
    }
    expect(await failure(growing.result)).toMatchObject({ name: "AbortedError" });
  });

  test("who takes longer than the call may: what is there is handed out, then its time limit is told", async () => {
    const text = toolStream(JSON.stringify({ items: users(200) }).split(/(?<=\},)/), "extract_user_list");
    await using server = await loopback(events(text));
    const list = streamList(spec, "…", { ...clientOf(server, client), timeout: 200 });
    const seen: User[] = [];
    const read = async (): Promise<void> => {
      for await (const user of list) if (seen.push(user) === 2) await sleep(300);
    };
    expect(await failure(read())).toMatchObject({ name: "TimeoutError", limit: "total" });
    expect(seen.length).toBeGreaterThan(60);
    expect(seen.map(({ age }) => age)).toEqual(seen.map((_, index) => index));
  });
});

const short: Responder = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write("{", () => setTimeout(() => response.destroy(), 20));
};

test("a body of known length that breaks off: the SDK on Node does not say so, and the time of silence ends it", async () => {
  await using server = await loopback(short);
  const options = { maxTransportRetries: 0, idleTimeout: 200 };
  const sdk = await failure(extract(spec, "…", { ...clientOf(server, "sdk"), ...options }));
  expect(sdk).toMatchObject({ name: "TimeoutError", limit: "idle" });
  expect(await failure(extract(spec, "…", { ...clientOf(server, "fetch"), ...options }))).toMatchObject({ name: "StreamProtocolError" });
});

describe("limits, where the server says little", () => {
  const quiet: Responder = json(200, {
    choices: [
      { index: 0, finish_reason: "stop", message: { tool_calls: [{ id: "x", function: { name: "extract_user", arguments: "{}" } }] } },
    ],
    usage: null,
  });

  test("maxTotalTokens and no usage: the other limits hold", async () => {
    await using server = await loopback(quiet);
    const error = await failure(extract(spec, "…", { client: server.client, maxTotalTokens: 1 }));
    expect(error).toMatchObject({ name: "InvalidOutputError" });
    expect(error.usage).toBeUndefined();
    expect(error.attempts).toHaveLength(3);
  });

  test("maxTotalTokens while a list that was cut off goes on", async () => {
    const cut = JSON.stringify({ items: users(2) }).slice(0, -1);
    const answer = json(200, {
      choices: [
        {
          index: 0,
          finish_reason: "length",
          message: { tool_calls: [{ id: "x", function: { name: "extract_user_list", arguments: cut } }] },
        },
      ],
      usage: { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 },
    });
    await using server = await loopback(answer);
    const error = await failure(extractList(spec, "…", { client: server.client, maxTotalTokens: 250, onTruncated: "continue" }));
    expect(error).toMatchObject({ name: "LimitExceededError", used: 300, cause: { name: "TruncatedError", items: { length: 6 } } });
  });

  test("a wait that is longer than what is left of the time is not begun; one that a hook makes too long is cut short", async () => {
    await using server = await loopback(json(500, { message: "no" }, { "retry-after": "0.3" }));
    const soon = performance.now();
    expect(await failure(extract(spec, "…", { client: server.client, timeout: 250 }))).toMatchObject({ name: "ApiError" });
    expect(performance.now() - soon).toBeLessThan(200);
    const hooks = { onRetry: () => sleep(200) };
    expect(await failure(extract(spec, "…", { client: server.client, timeout: 450, hooks }))).toMatchObject({ name: "TimeoutError" });
  });
});

describe.each(["one", "list"] as const)("checks, transform, defaults, narrowed places and another request, together (%s)", (shape) => {
  const filling: StreamSpec<User, Partial<User>> = { ...spec, fill: (value) => ({ age: 7, ...(value as Partial<User>) }) };

  test("each gets the value as the one before it left it, and the context", async () => {
    const wrap = (value: unknown): unknown => (shape === "list" ? { items: [value] } : value);
    const say = (value: unknown): Responder =>
      events(toolStream([JSON.stringify(wrap(value))], shape === "list" ? "extract_user_list" : "extract_user"));
    // No name; not a narrowed one; not to the check's liking; right.
    await using server = await loopback(say({}), say({ name: "Jim" }), say({ name: "Joe" }), say({ name: "John" }));
    const context = { name: "John" };
    const told: unknown[] = [];
    const options = {
      client: server.client,
      context,
      applyDefaults: true,
      maxRetries: 3,
      narrow: { name: ["John", "Joe"] },
      validate: (value: unknown, given: typeof context) => {
        told.push(value);
        return JSON.stringify(value).includes(given.name) || "not that one";
      },
      transform: (value: unknown, given: typeof context) => (shape === "list" ? [value, given] : { value, given }),
    };
    // The same options for a value and a list of them.
    const asked = options as never;
    const value: unknown = await (shape === "list" ? streamList(filling, "…", asked).result : stream(filling, "…", asked).result);
    const filled = { ...john, age: 7 };
    expect(value).toEqual(shape === "list" ? [[filled], context] : { value: filled, given: context });
    expect(told).toEqual(["Joe", "John"].map((name) => (shape === "list" ? [{ name, age: 7 }] : { name, age: 7 })));
    expect(server.requests).toHaveLength(4);
  });
});

test.each(["none", "false", "promise"] as const)(
  "a list whose check fails after every item was handed out (onValidationError gives %s)",
  async (given) => {
    await using server = await loopback(events(toolStream([JSON.stringify({ items: users(3) })], "extract_user_list")), toolAnswer(john));
    const answer = { none: undefined, false: false, promise: Promise.resolve(false) }[given];
    const seen: User[] = [];
    const list = streamList(spec, "…", { client: server.client, validate: () => "no", hooks: { onValidationError: () => answer } });
    const read = async (): Promise<void> => {
      for await (const user of list) seen.push(user);
    };
    const error = await failure(read());
    expect(error).toMatchObject({ name: "InvalidOutputError", issues: [{ path: [], message: "no" }], attempts: [{ outcome: "invalid" }] });
    expect(error).toMatchObject({ value: { length: 3 }, usage: { totalTokens: 15 } });
    expect(seen).toHaveLength(3);
    expect(server.requests).toHaveLength(1);
  },
);
