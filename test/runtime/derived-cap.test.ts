import { expect, test } from "vitest";
import { extract, extractList } from "../../src/runtime/extract.js";
import { request } from "../../src/runtime/request.js";
import { stream } from "../../src/runtime/stream.js";
import { completion, json, loopback, toolAnswer } from "./loopback.js";
import { userSpec } from "./user-spec.js";

const spec = { ...userSpec, bound: 100 };
const john = { name: "John", age: 29 };
const maxCompletionTokens = "schema";
const cutOff = completion({ role: "assistant", content: "", reasoning: "Hmm." }, "length");

async function capOf(options: Parameters<typeof request>[2], of = spec): Promise<unknown> {
  return (await request(of, "…", { maxCompletionTokens, ...options })).body["max_completion_tokens"];
}

test("the schema's bound, the answer's frame, and room for reasoning by its effort", async () => {
  expect(await capOf({})).toBe(100 + 64 + 1024);
  expect(await capOf({ reasoningEffort: "none" })).toBe(100 + 64);
  expect(await capOf({ reasoningEffort: "medium" })).toBe(100 + 64 + 8192);
  // A model that is not known may reason by itself.
  expect(await capOf({ model: "somebody-elses" })).toBe(100 + 64 + 1024);
});

test("none where nothing bounds the answer: no bound, a list, reasoning at length; a number is the caller's own", async () => {
  expect(await capOf({}, userSpec as typeof spec)).toBeUndefined();
  expect(await capOf({ shape: "list" })).toBeUndefined();
  expect(await capOf({ reasoningEffort: "high" })).toBeUndefined();
  expect(await capOf({ maxCompletionTokens: 5 })).toBe(5);
  expect((await request(spec, "…")).body).not.toHaveProperty("max_completion_tokens");
});

test("an answer that it cuts off is asked for once more without it, and both are on record", async () => {
  await using server = await loopback(cutOff, toolAnswer(john));
  const { value, attempts, usage } = await extract(spec, "…", { client: server.client, maxCompletionTokens }).withDetails();
  expect(value).toEqual(john);
  expect(server.requests.map(({ body }) => body.max_completion_tokens)).toEqual([1188, undefined]);
  expect(attempts.map(({ attempt, outcome, finishReason, error }) => [attempt, outcome, finishReason, error?.name])).toEqual([
    [1, "failed", "length", "TruncatedError"],
    [2, "ok", "tool_calls", undefined],
  ]);
  expect(usage?.totalTokens).toBe(30);
});

test("once: an answer that is cut off without it is a TruncatedError, and so is one under the caller's own cap", async () => {
  await using server = await loopback(cutOff);
  const { client } = server;
  await expect(extract(spec, "…", { client, maxCompletionTokens })).rejects.toMatchObject({ name: "TruncatedError" });
  expect(server.requests).toHaveLength(2);
  await expect(extract(spec, "…", { client, maxCompletionTokens: 50 })).rejects.toMatchObject({ name: "TruncatedError" });
  expect(server.requests).toHaveLength(3);
  await expect(extractList(spec, "…", { client, maxCompletionTokens })).rejects.toMatchObject({ name: "TruncatedError" });
  expect(server.requests).toHaveLength(4);
});

test("what is asked for later in the same call stays without it", async () => {
  const busy = json(503, { message: "busy" }, { "retry-after": "0" });
  await using server = await loopback(cutOff, busy, toolAnswer({ name: "John" }), toolAnswer(john));
  expect(await extract(spec, "…", { client: server.client, maxCompletionTokens })).toEqual(john);
  expect(server.requests.map(({ body }) => body.max_completion_tokens)).toEqual([1188, undefined, undefined, undefined]);
});

test("in streams too", async () => {
  await using server = await loopback(cutOff, toolAnswer(john));
  const handler = {
    plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } },
  } as const;
  const users = stream({ ...spec, handler }, "…", { client: server.client, maxCompletionTokens });
  expect(await users.result).toEqual(john);
  expect(server.requests.map(({ body }) => body.max_completion_tokens)).toEqual([1188, undefined]);
});
