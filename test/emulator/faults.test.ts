import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator, type Scenario } from "../../src/emulator/index.js";
import { dataLines, recordedResponse } from "./recorded.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const tool = {
  type: "function",
  function: {
    name: "extract_user",
    strict: true,
    parameters: {
      type: "object",
      properties: { name: { type: "string" }, age: { type: "integer" } },
      required: ["name", "age"],
      additionalProperties: false,
    },
  },
};
const call = { tools: [tool], tool_choice: { type: "function", function: { name: "extract_user" } } };

/** Headers hold no character beyond Latin-1. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Posts a request under a scenario given as a header. */
function post(scenario: Scenario, body: object = call, signal?: AbortSignal): Promise<Response> {
  return fetch(`${emulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer key", "x-emulator-scenario": asciiJson(scenario) },
    body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "Ada is 36" }], ...body }),
    ...(signal && { signal }),
  });
}

const stream = (scenario: Scenario, body: object = call): Promise<Response> => post(scenario, { ...body, stream: true });

interface Message {
  readonly content?: string;
  readonly reasoning?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
}

async function choice(scenario: Scenario, body: object = call): Promise<{ readonly finish_reason: string; readonly message: Message }> {
  const completion = (await (await post(scenario, body)).json()) as { choices: { finish_reason: string; message: Message }[] };
  const [first] = completion.choices;
  if (!first) throw new Error("no choice");
  return first;
}

const last = async (scenario: Scenario, count: number): Promise<string[]> => dataLines(await (await stream(scenario)).text()).slice(-count);

const withHeaders = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${emulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer key", ...headers },
    body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "x" }], stream: true }),
  });

describe("instead of an answer", () => {
  test("a status with its recorded body and retry-after", async () => {
    const response = await post({ fault: { kind: "status", status: 429, retryAfter: 3600 } });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("3600");
    expect(await response.json()).toMatchObject({ type: "too_many_requests_error", code: "request_quota_exceeded", param: "quota" });
  });

  test.each([
    [400, "parser_error", "generation_error"],
    [400, "wrong_api_format", "invalid_request_error"],
    [429, "token_quota_exceeded", "too_many_tokens_error"],
    [429, "queue_exceeded", "too_many_requests_error"],
  ])("%i picked by code %s", async (status, code, type) => {
    const response = await post({ fault: { kind: "status", status, code } });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, type });
  });

  test.each([400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 503])("%i has a flat body", async (status) => {
    const response = await stream({ fault: { kind: "status", status } });
    expect(response.status).toBe(status);
    expect(Object.keys((await response.json()) as object)).toEqual(["message", "type", "param", "code"]);
  });

  test("HTML with 200", async () => {
    const response = await stream({ fault: { kind: "html" } });
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  test("a recorded stream, byte for byte, whatever the write boundaries", async () => {
    const body = recordedResponse("jp-tool-auto-stream-gpt-oss.1");
    for (const writeSize of [undefined, 1000, 97]) {
      emulator.enqueue({ fault: { kind: "raw", body }, ...(writeSize !== undefined && { writeSize }) });
      const replayed = await fetch(`${emulator.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: "Bearer key" },
        body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "x" }], stream: true }),
      });
      expect(await replayed.text()).toBe(body);
    }
  });
});

