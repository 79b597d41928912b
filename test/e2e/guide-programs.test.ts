import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractContact } from "../../generated/contact.js";
import { extractUser, extractUserList, isUser, parseUser, streamUser, streamUserList, type UserPartial } from "../../generated/user.js";
import { InvalidOutputError } from "@schemacast/runtime";
import { startEmulator, type Emulator, type Reply } from "../../src/emulator/index.js";

// The reference guide's four programs: a schema's extractor, the real SDK, HTTP over loopback.
const text = "John Smith is 29 years old.";
const john = { name: "John Smith", age: 29 };
const contact = {
  name: "Amelia Earhart",
  age: 39,
  addresses: [
    { street: "223 North Terrace Street", city: "Atchison", country: "United States" },
    { street: "10042 Valley Spring Lane", city: "Los Angeles", country: "United States" },
  ],
};
const family = [
  { name: "Ivan", age: 27 },
  { name: "Olga", age: 31 },
  { name: "Pyotr", age: 64 },
];
const replies: readonly Reply[] = [
  { name: "extract_user", input: text, value: john },
  { name: "extract_user", input: "Ivan", value: family[0] },
  { name: "extract_contact", value: contact },
  { name: "extract_user_list", value: { items: family } },
];

let emulator: Emulator;
let options: { readonly client: Cerebras; readonly model: string };
beforeEach(async () => {
  emulator = await startEmulator({ replies });
  const client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
  options = { client, model: "gpt-oss-120b" };
});
afterEach(() => emulator.close());

const modes = ["tools", "json_schema", "json_object"] as const;

describe.each(modes)("mode %s", (mode) => {
  test("one object", async () => {
    const user = await extractUser(text, { ...options, mode });
    expect(user).toEqual(john);
    expect(isUser(user)).toBe(true);
    expect(emulator.requests).toHaveLength(1);
  });

  test("nested objects, with what is known of the call", async () => {
    const { value, usage, timing, attempts, reasoning, requestId, repairs, warnings } = await extractContact("Amelia Earhart …", {
      ...options,
      mode,
    }).withDetails();
    expect(value).toEqual(contact);
    expect(usage?.totalTokens).toBeGreaterThan(0);
    expect(timing.totalTime).toBeGreaterThan(0);
    expect(attempts).toMatchObject([{ attempt: 1, outcome: "ok", mode, model: "gpt-oss-120b" }]);
    expect(reasoning).toMatch(/^We need/);
    expect(requestId).toBeTruthy();
    expect([repairs, warnings]).toEqual([[], []]);
  });

  test("a partial stream at one character per chunk never shows a number that is not whole", async () => {
    emulator.enqueue({ chunkSize: 1 });
    const stream = streamUser("Ivan", { ...options, mode });
    const snapshots: UserPartial[] = [];
    for await (const partial of stream) snapshots.push(partial);
    expect(new Set(snapshots.map(({ age }) => age))).toEqual(new Set([undefined, 27]));
    const names = snapshots.map(({ name }) => name ?? "");
    for (const [index, name] of names.entries()) expect(name.startsWith(names[index - 1] ?? "")).toBe(true);
    const final = await stream.result;
    expect(final).toEqual(family[0]);
    expect(final).toBe(snapshots.at(-1));
  });

  test("a list, streamed, each when it is complete", async () => {
    if (mode === "json_object") emulator.enqueue({ value: { items: family } });
    const stream = streamUserList("Ivan, Olga and Pyotr", { ...options, mode });
    const seen: unknown[] = [];
    for await (const user of stream) seen.push(user);
    expect(seen).toEqual(family);
    expect(await stream.result).toEqual(family);
  });

  test("an invalid answer is asked for again, and the repair turn keeps to the API's rules", async () => {
    emulator.enqueue({ fault: { kind: "invalid-value" } });
    const { value, attempts } = await extractUser(text, { ...options, mode }).withDetails();
    expect(value).toEqual(john);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["invalid", "ok"]);
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("an invalid stream begins anew", async () => {
    emulator.enqueue({ fault: { kind: "invalid-value" } });
    const stream = streamUser(text, { ...options, mode });
    for await (const partial of stream) expect(partial.name === undefined || typeof partial.name === "string").toBe(true);
    expect(await stream.result).toEqual(john);
  });
});

test("a list in one piece", async () => {
  expect(await extractUserList("Ivan, Olga and Pyotr", options)).toEqual(family);
});

describe("the validation hook", () => {
  const wrong = { fault: { kind: "invalid-value" } } as const;

  test("gets the value, the retry count and the error, and its answer decides whether to go on", async () => {
    emulator.enqueue(wrong, wrong);
    const seen: { readonly retryCount: number; readonly issues: number; readonly text: string; readonly value: unknown }[] = [];
    const user = await extractUser(text, {
      ...options,
      maxRetries: 5,
      hooks: {
        onValidationError: ({ value, retryCount, issues, error }) => {
          seen.push({ retryCount, issues: issues.length, text: error.message, value });
          return retryCount < 5;
        },
      },
    });
    expect(user).toEqual(john);
    expect(seen.map(({ retryCount }) => retryCount)).toEqual([0, 1]);
    for (const { issues, text: message, value } of seen) {
      expect(issues).toBeGreaterThan(0);
      expect(message).not.toBe("");
      expect(isUser(value)).toBe(false);
    }
  });

  test("false ends the call with what is wrong, in a stream too", async () => {
    emulator.enqueue(wrong, wrong);
    const hooks = { onValidationError: () => false };
    await expect(extractUser(text, { ...options, maxRetries: 5, hooks })).rejects.toThrow(InvalidOutputError);
    await expect(streamUser(text, { ...options, maxRetries: 5, hooks }).result).rejects.toThrow(InvalidOutputError);
    expect(emulator.requests).toHaveLength(2);
  });
});

test("the request is a forced strict tool call with the headers of version patch 2", async () => {
  await extractUser(text, options);
  const [request] = emulator.requests;
  expect(request?.headers["x-cerebras-version-patch"]).toBe("2");
  expect(request?.body).toMatchObject({
    model: "gpt-oss-120b",
    reasoning_format: "parsed",
    tools: [{ type: "function", function: { name: "extract_user", strict: true } }],
    tool_choice: { type: "function", function: { name: "extract_user" } },
  });
});

test("an answer obtained elsewhere", () => {
  expect(parseUser('{"name":"John Smith","age":29}')).toEqual(john);
});
