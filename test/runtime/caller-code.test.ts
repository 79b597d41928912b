import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../src/runtime/errors/api-error.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { extractEach } from "../../src/runtime/index.js";
import type { ExtractInput, ExtractOptions, Hooks } from "../../src/runtime/options.js";
import { parse } from "../../src/runtime/parse.js";
import { request } from "../../src/runtime/request.js";
import type { Spec, StreamSpec } from "../../src/runtime/spec.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { hookNames } from "./hook-names.js";
import { events, json, loopback, type Responder, toolAnswer, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };
const spec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};

const unhandled: unknown[] = [];
const collect = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", collect));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", collect);
  expect(unhandled.splice(0)).toEqual([]);
});

/** Says John, in the way that was asked for. */
const sayJohn: Responder = (response, request) => {
  const name: string = request.body.tools[0].function.name;
  const value = name.endsWith("_list") ? { items: [john] } : john;
  const say = request.body.stream === true ? events(toolStream([JSON.stringify(value)], name)) : toolAnswer(value, name);
  return say(response, request);
};

type Shared = Omit<ExtractOptions<never>, "validate" | "transform"> & { readonly validate?: () => never; readonly transform?: () => never };
const kinds: Readonly<Record<string, (options: Shared) => Promise<unknown>>> = {
  extract: (options) => extract(spec, "…", options),
  extractList: (options) => extractList(spec, "…", options),
  stream: (options) => stream(spec, "…", options).result,
  streamList: (options) => streamList(spec, "…", options).result,
  "snapshots of stream": (options) => read(stream(spec, "…", options)),
  "items of streamList": (options) => read(streamList(spec, "…", options)),
};

async function read(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values);
}

function wrong(): never {
  return "wrong" as never;
}

function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail("a value came"),
    (error: unknown) => error,
  );
}

describe.each(Object.entries(kinds))("%s", (kind, run) => {
  test.each([
    ["an error", new TypeError("bug"), "TypeError: bug"],
    ["nothing", undefined, "undefined"],
    ["an object without a text", Object.create(null), "a thing (object) without a text"],
    ["the error of another call", new ApiError("The API answered 429.", { status: 429 }), "ApiError: The API answered 429."],
    ["an error that can't be written to", Object.freeze(new InvalidOutputError([], 1, "")), "InvalidOutputError: "],
  ])("validate and transform that throw %s end the call with it as the cause, after one request", async (_, thrown, text) => {
    await using server = await loopback(sayJohn);
    const fail = (): never => {
      throw thrown;
    };
    const ways = [
      ["validate", { validate: fail }],
      ["validate", { validate: () => Promise.reject(thrown) as never }],
      ["transform", { transform: fail }],
      ["transform", { transform: () => Promise.reject(thrown) as never }],
    ] as const;
    for (const [option, options] of ways) {
      const error = await failure(run({ client: server.client, ...options }));
      expect(error).toMatchObject({ name: "ExtractionError", attempts: [{ outcome: "failed" }], usage: { totalTokens: 15 } });
      expect((error as Error).message).toContain(`Option ${option} threw: ${text}`);
      expect((error as Error).cause).toBe(thrown);
    }
    expect(server.requests).toHaveLength(ways.length);
  });

  test.each([
    0,
    7,
    {},
    [{}],
    new Date(0),
    [{ message: "x" }],
    { path: "age", message: "bad" },
    Symbol("x"),
    [[3]],
    { path: [{}], message: "x" },
  ])("a check that gives back what says nothing (%o) ends the call", async (garbage) => {
    await using server = await loopback(sayJohn);
    const error = await failure(run({ client: server.client, validate: () => garbage as never }));
    expect(error).toMatchObject({ name: "ExtractionError", attempts: [{ attempt: 1 }] });
    expect((error as Error).message).toContain("Option validate threw: TypeError: a check gave back");
  });

  test.each([null, undefined, true, [], [null, true]])("a check that gives back %o finds nothing wrong", async (fine) => {
    await using server = await loopback(sayJohn);
    await run({ client: server.client, validate: () => fine as never });
    expect(server.requests).toHaveLength(1);
  });

  test.each([["one"], ["one", "two"]])("a check may give back sentences in a list: %o", async (...sentences) => {
    await using server = await loopback(sayJohn);
    const error = await failure(run({ client: server.client, maxRetries: 0, validate: () => sentences as never }));
    expect(error).toMatchObject({ name: "InvalidOutputError", issues: sentences.map((message) => ({ path: [], message })) });
  });

  test("hooks of every kind that throw or reject break nothing; onHookError is told of each, and may fail as well", async () => {
    for (const way of ["throws", "rejects"]) {
      const told: string[] = [];
      const fail = (): never => {
        if (way === "rejects") return Promise.reject(new Error("a mistake")) as never;
        throw new Error("a mistake");
      };
      const hooks: Hooks = {
        ...Object.fromEntries(hookNames.map((name) => [name, fail])),
        onHookError({ hook }): never {
          told.push(hook);
          return fail();
        },
      };
      const spoil: Responder = (response, request) => {
        const name: string = request.body.tools[0].function.name;
        const text = server.requests.length === 1 ? "no json" : JSON.stringify({ items: [{}] });
        return (request.body.stream === true ? events(toolStream([text], name)) : toolAnswer(text, name))(response, request);
      };
      await using server = await loopback(spoil);
      const error = await failure(run({ client: server.client, maxRetries: 1, hooks }));
      expect(InvalidOutputError.is(error)).toBe(true);
      const first = ["onRequest", "onUsage", "onResponse", "onParseError", "onRetry"];
      expect(told).toEqual([...first, "onLastAttempt", "onRequest", "onUsage", "onResponse", "onValidationError", "onError"]);
    }
  });

  test.each(["onRequest", "onResponse", "onUsage", "onLastAttempt", "onValidationError", "onRetry", "onError"] as const)(
    "%s that never settles: the time limit and the signal end the call",
    async (hook) => {
      await using server = await loopback(hook === "onRequest" || hook === "onUsage" ? sayJohn : json(200, { choices: [] }));
      const hooks: Hooks = { [hook]: () => new Promise<never>(() => {}) };
      const options = { client: server.client, hooks, validate: wrong, maxRetries: hook === "onLastAttempt" ? 0 : 1 };
      for (const limit of [{ timeout: 60 }, { signal: AbortSignal.timeout(60) }]) {
        const error = await failure(run({ ...options, ...limit }));
        expect(ExtractionError.is(error)).toBe(true);
      }
    },
  );

  test.each(["onRequest", "onResponse", "onUsage", "onValidationError", "onRetry"] as const)(
    "%s that aborts ends the call there",
    async (hook) => {
      await using server = await loopback(sayJohn);
      const abort = new AbortController();
      const reason = new Error("enough");
      const hooks: Hooks = { [hook]: () => abort.abort(reason) };
      // One that is over when it is not valid: every item of the list has been handed out.
      if (hook === "onRetry" && kind === "items of streamList") return;
      const error = await failure(run({ client: server.client, signal: abort.signal, hooks, validate: () => "wrong" as never }));
      expect(error).toMatchObject({ name: "AbortedError", cause: reason });
      expect(server.requests).toHaveLength(hook === "onRequest" ? 0 : 1);
    },
  );
});

