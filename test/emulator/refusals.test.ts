import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { userTool } from "../../generated/user.js";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apiKey: "right" });
});
afterAll(() => emulator.close());

const base = { model: "gpt-oss-120b", messages: [{ role: "user", content: "Hello" }] };
const call = { id: "0123456ab", type: "function", function: { name: "extract_user", arguments: "{}" } };
const loose = { type: "function", function: { name: "loose", strict: false, parameters: { type: "object" } } };

/** What the SDK throws for a body. */
async function refusal(body: Record<string, unknown>, apiKey = "right"): Promise<{ status: number | undefined; error: unknown }> {
  const client = new Cerebras({ apiKey, baseURL: emulator.url, warmTCPConnection: false, maxRetries: 0 });
  try {
    // Wrong on purpose.
    await client.chat.completions.create(body as never);
  } catch (error) {
    if (error instanceof Cerebras.APIError) return { status: error.status, error: error.error };
    throw error;
  }
  throw new Error("not refused");
}

describe("recorded refusals", () => {
  test("a wrong key: 401", async () => {
    expect(await refusal(base, "wrong")).toMatchObject({ status: 401, error: { code: "wrong_api_key" } });
  });

  test("no key at all: 401", async () => {
    const response = await fetch(`${emulator.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(base) });
    expect(response.status).toBe(401);
  });

  test("a model that does not exist: 404", async () => {
    expect(await refusal({ ...base, model: "llama3.1-70b" })).toEqual({
      status: 404,
      error: {
        message: "Model llama3.1-70b does not exist or you do not have access to it.",
        type: "not_found_error",
        param: "model",
        code: "model_not_found",
      },
    });
  });

  test("mixed strict: 400", async () => {
    expect(await refusal({ ...base, tools: [userTool, loose] })).toEqual({
      status: 400,
      error: {
        message: "Tools with mixed values for 'strict' are not allowed. Please set all tools to 'strict: true' or 'strict: false'",
        type: "invalid_request_error",
        param: "tools",
        code: "wrong_api_format",
      },
    });
  });

  test("tool_choice without tools: 400", async () => {
    expect(await refusal({ ...base, tool_choice: "auto" })).toMatchObject({
      status: 400,
      error: { message: "'tool_choice' is only allowed when 'tools' are specified", code: "wrong_api_format" },
    });
  });

  test("tools together with response_format: 400", async () => {
    expect(await refusal({ ...base, tools: [userTool], response_format: { type: "json_object" } })).toMatchObject({
      status: 400,
      error: { message: '"tools" is incompatible with "response_format"', code: "wrong_api_format" },
    });
  });

  test("reasoning_content in the history: 400", async () => {
    const messages = [...base.messages, { role: "assistant", content: "Hi", reasoning_content: "hm" }, { role: "user", content: "And?" }];
    expect(await refusal({ ...base, messages })).toEqual({
      status: 400,
      error: {
        message: "messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' is unsupported",
        type: "invalid_request_error",
        param: "validation_error",
        code: "wrong_api_format",
      },
    });
  });

  test("an unknown reasoning_effort: 400", async () => {
    expect(await refusal({ ...base, reasoning_effort: "minimal" })).toMatchObject({
      status: 400,
      error: { message: "Input should be 'none', 'low', 'medium' or 'high'" },
    });
  });

  test("a bad schema: the door is named by param", async () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const message = "'additionalProperties' is required to be supplied and set to false.";
    const format = { type: "json_schema", json_schema: { name: "x", strict: true, schema } };
    expect(await refusal({ ...base, response_format: format })).toEqual({
      status: 400,
      error: { message, type: "invalid_request_error", param: "response_format", code: "wrong_api_format" },
    });
    const tool = { type: "function", function: { name: "x", strict: true, parameters: schema } };
    expect(await refusal({ ...base, tools: [tool] })).toEqual({
      status: 400,
      error: { message, type: "invalid_request_error", param: "tools", code: "wrong_api_format" },
    });
  });
});

describe("documented refusals: 400", () => {
  const [user] = base.messages;
  const answer = { role: "tool", tool_call_id: call.id, content: "ok" };
  const calls = { role: "assistant", tool_calls: [call] };
  const seeing = { model: "gemma-4-31b" };
  const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } };
  test.each<[string, Record<string, unknown>]>([
    ["an unanswered tool call", { messages: [user, calls, user] }],
    ["an unanswered tool call at the end", { messages: [user, calls] }],
    ["an answer that comes too late", { messages: [user, calls, user, answer] }],
    ["an orphan tool message", { messages: [user, answer] }],
    ["one answer for two calls", { messages: [user, { role: "assistant", tool_calls: [call, { ...call, id: "123456789" }] }, answer] }],
    ["a tool call id used twice", { messages: [user, calls, answer, calls, answer] }],
    ["reasoning_effort none on gpt-oss", { reasoning_effort: "none" }],
    ["disable_reasoning", { disable_reasoning: true }],
    ["raw reasoning with JSON", { reasoning_format: "raw", response_format: { type: "json_object" } }],
    ["max_tokens and max_completion_tokens", { max_tokens: 10, max_completion_tokens: 10 }],
    ["an unknown field", { top_k: 3 }],
    ["an unknown role", { messages: [{ role: "robot", content: "x" }] }],
    ["no messages", { messages: [] }],
    ["a tool name with a space", { tools: [{ type: "function", function: { name: "a b" } }] }],
    ["a choice of a tool that is not there", { tools: [userTool], tool_choice: { type: "function", function: { name: "other" } } }],
    ["a json_schema without a name", { response_format: { type: "json_schema", json_schema: { schema: {} } } }],
    ["raw reasoning of gemma", { model: "gemma-4-31b", reasoning_format: "raw" }],
    ["hidden reasoning of gemma", { model: "gemma-4-31b", reasoning_format: "hidden" }],
    ["a prediction with tools", { tools: [userTool], prediction: { type: "content", content: "{}" } }],
    ["a prediction with logprobs", { logprobs: true, prediction: { type: "content", content: "{}" } }],
    ["a prediction of several choices", { n: 2, prediction: { type: "content", content: "{}" } }],
    ["an unknown service tier", { service_tier: "fast" }],
    ["an image for a model that sees none", { messages: [{ role: "user", content: [image] }] }],
    [
      "an image at an address",
      { ...seeing, messages: [{ role: "user", content: [{ ...image, image_url: { url: "https://a.example/b.png" } }] }] },
    ],
    ["an image of the assistant", { ...seeing, messages: [user, { role: "assistant", content: [image] }] }],
    ["six images", { ...seeing, messages: [{ role: "user", content: [image, image, image, image, image, image] }] }],
    [
      "a part that is neither text nor image",
      { ...seeing, messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] },
    ],
    ["a prompt beyond the context", { messages: [{ role: "user", content: "word ".repeat(120_000) }] }],
  ])("%s", async (_, change) => {
    expect(await refusal({ ...base, ...change })).toMatchObject({ status: 400 });
  });
});

test("images that a model sees are let pass, however large; so are raw reasoning and predictions of those that have them", async () => {
  const client = new Cerebras({ apiKey: "right", baseURL: emulator.url, warmTCPConnection: false, maxRetries: 0 });
  const url = `data:image/jpeg;base64,${"A".repeat(1_000_000)}`;
  const content = [
    { type: "text", text: "What is this?" },
    { type: "image_url", image_url: { url } },
  ];
  const bodies: readonly Record<string, unknown>[] = [
    { model: "gemma-4-31b", messages: [{ role: "user", content }] },
    { ...base, reasoning_format: "raw" },
    { ...base, prediction: { type: "content", content: "{}" }, service_tier: "flex" },
  ];
  for (const body of bodies) expect(await client.chat.completions.create(body as never)).toMatchObject({ choices: [{ index: 0 }] });
});

test("one model, or the 404 of one that is not there", async () => {
  const client = new Cerebras({ apiKey: "right", baseURL: emulator.url, warmTCPConnection: false, maxRetries: 0 });
  expect(await client.models.retrieve("gpt-oss-120b")).toMatchObject({ id: "gpt-oss-120b", object: "model" });
  await expect(client.models.retrieve("llama3.1-70b")).rejects.toMatchObject({ status: 404, error: { code: "model_not_found" } });
});

test("the repair turn of API patch 2 is let pass", async () => {
  const client = new Cerebras({ apiKey: "right", baseURL: emulator.url, warmTCPConnection: false, maxRetries: 0 });
  const completion = await client.chat.completions.create({
    model: base.model,
    messages: [
      { role: "user", content: "Hello" },
      { role: "assistant", tool_calls: [call as never] },
      { role: "tool", tool_call_id: call.id, content: "age: expected integer" },
    ],
    tools: [userTool],
    tool_choice: { type: "function", function: { name: "extract_user" } },
  });
  expect(completion).toMatchObject({ choices: [{ finish_reason: "tool_calls" }] });
});

test("a body beyond 8 MiB: 413", async () => {
  const body = JSON.stringify({ ...base, user: "x".repeat(9 * 1024 * 1024) });
  const response = await fetch(`${emulator.url}/v1/chat/completions`, { method: "POST", headers: { authorization: "Bearer right" }, body });
  expect(response.status).toBe(413);
});

test("a route that does not exist: 404", async () => {
  const response = await fetch(`${emulator.url}/v1/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer right" },
    body: "{}",
  });
  expect(response.status).toBe(404);
});
