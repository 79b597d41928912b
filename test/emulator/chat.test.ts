import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userTool } from "../../generated/user.js";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

type Completion = Cerebras.ChatCompletion.ChatCompletionResponse;
type Chunk = Cerebras.ChatCompletion.ChatChunkResponse;

let emulator: Emulator;
let client: Cerebras;

beforeAll(async () => {
  emulator = await startEmulator({
    replies: [{ name: "User", input: "John Smith is 29 years old.", value: { name: "John Smith", age: 29 } }],
  });
  client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false, maxRetries: 0 });
});
afterAll(() => emulator.close());

const request = {
  model: "gpt-oss-120b",
  messages: [{ role: "user", content: "John Smith is 29 years old." }],
  // The SDK's type of a tool is narrower than ours in unknown members only.
  tools: [userTool as never],
  tool_choice: { type: "function", function: { name: "extract_user" } },
} as const;

test("a forced tool call gets the recorded reply", async () => {
  const completion = (await client.chat.completions.create({
    ...request,
    messages: [...request.messages],
    tools: [...request.tools],
  })) as Completion;
  expect(completion).toMatchObject({
    object: "chat.completion",
    choices: [{ finish_reason: "tool_calls", message: { role: "assistant" } }],
  });
  const [call] = completion.choices[0]?.message.tool_calls ?? [];
  expect(call?.id).toMatch(/^[0-9a-f]{9}$/);
  expect(call?.function.name).toBe("extract_user");
  expect(JSON.parse(call?.function.arguments ?? "")).toEqual({ name: "John Smith", age: 29 });
});

test("the same call streamed: name first, then arguments in pieces, usage in the last chunk", async () => {
  const stream = await client.chat.completions.create({
    ...request,
    messages: [...request.messages],
    tools: [...request.tools],
    stream: true,
  });
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk as Chunk);
  const calls = chunks.flatMap((chunk) => chunk.choices?.[0]?.delta?.tool_calls ?? []);
  expect(calls[0]).toMatchObject({ index: 0, function: { name: "extract_user", arguments: "" } });
  expect(calls.length).toBeGreaterThan(2);
  expect(JSON.parse(calls.map((call) => call.function.arguments).join(""))).toEqual({ name: "John Smith", age: 29 });
  expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: "tool_calls" }], usage: { total_tokens: expect.any(Number) } });
});

test("tools that a scenario calls are named as replies are; what was not offered is called as it stands", async () => {
  const bare = { type: "object", properties: {} };
  const named = (["extract_GoogleSearch", "extract_Weather"] as const).map((name) => ({
    type: "function" as const,
    function: { name, parameters: bare },
  }));
  emulator.enqueue({
    calls: [
      { name: "extract_google_search", value: { query: "fox" } },
      { name: "Weather", value: {} },
      { name: "book_flight", value: {} },
    ],
  });
  const completion = (await client.chat.completions.create({
    ...request,
    messages: [...request.messages],
    tools: named,
    tool_choice: "required",
  })) as Completion;
  const names = completion.choices[0]?.message.tool_calls?.map((call) => call.function.name);
  expect(names).toEqual(["extract_GoogleSearch", "extract_Weather", "book_flight"]);
});