describe("what the model says", () => {
  test("arguments that are cut or no JSON", async () => {
    for (const style of ["cut", "garbage"] as const) {
      const { message } = await choice({ fault: { kind: "malformed-json", style } });
      expect(() => JSON.parse(message.tool_calls?.[0]?.function.arguments ?? "{}") as unknown).toThrow(SyntaxError);
    }
  });

  test("a value that breaks the schema, then a good one", async () => {
    emulator.enqueue({ fault: { kind: "invalid-value" } }, {});
    const values = [await choice({}), await choice({})].map(
      ({ message }) => JSON.parse(message.tool_calls?.[0]?.function.arguments ?? "") as object,
    );
    expect(values[0]).toMatchObject({ name: { unexpected: true }, age: expect.any(Number) });
    expect(values[1]).toMatchObject({ name: expect.any(String), age: expect.any(Number) });
  });

  test("text instead of a call", async () => {
    const { finish_reason, message } = await choice({ fault: { kind: "no-tool-call", text: "No user here." } });
    expect(finish_reason).toBe("stop");
    expect(message).not.toHaveProperty("tool_calls");
    expect(message.content).toBe("No user here.");
  });

  test("a second call", async () => {
    const { message } = await choice({ fault: { kind: "second-tool-call", value: { name: "Bo", age: 3 } } });
    const [first, second] = message.tool_calls ?? [];
    expect(second?.function).toEqual({ name: "extract_user", arguments: '{"name":"Bo","age":3}' });
    expect(second?.id).not.toBe(first?.id);
  });

  test("a second call in a stream has index 1", async () => {
    const text = await (await stream({ fault: { kind: "second-tool-call" } })).text();
    const indices = new Set(text.match(/"type":"function"(?:,"id":"[0-9a-f]{9}")?,"index":(\d)/g)?.map((part) => part.at(-1)));
    expect([...indices]).toEqual(["0", "1"]);
  });

  test("another tool's name", async () => {
    const { message } = await choice({ fault: { kind: "wrong-tool-name", name: "book_flight" } });
    expect(message.tool_calls?.[0]?.function.name).toBe("book_flight");
  });

  test("finish_reason length, with and without content", async () => {
    const cut = await choice({ value: { name: "Ada", age: 36 }, fault: { kind: "finish-length", after: 9 } });
    expect(cut).toMatchObject({ finish_reason: "length", message: { tool_calls: [{ function: { arguments: '{"name":"' } }] } });
    const empty = await choice({ fault: { kind: "finish-length", after: 0 } });
    expect(empty.finish_reason).toBe("length");
    expect(Object.keys(empty.message)).toEqual(["reasoning", "role"]);
  });

  test("content_filter", async () => {
    expect(await choice({ fault: { kind: "content-filter" } })).toMatchObject({ finish_reason: "content_filter" });
  });

  test("nothing", async () => {
    const { message } = await choice({ reasoning: "", fault: { kind: "empty-answer" } });
    expect(message).toEqual({ role: "assistant" });
  });

  test("layouts of the JSON", async () => {
    const value = { a: [1, 2], b: "x [ \n y" };
    const text = async (layout: "compact" | "spaced" | "pretty"): Promise<string> =>
      (await choice({ value, layout })).message.tool_calls?.[0]?.function.arguments ?? "";
    expect(await text("compact")).toBe('{"a":[1,2],"b":"x [ \\n y"}');
    expect(await text("spaced")).toBe('{"a": [1, 2], "b": "x [ \\n y"}');
    expect(await text("pretty")).toBe(JSON.stringify(value, undefined, 2));
  });

  test("messy text, as it stands", async () => {
    const text = "Sure!\n```json\n{name: 'Ada',}\n```";
    expect((await choice({ text }, { response_format: { type: "json_object" } })).message.content).toBe(text);
  });
});

