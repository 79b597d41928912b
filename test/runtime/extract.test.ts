import { expect, test } from "vitest";
import { ApiError } from "../../src/runtime/errors/api-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { PlainReader } from "../../src/runtime/call/plain-reader.js";
import { startCall } from "../../src/runtime/call/start-call.js";
import { withDetails } from "../../src/runtime/call/with-details.js";
import { streamExchange } from "../../src/runtime/call/stream-exchange.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { completion, events, json, loopback, toolAnswer, toolStream } from "./loopback.js";
import { userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };

test("a value, validated, and what is known about it", async () => {
  await using server = await loopback(toolAnswer(john));
  const details = await extract(userSpec, "John is 29.", { client: server.client }).withDetails();
  expect(details).toMatchObject({
    value: john,
    model: "gpt-oss-120b",
    usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15, reasoningTokens: 2, cachedTokens: 0 },
    timing: { queueTime: 0.1, totalTime: 0.7 },
    requestId: "req-1",
    rateLimit: { remainingTokensMinute: 999 },
    attempts: [{ attempt: 1, outcome: "ok", mode: "tools", finishReason: "tool_calls" }],
  });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.headers).toMatchObject({ "x-cerebras-version-patch": "2" });
  expect(server.requests[0]?.body).toEqual({
    model: "gpt-oss-120b",
    tools: [userSpec.wire.one],
    tool_choice: { type: "function", function: { name: "extract_user" } },
    reasoning_format: "parsed",
    reasoning_effort: "low",
    messages: [
      { role: "system", content: "Extract a User from the text." },
      { role: "user", content: "John is 29." },
    ],
  });
});

test("a list", async () => {
  await using server = await loopback(toolAnswer({ items: [john, john] }, "extract_user_list"));
  expect(await extractList(userSpec, "…", { client: server.client })).toEqual([john, john]);
});

test("json_schema mode reads the content", async () => {
  await using server = await loopback(completion({ role: "assistant", content: JSON.stringify(john) }));
  expect(await extract(userSpec, "…", { client: server.client, mode: "json_schema" })).toEqual(john);
  expect(server.requests[0]?.body.response_format).toEqual({
    type: "json_schema",
    json_schema: {
      name: "extract_user",
      description: "A person named in the text.",
      strict: true,
      schema: userSpec.wire.one.function.parameters,
    },
  });
});

test("an invalid answer is asked for again: the model sees its own JSON with the fault at its place, in a tool message", async () => {
  await using server = await loopback(toolAnswer({ name: "John", age: "29" }), toolAnswer({ name: "John" }), toolAnswer(john));
  const { value, attempts, usage } = await extract(userSpec, "John is 29.", { client: server.client }).withDetails();
  expect(value).toEqual(john);
  expect(attempts.map(({ outcome }) => outcome)).toEqual(["invalid", "invalid", "ok"]);
  expect(attempts[0]?.issues).toEqual([{ path: ["age"], message: "must be integer, is string", expected: "integer", received: '"29"' }]);
  expect(usage?.totalTokens).toBe(45);
  const [, second, third] = server.requests;
  expect(second?.body.messages.slice(2)).toEqual([
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "abc123def", type: "function", function: { name: "extract_user", arguments: '{"name":"John","age":"29"}' } }],
    },
    { role: "tool", tool_call_id: "abc123def", content: expect.stringContaining('  "age": "29"  // must be integer, is string\n') },
  ]);
  // Only the last failure is kept.
  expect(third?.body.messages).toHaveLength(4);
  expect(third?.body.messages[3].content).toContain('{  // property "age" is missing\n');
});

test("out of retries: the error holds the value, the issues and every attempt", async () => {
  await using server = await loopback(toolAnswer({ name: "John", age: "29" }));
  const error: unknown = await extract(userSpec, "…", { client: server.client, maxRetries: 1 }).catch((thrown: unknown) => thrown);
  expect(InvalidOutputError.is(error) && error).toMatchObject({
    name: "InvalidOutputError",
    value: { name: "John", age: "29" },
    model: "gpt-oss-120b",
    usage: { totalTokens: 30 },
    attempts: [{ outcome: "invalid" }, { outcome: "invalid" }],
  });
});

test("an error goes into a log as JSON, with the attempts' errors in short", async () => {
  await using server = await loopback(toolAnswer({ name: 5 }), toolAnswer({ name: 6 }));
  const error = await extract(userSpec, "…", { client: server.client, maxRetries: 1 }).catch((thrown: unknown) => thrown);
  const logged: unknown = JSON.parse(JSON.stringify({ level: "error", error }));
  const { message, issues } = error as InvalidOutputError;
  const brief = { name: "InvalidOutputError", message: expect.any(String), issues: expect.any(Array) };
  expect(logged).toMatchObject({
    error: {
      name: "InvalidOutputError",
      message,
      issues,
      text: '{"name":6}',
      value: { name: 6 },
      attempts: [{ error: brief }, { error: brief }],
    },
  });
});

test("a 401 is told at once", async () => {
  await using server = await loopback(
    json(401, { message: "Wrong API Key", type: "invalid_request_error", param: "api_key", code: "wrong_api_key" }),
  );
  const error: unknown = await extract(userSpec, "…", { client: server.client }).catch((thrown: unknown) => thrown);
  expect(ApiError.is(error) && error).toMatchObject({ status: 401, code: "wrong_api_key", message: "The API answered 401: Wrong API Key" });
  expect(server.requests).toHaveLength(1);
});

test("over a stream", async () => {
  await using server = await loopback(events(toolStream(['{"na', 'me":"John","a', 'ge":29}'])));
  const finished = startCall({
    spec: userSpec,
    shape: "one",
    input: "…",
    options: { client: server.client },
    reader: new PlainReader(userSpec, "one"),
    exchange: streamExchange,
  });
  expect(await withDetails(finished)).toMatchObject({ value: john, reasoning: "Let me see", usage: { totalTokens: 15 }, warnings: [] });
  expect(server.requests[0]?.body.stream).toBe(true);
});
