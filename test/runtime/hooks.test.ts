import { describe, expect, test } from "vitest";
import type { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { extract } from "../../src/runtime/extract.js";
import type { HookContext, Hooks } from "../../src/runtime/options.js";
import { hookNames } from "./hook-names.js";
import { json, loopback, toolAnswer } from "./loopback.js";
import { userSpec } from "./user-spec.js";

const john = { name: "John", age: 29 };
const spoiled = { name: "John", age: "29" };

function failure(call: Promise<unknown>): Promise<ExtractionError> {
  return call.then(
    () => expect.fail("a value came"),
    (error: ExtractionError) => error,
  );
}

describe("hooks", () => {
  test("all of them, in order, with the attempt and whether it is the last", async () => {
    await using server = await loopback(toolAnswer("no json"), toolAnswer(spoiled), json(500, { message: "oops" }), toolAnswer(john));
    const seen: string[] = [];
    const note = (name: string) => (event: HookContext) => void seen.push(`${name} ${event.attempt}${event.isLastAttempt ? " last" : ""}`);
    const hooks: Hooks = Object.fromEntries(hookNames.map((name) => [name, note(name)]));
    await extract(userSpec, "…", { client: server.client, hooks });
    expect(seen).toEqual([
      "onRequest 1",
      "onUsage 1",
      "onResponse 1",
      "onParseError 1",
      "onRetry 2",
      "onRequest 2",
      "onUsage 2",
      "onResponse 2",
      "onValidationError 2",
      "onRetry 3 last",
      "onLastAttempt 3 last",
      "onRequest 3 last",
      "onRetry 4 last",
      "onRequest 4 last",
      "onUsage 4 last",
      "onResponse 4 last",
    ]);
  });

  test("onValidationError returning false stops, with all it needs to decide", async () => {
    await using server = await loopback(toolAnswer(spoiled));
    const calls: unknown[] = [];
    const hooks: Hooks = {
      onValidationError({ value, retryCount, issues, error }) {
        calls.push({ value, retryCount, count: issues.length, is: InvalidOutputError.is(error) });
        return retryCount < 1;
      },
    };
    const error = await failure(extract(userSpec, "…", { client: server.client, maxRetries: 5, hooks }));
    expect(InvalidOutputError.is(error)).toBe(true);
    expect(calls).toEqual([
      { value: spoiled, retryCount: 0, count: 1, is: true },
      { value: spoiled, retryCount: 1, count: 1, is: true },
    ]);
  });

  test("a hook that throws goes to onHookError and breaks nothing, sync or async, nor does onHookError itself", async () => {
    await using server = await loopback(toolAnswer(john));
    const errors: string[] = [];
    const hooks: Hooks = {
      onRequest: () => {
        throw new Error("sync");
      },
      onResponse: () => Promise.reject(new Error("async")),
      onHookError: ({ hook, error }) => {
        errors.push(`${hook}: ${String(error)}`);
        throw new Error("and again");
      },
    };
    expect(await extract(userSpec, "…", { client: server.client, hooks })).toEqual(john);
    expect(errors).toEqual(["onRequest: Error: sync", "onResponse: Error: async"]);
  });

  test("onError gets the error the caller gets, complete", async () => {
    await using server = await loopback(json(401, { message: "no", code: "wrong_api_key" }));
    let told: unknown;
    const error = await failure(
      extract(userSpec, "…", { client: server.client, hooks: { onError: (event) => void (told = event.error) } }),
    );
    expect(told).toBe(error);
    expect(error).toMatchObject({ model: "gpt-oss-120b", attempts: [{ outcome: "failed" }] });
  });
});

describe("beyond the schema", () => {
  test("checks run together, sync and async, with the context, and their issues are sent back", async () => {
    await using server = await loopback(toolAnswer({ name: "John", age: 200 }), toolAnswer(john));
    const value = await extract(userSpec, "…", {
      client: server.client,
      context: { oldest: 120 },
      validate: [
        ({ age }, { oldest }) => age <= oldest || { path: ["age"], message: `is more than ${oldest}` },
        async ({ name }) => (name === "John" ? undefined : "who is that?"),
        () => [],
      ],
      transform: async (user, { oldest }) => ({ ...user, age: oldest }),
      instructions: ({ oldest }) => `Nobody is older than ${oldest}.`,
    });
    expect(value).toEqual({ name: "John", age: 120 });
    expect(server.requests[0]?.body.messages[0].content).toBe("Nobody is older than 120.");
    expect(server.requests[1]?.body.messages[3].content).toContain('"age": 200  // is more than 120');
  });

  test("a check that throws ends the call with its error as the cause", async () => {
    await using server = await loopback(toolAnswer(john));
    const bug = new TypeError("bug");
    const error = await failure(
      extract(userSpec, "…", {
        client: server.client,
        validate: () => {
          throw bug;
        },
      }),
    );
    expect(error).toMatchObject({ name: "ExtractionError", message: "Option validate threw: TypeError: bug", cause: bug });
    expect(server.requests).toHaveLength(1);
  });
});
