import { describe, expect, test } from "vitest";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import type { Hooks } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { events, json, loopback, type Responder, toolAnswer, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };
const [a, b, c] = [1, 2, 3].map((age) => ({ name: "abc"[age - 1] ?? "", age }));
const spec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};

function streamed(value: unknown, name = "extract_user"): string {
  return toolStream(JSON.stringify(value).split(/(?<=[,}:])/), name);
}
const items = (...all: readonly unknown[]): string => streamed({ items: all }, "extract_user_list");

/** The connection breaks once the text up to `mark` is sent. */
function broken(text: string, mark: string): Responder {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text.slice(0, text.indexOf("\n\n", text.indexOf(mark)) + 2), () => setTimeout(() => response.destroy(), 20));
  };
}

/** Answers by the model's name. */
function byModel(answers: Readonly<Record<string, Responder>>): Responder {
  return (response, request) => answers[request.body.model]?.(response, request);
}

async function collect<V>(values: AsyncIterable<V>, into: V[] = []): Promise<V[]> {
  for await (const value of values) into.push(value);
  return into;
}

function failure(call: Promise<unknown>): Promise<ExtractionError> {
  return call.then(
    () => expect.fail("a value came"),
    (error: unknown) => (ExtractionError.is(error) ? error : expect.fail(String(error))),
  );
}

const missing = json(404, { message: "no", code: "model_not_found" });

test("a model that is named twice is asked twice, and no more", async () => {
  await using server = await loopback(missing);
  const error = await failure(extract(spec, "…", { client: server.client, model: "a", fallbackModels: ["b", "a", "a"] }));
  expect(error.attempts?.map(({ model }) => model)).toEqual(["a", "b", "a", "a"]);
  expect(server.requests).toHaveLength(4);
});

