import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/runtime/errors/api-error.js";
import type { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { LimitExceededError } from "../../src/runtime/errors/limit-exceeded-error.js";
import { TruncatedError } from "../../src/runtime/errors/truncated-error.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { type Responder, completion, json, loopback, toolAnswer } from "./loopback.js";
import { userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };
const spoiled = { name: "John", age: "29" };

function failure(call: Promise<unknown>): Promise<ExtractionError> {
  return call.then(
    () => expect.fail("a value came"),
    (error: ExtractionError) => error,
  );
}

function cut(text: string): Responder {
  return completion(
    { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "extract_user_list", arguments: text } }] },
    "length",
  );
}

describe("attempts", () => {
  test("a generation error counts as an answer; after one in tools mode json_schema is used", async () => {
    const refusal = json(400, { message: "Failed to generate tool_calls.", type: "generation_error", param: "", code: "parser_error" });
    await using server = await loopback(refusal, completion({ role: "assistant", content: JSON.stringify(john) }));
    const { value, attempts } = await extract(userSpec, "…", { client: server.client }).withDetails();
    expect(value).toEqual(john);
    expect(attempts.map(({ mode, outcome }) => [mode, outcome])).toEqual([
      ["tools", "failed"],
      ["json_schema", "ok"],
    ]);
    expect(server.requests[1]?.body).not.toHaveProperty("tools");
  });

  test("in a JSON mode the user tells what is wrong", async () => {
    await using server = await loopback(
      completion({ role: "assistant", content: JSON.stringify(spoiled) }),
      completion({ role: "assistant", content: JSON.stringify(john) }),
    );
    await extract(userSpec, "…", { client: server.client, mode: "json_schema" });
    expect(server.requests[1]?.body.messages.slice(2)).toEqual([
      { role: "assistant", content: '{"name":"John","age":"29"}' },
      { role: "user", content: expect.stringContaining("// must be integer, is string") },
    ]);
  });

  test("arguments that are no JSON are shown in the tool message; the conversation holds what could be read", async () => {
    await using server = await loopback(toolAnswer('{"name":"John", age'), toolAnswer(john));
    await extract(userSpec, "…", { client: server.client });
    const [, , assistant, tool] = server.requests[1]?.body.messages ?? [];
    expect(assistant.tool_calls[0].function.arguments).toBe('{"name":"John"}');
    expect(tool.content).toContain('{"name":"John", age\n');
  });

  test("maxTotalTokens: no further attempt once they are used", async () => {
    await using server = await loopback(toolAnswer(spoiled));
    const error = await failure(extract(userSpec, "…", { client: server.client, maxTotalTokens: 25, maxRetries: 9 }));
    expect(LimitExceededError.is(error) && error).toMatchObject({ limit: 25, used: 30, usage: { totalTokens: 30 } });
    expect(InvalidOutputError.is(error.cause)).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  test("a model that is gone: the error names those that live", async () => {
    const gone = json(404, {
      message: "Model llama3.1-70b does not exist or you do not have access to it.",
      type: "not_found_error",
      param: "model",
      code: "model_not_found",
    });
    await using server = await loopback(gone);
    const error = await failure(extract(userSpec, "…", { client: server.client, model: "llama3.1-70b" }));
    expect(error.message).toContain("llama3.1-70b was retired on 2025-01-17. Live models: gpt-oss-120b, qwen-3.8-27b.");
    expect(ApiError.is(error) && error.code).toBe("model_not_found");
  });

  test("fallback models: after a 404, after retries are used up; each with its record", async () => {
    await using server = await loopback((response, request) => {
      const { model } = request.body;
      const respond = model === "a" ? json(404, { code: "model_not_found" }) : toolAnswer(model === "b" ? spoiled : john);
      respond(response, request);
    });
    const { value, model, attempts } = await extract(userSpec, "…", {
      client: server.client,
      model: "a",
      fallbackModels: ["b", "c"],
      maxRetries: 1,
    }).withDetails();
    expect(value).toEqual(john);
    expect(model).toBe("c");
    expect(attempts.map((attempt) => [attempt.attempt, attempt.model, attempt.outcome])).toEqual([
      [1, "a", "failed"],
      [2, "b", "invalid"],
      [3, "b", "invalid"],
      [4, "c", "ok"],
    ]);
    // The last model begins anew: what another one got wrong is not its conversation.
    expect(server.requests[3]?.body.messages).toHaveLength(2);
  });

  test("same input, same bytes", async () => {
    await using server = await loopback(toolAnswer(john));
    const options = { client: server.client, temperature: 0, seed: 7, extra: { top_p: 0.5, user: "u" } };
    await extract(userSpec, "…", options);
    await extract(userSpec, "…", options);
    const [first, second] = server.requests.map(({ body }) => JSON.stringify(body));
    expect(first).toBe(second);
    expect(Object.keys(server.requests[0]?.body)).toEqual([
      "model",
      "tools",
      "tool_choice",
      "reasoning_format",
      "reasoning_effort",
      "temperature",
      "seed",
      "top_p",
      "user",
      "messages",
    ]);
  });
});

describe("truncation", () => {
  test("the error holds the whole items and what could be read", async () => {
    await using server = await loopback(cut('{"items":[{"name":"A","age":1},{"name":"B","age":2},{"name":"C","a'));
    const error = await failure(extractList(userSpec, "…", { client: server.client }));
    expect(TruncatedError.is(error) && error).toMatchObject({
      items: [
        { name: "A", age: 1 },
        { name: "B", age: 2 },
      ],
      partial: [{ name: "A", age: 1 }, { name: "B", age: 2 }, { name: "C" }],
    });
    expect(server.requests).toHaveLength(1);
  });

  test("onTruncated: continue asks for the rest", async () => {
    await using server = await loopback(
      cut('{"items":[{"name":"A","age":1},{"name":"B","age":2},{"name":"C","a'),
      cut('{"items":[{"name":"C","age":3},{"na'),
      toolAnswer({ items: [{ name: "D", age: 4 }] }, "extract_user_list"),
    );
    const { value, usage } = await extractList(userSpec, "…", { client: server.client, onTruncated: "continue" }).withDetails();
    expect(value.map(({ name }) => name)).toEqual(["A", "B", "C", "D"]);
    expect(usage?.totalTokens).toBe(45);
    const [, , assistant, tool] = server.requests[1]?.body.messages ?? [];
    expect(assistant.tool_calls[0].function.arguments).toBe('{"items":[{"name":"A","age":1},{"name":"B","age":2}]}');
    expect(tool.content).toContain("only the items that come after them");
  });

  test("an invalid item is told of at its place in the list", async () => {
    await using server = await loopback(
      toolAnswer({ items: [john, spoiled] }, "extract_user_list"),
      toolAnswer({ items: [john, john] }, "extract_user_list"),
    );
    const { attempts } = await extractList(userSpec, "…", { client: server.client }).withDetails();
    expect(attempts[0]?.issues).toMatchObject([{ path: [1, "age"] }]);
    expect(server.requests[1]?.body.messages[3].content).toContain('      "age": "29"  // must be integer, is string\n');
  });
});
