import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { dataLines, recordedRequest, recordedResponse, shapeOf } from "./recorded.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const post = (body: unknown): Promise<Response> =>
  fetch(`${emulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Shapes of chunks in order, equal neighbours as one; `time_info` and `usage` may have their members in any order. */
function shapes(sse: string): string[] {
  const all = dataLines(sse).map((line) => (line === "[DONE]" ? line : JSON.stringify(shapeOf(sortLast(JSON.parse(line))))));
  return all.filter((shape, index) => shape !== all[index - 1]);
}

function sortLast(chunk: Record<string, unknown>): Record<string, unknown> {
  const sorted = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, member]): [string, unknown] => [key, sorted(member)])
            .sort(([left], [right]) => (left < right ? -1 : 1)),
        )
      : value;
  return Object.fromEntries(
    Object.entries(chunk).map(([key, member]) => [key, key === "usage" || key === "time_info" ? sorted(member) : member]),
  );
}

describe("a stream has the chunks of the recorded one, member for member", () => {
  test.each([
    "jp-chat-stream-gpt-oss",
    "jp-chat-stream-gemma-auto",
    "jp-structured-output-stream-gpt-oss",
    "jp-tool-forced-function-gpt-oss.1",
    "jp-tool-auto-stream-gpt-oss.1",
    "jp-tool-required-noreason-gpt-oss.1",
  ])("%s", async (name) => {
    const response = await post(recordedRequest(name));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("inference-id")).toMatch(/^chatcmpl-[0-9a-f-]{36}$/);
    expect(response.headers.get("x-ratelimit-remaining-tokens-minute")).toMatch(/^\d+$/);
    expect(shapes(await response.text())).toEqual(shapes(recordedResponse(name)));
  });
});

/** The ids in one answer. */
const ids = async (): Promise<Set<unknown>> => {
  const text = await (await post(recordedRequest("jp-chat-stream-gpt-oss"))).text();
  const chunks = dataLines(text).filter((line) => line !== "[DONE]");
  return new Set(chunks.map((line) => (JSON.parse(line) as { id: unknown }).id));
};

test("every chunk of one answer has the same id, and two answers differ", async () => {
  const [first, second] = [await ids(), await ids()];
  expect(first.size).toBe(1);
  expect(second.size).toBe(1);
  expect(first).not.toEqual(second);
});

test("an answer that is not streamed has the members of the recorded one", async () => {
  const { stream: _, ...body } = recordedRequest("jp-tool-forced-function-gpt-oss.1");
  const response = await post(body);
  expect(response.headers.get("content-type")).toBe("application/json");
  const recorded = JSON.parse(recordedResponse("vercel-glm47-tools-and-json_schema-turn1")) as Record<string, unknown>;
  expect(shapeOf(await response.json())).toEqual(shapeOf(recorded));
});

test("the model lists", async () => {
  const models = await fetch(`${emulator.url}/v1/models`, { headers: { authorization: "Bearer key" } });
  const recorded = JSON.parse(recordedResponse("jp-models-list.1")) as { data: unknown[] };
  const served = (await models.json()) as { data: unknown[] };
  expect(served.data).toEqual(expect.arrayContaining(recorded.data));
  expect((await fetch(`${emulator.url}/v1/models`)).status).toBe(401);
  const open = await fetch(`${emulator.url}/public/v1/models`);
  expect(await open.json()).toEqual(JSON.parse(recordedResponse("jp-models-list.2")));
});

test("the warming request", async () => {
  const response = await fetch(`${emulator.url}/v1/tcp_warming`, { headers: { authorization: "Bearer key" } });
  expect(response.status).toBe(200);
});