describe.each(["sdk", "fetch"] as const)("another model (%s)", (client) => {
  const clientOf = (server: Awaited<ReturnType<typeof loopback>>): { readonly client: typeof server.client } => ({
    client: client === "sdk" ? server.client : fetchClient({ apiKey: "k", baseURL: server.baseURL }),
  });
  const models = { model: "a", fallbackModels: ["b"], maxTransportRetries: 0 };

  test("after a stream of an object broke: snapshots begin anew, both are told of", async () => {
    await using server = await loopback(byModel({ a: broken(streamed(john), "29"), b: events(streamed(john)) }));
    const retries: string[] = [];
    const hooks: Hooks = { onRetry: ({ reason }) => void retries.push(reason.name) };
    const users = stream(spec, "…", { ...clientOf(server), ...models, hooks });
    const result = users.withDetails();
    expect((await collect(users)).at(-1)).toEqual(john);
    const { attempts, usage, model } = await result;
    expect(attempts).toMatchObject([
      { model: "a", outcome: "failed", error: { name: "StreamProtocolError" } },
      { model: "b", outcome: "ok" },
    ]);
    expect(usage?.totalTokens).toBe(15);
    expect(model).toBe("b");
    expect(retries).toEqual(["StreamProtocolError"]);
  });

  test("after a stream of an object broke: its parts that were handed out can't be taken back, and their reader is told why", async () => {
    await using server = await loopback(byModel({ a: broken(streamed(john), "29"), b: events(streamed(john)) }));
    const users = stream(spec, "…", { ...clientOf(server), ...models });
    const result = users.result;
    const error = await failure(collect(users.fields()));
    expect(error).toMatchObject({ name: "ExtractionError", cause: { name: "StreamProtocolError" } });
    expect(await result).toEqual(john);
  });

  test("after a stream of a list broke: what was handed out is not asked for again", async () => {
    await using server = await loopback(byModel({ a: broken(items(a, b, c), "2}"), b: events(items(c)) }));
    const users = streamList(spec, "…", { ...clientOf(server), ...models });
    const seen = await collect(users);
    expect(seen).toEqual([a, b, c]);
    expect(await users.result).toEqual(seen);
    const told = server.requests[1]?.body.messages[2].tool_calls[0].function.arguments;
    expect(JSON.parse(told).items).toEqual([a, b]);
  });

  test.each([
    ["404", missing, "ApiError"],
    ["429", json(429, { message: "full" }), "ApiError"],
    ["silence", () => {}, "TimeoutError"],
    ["an answer that stays invalid", toolAnswer({ name: 1 }), "InvalidOutputError"],
    ["no tool call", json(200, { choices: [{ index: 0, finish_reason: "stop", message: { content: "no" } }] }), "NoToolCallError"],
  ] as const)("after %s", async (_, first, name) => {
    await using server = await loopback(byModel({ a: first, b: toolAnswer(john) }));
    const call = extract(spec, "…", { ...clientOf(server), ...models, maxRetries: 1, idleTimeout: 150 });
    const { value, attempts } = await call.withDetails();
    expect(value).toEqual(john);
    expect(attempts[0]).toMatchObject({ model: "a", error: { name } });
    expect(attempts.at(-1)).toMatchObject({ model: "b", outcome: "ok" });
    expect(attempts).toHaveLength(server.requests.length);
    // The second model is asked afresh: it has not said what the first one did.
    expect(server.requests.at(-1)?.body.messages).toHaveLength(2);
  });

  test("that fails too: the error is the last one's, with all attempts and their tokens", async () => {
    await using server = await loopback(byModel({ a: toolAnswer({ name: 1 }), b: toolAnswer("no json") }));
    const error = await failure(extract(spec, "…", { ...clientOf(server), ...models, maxRetries: 1 }));
    expect(error).toMatchObject({ name: "InvalidOutputError", model: "b", usage: { totalTokens: 60 } });
    expect(error.attempts?.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      "a invalid",
      "a invalid",
      "b invalid",
      "b invalid",
    ]);
  });

  test("is not asked once maxTotalTokens is used up", async () => {
    await using server = await loopback(byModel({ a: toolAnswer({ name: 1 }), b: toolAnswer(john) }));
    const error = await failure(extract(spec, "…", { ...clientOf(server), ...models, maxRetries: 1, maxTotalTokens: 30 }));
    expect(error).toMatchObject({ name: "LimitExceededError", limit: 30, used: 30, cause: { name: "InvalidOutputError" } });
    expect(server.requests.map(({ body }) => body.model)).toEqual(["a", "a"]);
  });

  test("after tools failed to parse and json_schema as well: the mode begins anew, with the items that were handed out", async () => {
    const fault = { error: { message: "no", type: "generation_error", code: "parser_error" }, status_code: 400 };
    const text = items(a, b);
    await using server = await loopback(
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(text.slice(0, text.indexOf("\n\n", text.indexOf("1}")) + 2));
        setTimeout(() => response.end(`data: ${JSON.stringify(fault)}\n\n`), 20);
      },
      json(400, fault.error),
      events(items(b)),
    );
    const seen: User[] = [];
    const users = streamList(spec, "…", { ...clientOf(server), ...models, maxRetries: 1 });
    expect(await collect(users, seen)).toEqual([a, b]);
    const { attempts } = await users.withDetails();
    expect(attempts.map(({ model, mode }) => `${model} ${mode}`)).toEqual(["a tools", "a json_schema", "b tools"]);
    for (const { body } of server.requests.slice(1)) expect(JSON.stringify(body.messages)).toContain("after these 1 items");
  });
});

const rest = (...all: readonly unknown[]): Responder => toolAnswer({ items: all }, "extract_user_list");

test("a list that was cut off, then not valid, then asked of another model: whole items are kept all along", async () => {
  const cut = json(200, {
    choices: [
      {
        index: 0,
        finish_reason: "length",
        message: { tool_calls: [{ id: "x", function: { name: "extract_user_list", arguments: '{"items":[{"name":"a","age":1},{"na' } }] },
      },
    ],
  });
  await using server = await loopback(cut, rest({ name: 1 }), missing, rest(b, c));
  const options = { client: server.client, model: "a", fallbackModels: ["b"], onTruncated: "continue" } as const;
  expect(await extractList(spec, "…", options)).toEqual([a, b, c]);
});