test("a hook that fails after its call was aborted is told of all the same", async () => {
  await using server = await loopback(sayJohn);
  const told: unknown[] = [];
  const hooks: Hooks = {
    onResponse: () => new Promise((_, reject) => setTimeout(reject, 80, new Error("late"))),
    onHookError: ({ hook, error }) => void told.push(`${hook} ${String(error)}`),
  };
  await failure(extract(spec, "…", { client: server.client, hooks, timeout: 30 }));
  await expect.poll(() => told).toEqual(["onResponse Error: late"]);
});

test("what onParseError gives back stops nothing", async () => {
  await using server = await loopback(toolAnswer("no json"), sayJohn);
  expect(await extract(spec, "…", { client: server.client, hooks: { onParseError: () => false as never } })).toEqual(john);
});

describe("two checks of a schema, of which one throws while the other rejects", () => {
  const checks: Spec<User>["checks"] = [
    () => Promise.reject(new Error("first")),
    () => {
      throw new Error("second");
    },
  ];

  test("in a call", async () => {
    await using server = await loopback(sayJohn);
    const error = await failure(extract({ ...spec, checks }, "…", { client: server.client }));
    expect(error).toMatchObject({ name: "ExtractionError", message: "Option checks threw: Error: second" });
  });

  test("in parse", () => {
    expect(() => parse({ ...spec, checks }, JSON.stringify(john))).toThrow("Option checks threw: Error: second");
    const both: Spec<User>["checks"] = [checks[0], checks[0]].flatMap((check) => check ?? []);
    expect(() => parse({ ...spec, checks: both }, JSON.stringify(john))).toThrow("asynchronous");
  });
});

describe("what is no input ends the call before anything is sent, with what it is", () => {
  const inputs: readonly (readonly [type: string, input: unknown])[] = [
    ["Undefined", undefined],
    ["Null", null],
    ["Number", 5],
    ["Object", { role: "user", content: "John is 29." }],
    ["Promise", Promise.resolve("John is 29.")],
  ];
  const calls: Readonly<Record<string, (input: ExtractInput, options: Pick<ExtractOptions<never>, "client">) => Promise<unknown>>> = {
    extract: (input, options) => extract(spec, input, options),
    extractList: (input, options) => extractList(spec, input, options),
    stream: (input, options) => stream(spec, input, options).result,
    "items of streamList": (input, options) => read(streamList(spec, input, options)),
    "extract in mode json_object": (input, options) => extract(spec, input, { ...options, mode: "json_object" }),
    request: (input) => request<User, unknown>(spec, input),
  };

  test.each(Object.entries(calls))("%s", async (_, call) => {
    await using server = await loopback(sayJohn);
    for (const [type, input] of inputs) {
      const error = await failure(call(input as never, { client: server.client }));
      expect(error).not.toBeInstanceOf(ApiError);
      expect(error).toBeInstanceOf(ExtractionError);
      expect(error).toMatchObject({ message: `The input is of type ${type}: give a text, or a list of chat messages.` });
    }
    expect(server.requests).toEqual([]);
  });

  test("of many documents it is the one that fails", async () => {
    await using server = await loopback(sayJohn);
    const results: boolean[] = [];
    const call = (input: ExtractInput, options?: ExtractOptions<User>) => extract(spec, input, { client: server.client, ...options });
    for await (const { ok } of extractEach(call, ["one", undefined as never, "three"])) results.push(ok);
    expect(results).toEqual([true, false, true]);
  });
});

test("request tells what an option of the caller threw", async () => {
  const context: { readonly name: string } = undefined as never;
  const instructions = (): string => context.name;
  const error = await failure(request(spec, "…", { instructions }));
  expect(error).toBeInstanceOf(ExtractionError);
  expect(error).toMatchObject({ message: expect.stringContaining("Option instructions threw: TypeError") });
});