describe("events", () => {
  test("one character per chunk", async () => {
    const text = await (await stream({ value: { name: "Żółć 😀", age: 1 }, chunkSize: 1 })).text();
    const pieces = [...text.matchAll(/"arguments":("(?:[^"\\]|\\.)*")/g)].map((match) => JSON.parse(match[1] ?? '""') as string);
    expect(pieces.slice(1).every((piece) => Array.from(piece).length === 1)).toBe(true);
    expect(pieces.join("")).toBe('{"name":"Żółć 😀","age":1}');
  });

  test("[DONE] twice, once, never", async () => {
    expect(await last({ fault: { kind: "duplicate-done" } }, 2)).toEqual(["[DONE]", "[DONE]"]);
    expect((await last({}, 2)).filter((line) => line === "[DONE]")).toHaveLength(1);
    expect(await last({ fault: { kind: "missing-done" } }, 1)).toEqual([expect.stringContaining("finish_reason")]);
  });

  test("no finish_reason", async () => {
    const text = await (await stream({ fault: { kind: "missing-finish" } })).text();
    expect(text).not.toContain("finish_reason");
    expect(text).toContain("[DONE]");
  });

  test("error chunks end the stream", async () => {
    const nested = await last({ fault: { kind: "error-chunk", after: 3, status: 503 } }, 4);
    expect(nested).toHaveLength(4);
    expect(JSON.parse(nested[3] ?? "")).toMatchObject({ error: { code: "unavailable" }, status_code: 503 });
    const flat = await last({ fault: { kind: "error-chunk", shape: "flat", status: 429 } }, 1);
    expect(JSON.parse(flat[0] ?? "")).toMatchObject({ code: "request_quota_exceeded" });
    const event = await (await stream({ fault: { kind: "error-chunk", shape: "event" } })).text();
    expect(event).toContain("event: error\ndata: {");
  });

  test("empty choices, malformed chunks and strangers leave the rest as it is", async () => {
    expect(JSON.parse(dataLines(await (await stream({ fault: { kind: "empty-choices", after: 2 } })).text())[2] ?? "")).toMatchObject({
      choices: [],
    });
    const malformed = dataLines(await (await stream({ fault: { kind: "malformed-chunk", after: 1 } })).text())[1];
    expect(() => JSON.parse(malformed ?? "") as unknown).toThrow(SyntaxError);
    const strange = await (
      await stream({ fault: { kind: "unknown-chunks" }, reasoning: "We read the text and then we answer it in short" })
    ).text();
    for (const part of [": keep-alive", "event: ping", "chat.completion.heartbeat", '"mood"', "data: null"])
      expect(strange).toContain(part);
  });
});

describe("the connection", () => {
  test("reset before the headers", async () => {
    await expect(stream({ fault: { kind: "reset" } })).rejects.toThrow("fetch failed");
  });

  test.each(["close", "reset"] as const)("cut in the middle: %s", async (how) => {
    const response = await stream({ fault: { kind: "cut", events: 3, how } });
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("cut after so many bytes, as if the body were whole", async () => {
    const response = await stream({ fault: { kind: "cut", bytes: 321, how: "end" } });
    expect((await response.arrayBuffer()).byteLength).toBe(321);
  });

  test("a plain answer cut after so many bytes", async () => {
    const response = await post({ fault: { kind: "cut", bytes: 10, how: "end" } });
    expect(await response.text()).toBe('{"id":"cha');
  });

  test("stalls before the headers and within the events, until the client leaves", async () => {
    await expect(post({ fault: { kind: "stall", at: "headers" } }, call, AbortSignal.timeout(100))).rejects.toThrow(
      "aborted due to timeout",
    );
    const response = await post({ fault: { kind: "stall", at: 2 } }, { ...call, stream: true }, AbortSignal.timeout(200));
    let text = "";
    const read = async (): Promise<void> => {
      for await (const part of response.body ?? []) text += new TextDecoder().decode(part);
    };
    await expect(read()).rejects.toThrow("aborted due to timeout");
    expect(dataLines(text)).toHaveLength(2);
  });

  test("a stall that ends", async () => {
    const start = performance.now();
    const text = await (await stream({ fault: { kind: "stall", at: 1, duration: 60 } })).text();
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
    expect(text).toContain("[DONE]");
  });

  test("latency and delay", async () => {
    const start = performance.now();
    const response = await stream({ latency: 50, delay: 3 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
    const events = dataLines(await response.text());
    expect(performance.now() - start).toBeGreaterThanOrEqual(45 + 2 * (events.length - 1));
  });

  test("close() ends what hangs", async () => {
    const other = await startEmulator({ scenario: { fault: { kind: "stall", at: "headers" } } });
    const pending = fetch(`${other.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer key" },
      body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "x" }] }),
    });
    const outcome = expect(pending).rejects.toThrow("fetch failed");
    while (other.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await outcome;
  });
});

describe("headers", () => {
  test("a fault with its members", async () => {
    const response = await withHeaders({ "x-emulator-fault": "cut; bytes=12; how=end" });
    expect(await response.text()).toBe('data: {"id":');
  });

  test("chunk size and text", async () => {
    const text = await (await withHeaders({ "x-emulator-chunk-size": "2", "x-emulator-text": "abcd", "x-emulator-reasoning": "" })).text();
    expect(text).toMatch(/"content":"ab".*"content":"cd"/s);
  });

  test.each([{ "x-emulator-fault": "no-such" }, { "x-emulator-scenario": "[" }, { "x-emulator-delay": "soon" }])(
    "%o is refused",
    async (headers) => {
      expect((await withHeaders(headers as Record<string, string>)).status).toBe(400);
    },
  );
});

test("only so many requests are kept", async () => {
  const small = await startEmulator({ maxRecorded: 3 });
  for (let index = 0; index < 5; index++) await fetch(`${small.url}/public/v1/models?${index}`);
  expect(small.requests).toHaveLength(3);
  await small.close();
});
