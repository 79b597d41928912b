import { afterEach, expect, test, vi } from "vitest";
import { ApiError, extract, ExtractionError, fromProvider, MissingKeyError, parse, InvalidOutputError } from "../../src/runtime/index.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import { loopback, toolAnswer } from "./loopback.js";
import { userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };

afterEach(() => vi.unstubAllEnvs());

test("without a client: one made from the environment, when it is first used, and shared", async () => {
  await using server = await loopback(toolAnswer(john));
  vi.stubEnv("CEREBRAS_API_KEY", "from-env");
  vi.stubEnv("CEREBRAS_BASE_URL", `${server.baseURL}/v1`);
  vi.stubEnv("CEREBRAS_MODEL", "model-from-env");
  await extract(userSpec, "…");
  const details = await extract(userSpec, "…").withDetails();
  expect(details.model).toBe("model-from-env");
  // No warming request, and one connection for both calls.
  expect(server.requests.map(({ body }) => body.model)).toEqual(["model-from-env", "model-from-env"]);
  expect(server.requests[0]?.headers.authorization).toBe("Bearer from-env");
  expect(await server.openConnections()).toBe(1);
});

test("model order: the call's, the client's, the spec's, the environment's", async () => {
  await using server = await loopback(toolAnswer(john));
  vi.stubEnv("CEREBRAS_MODEL", "env");
  const cerebras = fromProvider("cerebras/provider", { apiKey: "k", baseURL: server.baseURL });
  const client = { client: cerebras.client };
  await extract({ ...userSpec, model: "spec" }, "…", { ...cerebras, model: "call" });
  await extract({ ...userSpec, model: "spec" }, "…", cerebras);
  await extract({ ...userSpec, model: "spec" }, "…", client);
  await extract(userSpec, "…", client);
  vi.stubEnv("CEREBRAS_MODEL", "");
  await extract(userSpec, "…", client);
  expect(server.requests.map(({ body }) => body.model)).toEqual(["call", "provider", "spec", "env", "gpt-oss-120b"]);
  // Reasoning is turned down only for models that are known to do it at length.
  expect(server.requests.map(({ body }) => body.reasoning_effort)).toEqual([undefined, undefined, undefined, undefined, "low"]);
});

test("no key: MissingKeyError, with every kind of client, and once there is one it works", async () => {
  await using server = await loopback(toolAnswer(john));
  vi.stubEnv("CEREBRAS_API_KEY", "");
  vi.stubEnv("CEREBRAS_BASE_URL", server.baseURL);
  const { client } = fromProvider("gpt-oss-120b");
  for (const options of [{}, { client }, { client: fetchClient() }]) {
    const error: unknown = await extract(userSpec, "…", options).catch((thrown: unknown) => thrown);
    expect(MissingKeyError.is(error)).toBe(true);
    expect(ExtractionError.is(error) && ApiError.is(error)).toBe(false);
  }
  expect(server.requests).toHaveLength(0);
  vi.stubEnv("CEREBRAS_API_KEY", "k");
  expect(await extract(userSpec, "…", { client })).toEqual(john);
});

test("fromProvider refuses another provider and a retired model, before anything is sent", () => {
  expect(() => fromProvider("openai/gpt-5")).toThrow('write "cerebras/<model>"');
  for (const name of ["cerebras/", "/gpt-oss-120b", ""]) expect(() => fromProvider(name)).toThrow(`"${name}" is no Cerebras model`);
  expect(() => fromProvider("cerebras/llama3.1-70b")).toThrow(
    "llama3.1-70b was retired on 2025-01-17. Live models: gpt-oss-120b, qwen-3.8-27b.",
  );
  expect(fromProvider("cerebras/llama3.1-70b", { baseURL: "http://127.0.0.1:1" }).model).toBe("llama3.1-70b");
});

test("a server that is not there", async () => {
  const error: unknown = await extract(userSpec, "…", {
    client: fetchClient({ apiKey: "k", baseURL: "http://127.0.0.1:1" }),
    maxTransportRetries: 0,
  }).catch((thrown: unknown) => thrown);
  expect(ApiError.is(error) && error.message).toMatch(/could not be reached/);
  const { client } = fromProvider("gpt-oss-120b", { apiKey: "k", baseURL: "http://127.0.0.1:9" });
  const refused: unknown = await extract(userSpec, "…", { client, maxTransportRetries: 1 }).catch((thrown: unknown) => thrown);
  expect(ApiError.is(refused) && refused).toMatchObject({ code: "ECONNREFUSED", attempts: [{}, {}] });
  expect(ApiError.is(refused) && refused.status).toBeUndefined();
});

test("a structural client: an object, a promise of one, or chunks", async () => {
  const whole = {
    id: "x",
    choices: [
      {
        index: 0,
        finish_reason: "tool_calls",
        message: { tool_calls: [{ id: "1", function: { name: "extract_user", arguments: JSON.stringify(john) } }] },
      },
    ],
  };
  for (const create of [() => whole, () => Promise.resolve(whole)]) {
    expect(await extract(userSpec, "…", { client: { chat: { completions: { create } } } })).toEqual(john);
  }
  const client = {
    chat: {
      completions: {
        create: () => {
          throw new Error("sync");
        },
      },
    },
  };
  await expect(extract(userSpec, "…", { client, maxTransportRetries: 0 })).rejects.toBeInstanceOf(ApiError);
});

test("errors are known across copies of the package", () => {
  const foreign = Object.assign(new Error("x"), { [Symbol.for("schemacast.ExtractionError")]: "ApiError" });
  expect([ApiError.is(foreign), ExtractionError.is(foreign), MissingKeyError.is(foreign)]).toEqual([true, true, false]);
  expect([undefined, null, 1, {}, new Error("x")].some((value) => ExtractionError.is(value))).toBe(false);
});

test("parse: an answer obtained elsewhere", () => {
  expect(parse(userSpec, '{"name":"John","age":29}')).toEqual(john);
  for (const [text, path, message] of [
    ["", [], "the answer is empty"],
    ['{"name":"John","age":"29"}', ["age"], "must be integer, is string"],
  ] as const) {
    let error: unknown;
    try {
      parse(userSpec, text, { repair: "strict" });
    } catch (thrown) {
      error = thrown;
    }
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path, message }]);
  }
});
