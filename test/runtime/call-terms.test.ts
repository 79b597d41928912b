import { afterEach, describe, expect, test, vi } from "vitest";
import { extract } from "../../src/runtime/extract.js";
import type { Hooks } from "../../src/runtime/options.js";
import { request } from "../../src/runtime/request.js";
import { stream } from "../../src/runtime/stream.js";
import { json, loopback, type Responder, toolAnswer } from "./loopback.js";
import { fakeClient } from "../stream/fake-client.js";
import { userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };
const handler = {
  plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } },
} as const;

afterEach(() => vi.unstubAllEnvs());

const busy = (status: number): Responder => json(status, { message: "no", code: "x" }, { "retry-after": "0" });
const silent: Responder = () => {};

async function effortFor(model: string, reasoningEffort?: "none" | "high"): Promise<unknown> {
  return (await request(userSpec, "…", { model, ...(reasoningEffort && { reasoningEffort }) })).body["reasoning_effort"];
}

async function bodyOf(input: string): Promise<string> {
  return JSON.stringify((await request(userSpec, input)).body);
}

describe("fallback models", () => {
  const retired = json(404, { message: "gone", type: "not_found_error", param: "model", code: "model_not_found" });
  test.each<[string, Responder, number]>([
    ["404: the model is missing", retired, 1],
    ["429: too many requests", busy(429), 2],
    ["503: overloaded", busy(503), 2],
    ["no answer in time", silent, 2],
    ["out of retries", toolAnswer({ name: "John" }), 2],
  ])("%s", async (_, first, times) => {
    await using server = await loopback(...Array.from({ length: times }, () => first), toolAnswer(john));
    // A busy machine may take long for its first answer.
    const idleTimeout = first === silent ? 60 : 10_000;
    const options = { client: server.client, fallbackModels: ["b"], maxRetries: 1, maxTransportRetries: 1, idleTimeout };
    const { value, model, attempts } = await extract(userSpec, "…", { ...options, model: "a" }).withDetails();
    expect(value).toEqual(john);
    expect(model).toBe("b");
    expect(attempts.map((one) => one.model)).toEqual([...Array.from({ length: times }, () => "a"), "b"]);
    expect(attempts.slice(0, -1).every(({ error }) => error !== undefined)).toBe(true);
  });

  test("not where another model would be refused alike", async () => {
    await using server = await loopback(json(401, { message: "no", code: "wrong_api_key" }));
    await expect(extract(userSpec, "…", { client: server.client, fallbackModels: ["b"] })).rejects.toMatchObject({ status: 401 });
    expect(server.requests).toHaveLength(1);
  });
});

test("reasoning effort: by the model where the call does not say", async () => {
  expect(await effortFor("gpt-oss-120b")).toBe("low");
  expect(await effortFor("qwen-3.8-27b")).toBe("low");
  // Reasons only when asked (cerebras/api.md 4); not known.
  expect(await effortFor("gemma-4-31b")).toBeUndefined();
  expect(await effortFor("somebody-elses")).toBeUndefined();
  expect(await effortFor("gpt-oss-120b", "high")).toBe("high");
});

test("what never changes comes first, so that the provider's cache of prefixes holds it", async () => {
  const [one, two] = [await bodyOf("Ada, 36"), await bodyOf("Bob, 29")];
  expect(one.slice(0, one.indexOf("Ada"))).toBe(two.slice(0, two.indexOf("Bob")));
  for (const part of [JSON.stringify(userSpec.wire.one), JSON.stringify(userSpec.instructions)])
    expect(one.indexOf(part)).toBeLessThan(one.indexOf("Ada"));
});

test("the client made from the environment sends the request and nothing else: no warming of the connection", async () => {
  await using server = await loopback(toolAnswer(john));
  vi.stubEnv("CEREBRAS_API_KEY", "k");
  vi.stubEnv("CEREBRAS_BASE_URL", server.baseURL);
  await extract(userSpec, "…");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.requests.map(({ body }) => body?.model)).toEqual(["gpt-oss-120b"]);
});

test("in a stream the hooks tell of a restart, and the snapshots begin anew", async () => {
  const told: string[] = [];
  const hooks: Hooks = {
    onRequest: ({ attempt }) => void told.push(`request ${attempt}`),
    onValidationError: ({ issues }) => void told.push(issues.map(({ message }) => message).join()),
    onRetry: ({ attempt, reason }) => void told.push(`retry ${attempt} ${reason.name}`),
    onResponse: ({ attempt, finishReason }) => void told.push(`response ${attempt} ${finishReason}`),
  };
  const client = fakeClient(['{"name":"Jo', 'hn","age":29.5}'], ['{"name":"Jo', 'hn","age":29}']);
  const users = stream({ ...userSpec, handler }, "…", { client, hooks });
  for await (const partial of users) told.push(JSON.stringify(partial));
  expect(told).toEqual([
    "request 1",
    '{"name":"Jo"}',
    '{"name":"John","age":29.5}',
    "response 1 tool_calls",
    "must be integer, is 29.5",
    "retry 2 InvalidOutputError",
    "request 2",
    '{"name":"Jo"}',
    '{"name":"John","age":29}',
    "response 2 tool_calls",
  ]);
  expect(await users.result).toEqual(john);
});

test("the context is typed as it is given", async () => {
  await using server = await loopback(toolAnswer(john));
  const { client } = server;
  const context = { oldest: 120 };
  const value = await extract(userSpec, "…", {
    client,
    context,
    instructions: ({ oldest }) => `Nobody is older than ${oldest}.`,
    validate: (user, { oldest }) => user.age <= oldest,
    transform: (user, { oldest }) => ({ ...user, age: Math.min(user.age, oldest) }),
  });
  expect(value).toEqual(john);
  expect(server.requests[0]?.body.messages[0].content).toBe("Nobody is older than 120.");
  // @ts-expect-error -- the context has no such member
  await extract(userSpec, "…", { client, context, validate: (user, { youngest }) => user.age >= youngest }).catch(() => {});
});
