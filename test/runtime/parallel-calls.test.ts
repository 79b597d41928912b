import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import type { EmulatorOptions } from "../../src/emulator/options.js";
import { JoinedCalls, kindTools } from "../../src/runtime/call/joined-calls.js";
import { type Choice, extractAnyOf, streamAnyOf, TruncatedError, UnexpectedToolCallError } from "../../src/runtime/index.js";
import type { ChatMessage, ExtractOptions } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { ajvSpec } from "./ajv-spec.js";
import { events, loopback } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

interface Order {
  readonly lines: readonly string[];
}

const orderSpec: StreamSpec<Order, Partial<Order>> = {
  ...ajvSpec<Order>("Order", {
    type: "object",
    description: "What somebody orders.",
    properties: { lines: { type: "array", items: { type: "string" } } },
    required: ["lines"],
    additionalProperties: false,
  }),
  handler: { plan: { root: { kind: "object", fields: { lines: { node: { kind: "list", item: { kind: "text" } } } } } } },
};
const userStream: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};
const choices = { user: userStream, order: orderSpec };
type Found = Choice<typeof choices>;
const john = { name: "John", age: 29 };
const tea = { lines: ["tea"] };
const calls = [
  { name: "extract_user", value: john },
  { name: "extract_order", value: tea },
  { name: "extract_user", value: john },
];
const items = [
  { type: "user", value: john },
  { type: "order", value: tea },
  { type: "user", value: john },
];

/** An emulator that answers so, and options that reach it; a model that is known to make several calls. */
async function against(
  options: EmulatorOptions,
): Promise<AsyncDisposable & { readonly options: ExtractOptions<Found[]>; readonly bodies: () => readonly Body[] }> {
  const emulator = await startEmulator(options);
  const client = new Cerebras({ apiKey: "k", baseURL: emulator.url, warmTCPConnection: false });
  return {
    options: { client, model: "gemma-4-31b" },
    bodies: () => emulator.requests.map(({ body }) => body as Body),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

interface Body {
  readonly tools: readonly { readonly function: { readonly name: string; readonly strict: boolean; readonly description: string } }[];
  readonly tool_choice: unknown;
  readonly parallel_tool_calls?: boolean;
  readonly messages: readonly ChatMessage[];
}

test("several calls in one answer are one list, in their order; the same call twice is two items", async () => {
  await using server = await against({ scenario: { calls } });
  const { value, warnings } = await extractAnyOf(choices, "…", server.options).withDetails();
  expect([value, warnings]).toEqual([items, []]);
  const [{ tools, tool_choice, parallel_tool_calls, messages } = expect.fail()] = server.bodies();
  expect({ tool_choice, parallel_tool_calls }).toEqual({ tool_choice: "required", parallel_tool_calls: true });
  expect(tools.map((tool) => [tool.function.name, tool.function.strict])).toEqual([
    ["extract_user", true],
    ["extract_order", true],
    ["extract_nothing", true],
  ]);
  expect(messages[0]?.content).toMatch(/once for each thing/);
});

test.each(["gemma-4-31b", "zai-glm-4.7"])("streamed by %s, each item as its call closes", async (model) => {
  await using server = await against({ scenario: { calls, chunkSize: 3 } });
  const seen = [];
  const stream = streamAnyOf(choices, "…", { ...server.options, model });
  for await (const item of stream) seen.push(item);
  expect([seen, await stream.result]).toEqual([items, items]);
});

test("the model table decides, the option overrules it", async () => {
  await using server = await against({ scenario: { calls } });
  const asked = async (options: ExtractOptions<Found[]>): Promise<boolean> => {
    await extractAnyOf(choices, "…", { ...server.options, maxRetries: 0, ...options }).catch(() => {});
    return server.bodies().at(-1)?.parallel_tool_calls === true;
  };
  expect(await asked({ model: "gpt-oss-120b" })).toBe(false);
  expect(await asked({ model: "qwen-3.8-27b" })).toBe(false);
  expect(await asked({ model: "gpt-oss-120b", parallelToolCalls: true })).toBe(true);
  expect(await asked({ parallelToolCalls: false })).toBe(false);
  expect(await asked({ mode: "json_schema" })).toBe(false);
});

test("a text that holds nothing is an empty list", async () => {
  await using server = await against({ scenario: { calls: [{ name: "extract_nothing", value: { reason: "a poem" } }] } });
  expect(await extractAnyOf(choices, "…", server.options)).toEqual([]);
  const stream = streamAnyOf(choices, "…", server.options);
  expect(await stream.result).toEqual([]);
});

test("the emulator gives all that is recorded for an input, of a model that makes several calls", async () => {
  const replies = [
    { name: "User", input: "A text", value: john },
    { name: "Order", input: "A text", value: tea },
  ];
  await using server = await against({ replies });
  expect(await extractAnyOf(choices, "A text", server.options)).toEqual(items.slice(0, 2));
  expect(await extractAnyOf(choices, "A text", { ...server.options, model: "gpt-oss-120b", parallelToolCalls: true })).toEqual(
    items.slice(0, 1),
  );
});

test("a call that is not valid: every call is answered, each with what is wrong with it", async () => {
  const wrong = [calls[0] ?? expect.fail(), { name: "extract_order", value: { lines: [1] } }, { name: "extract_user", value: john }];
  await using server = await against({ scenarios: [{ calls: wrong }, { calls }] });
  const { value, attempts } = await extractAnyOf(choices, "…", server.options).withDetails();
  expect(value).toEqual(items);
  expect(attempts[0]?.issues?.map(({ path }) => path)).toEqual([[1, "value", "lines", 0]]);
  // The emulator refuses a conversation with a call that is not answered.
  const [, , assistant, ...replies] = server.bodies()[1]?.messages ?? [];
  expect(assistant?.["tool_calls"]).toHaveLength(3);
  expect(replies.map(({ role }) => role)).toEqual(["tool", "tool", "tool"]);
  expect(replies[0]?.content).toBe("Right.");
  expect(replies[1]?.content).toMatch(/1 {2}\/\/ must be string/);
  expect(replies[2]?.content).toMatch(/^Right\.\n\nCall the tools again/);
});

test("a tool that was not offered", async () => {
  await using server = await against({
    scenarios: [{ calls, fault: { kind: "wrong-tool-name" } }, { calls }, { calls, fault: { kind: "wrong-tool-name" } }],
  });
  expect(await extractAnyOf(choices, "…", server.options)).toEqual(items);
  expect(server.bodies()[1]?.messages.at(-1)?.content).toMatch(/^There is no tool no_such_tool\./);
  const refused: unknown = await extractAnyOf(choices, "…", { ...server.options, maxRetries: 0 }).catch((error: unknown) => error);
  expect(UnexpectedToolCallError.is(refused) && [refused.called, refused.message]).toEqual([
    ["extract_user", "extract_order", "no_such_tool"],
    "The model was to call extract_user, extract_order, extract_nothing, but called extract_user, extract_order, no_such_tool.",
  ]);
});

test("cut off: whole items are kept, or the rest is asked for", async () => {
  const cut = { calls, fault: { kind: "finish-length" } } as const;
  await using server = await against({ scenarios: [cut, cut, { calls: calls.slice(2) }] });
  const error: unknown = await extractAnyOf(choices, "…", server.options).catch((thrown: unknown) => thrown);
  expect(TruncatedError.is(error) && error.items).toEqual(items.slice(0, 2));
  expect(await extractAnyOf(choices, "…", { ...server.options, onTruncated: "continue" })).toEqual(items);
  const turns = server.bodies()[2]?.messages.slice(2) ?? [];
  expect(turns.map(({ role }) => role)).toEqual(["assistant", "tool", "tool"]);
  expect(turns.at(-1)?.content).toMatch(/^Kept\. The answer broke off/);
});

test("streamed, an invalid call after items that were handed out: only what comes after them is asked for", async () => {
  const wrong = [...calls.slice(0, 2), { name: "extract_user", value: { name: "John", age: "29" } }];
  await using server = await against({ scenarios: [{ calls: wrong }, { calls: calls.slice(2) }] });
  const seen = [];
  for await (const item of streamAnyOf(choices, "…", server.options)) seen.push(item);
  expect(seen).toEqual(items);
  expect(server.bodies()[1]?.messages.at(-1)?.content).toMatch(/value\.age must be integer/);
});

/** A piece of the call of that index; the first has the name. */
function piece(index: number, text: string, name?: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index, ...(name && { id: `c${index}` }), function: { arguments: text, ...(name && { name }) } }] } }] })}\n\n`;
}

test("calls that interleave, and a stream without a finish reason", async () => {
  const stream = [
    piece(0, '{"name":"Jo', "extract_user"),
    piece(1, '{"lines":', "extract_order"),
    piece(0, 'hn","age":29}'),
    piece(1, '["tea"]}'),
    "data: [DONE]\n\n",
  ];
  await using server = await loopback(events(stream.join("")));
  const options = { client: server.client, parallelToolCalls: true } as const;
  expect(await streamAnyOf(choices, "…", options).result).toEqual(items.slice(0, 2));
});

test("the text of the list is that of its calls, however they are cut and interleaved", () => {
  const tools = kindTools({ user: userSpec.wire.one, order: orderSpec.wire.one });
  const names = Object.keys(tools);
  const call = fc.record({ name: fc.constantFrom(...names), value: fc.jsonValue() });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 6 }), fc.infiniteStream(fc.nat({ max: 5 })), fc.boolean(), (given, cuts, interleave) => {
      const joined = new JoinedCalls(tools);
      const texts = given.map(({ value }) => JSON.stringify(value));
      const arrived: { index: number; id: string; name: string; arguments: string }[] = [];
      let text = "";
      const open = given.map((_, index) => index);
      while (open.length > 0) {
        const place = interleave ? (cuts.next().value ?? 0) % open.length : 0;
        const index = Math.min(open[place] ?? 0, arrived.length);
        const { name = "" } = given[index] ?? {};
        const so = (arrived[index] ??= { index, id: `c${index}`, name, arguments: "" });
        so.arguments += texts[index]?.slice(so.arguments.length, so.arguments.length + 1 + (cuts.next().value ?? 0)) ?? "";
        if (so.arguments === texts[index]) open.splice(open.indexOf(index), 1);
        text += joined.grow(arrived);
      }
      text += joined.grow(arrived, true);
      const wanted = given.flatMap(({ name, value }) => (name === "extract_nothing" ? [] : [{ type: tools[name]?.kind, value }]));
      expect([JSON.parse(text), joined.text]).toEqual([{ items: JSON.parse(JSON.stringify(wanted)) }, text]);
    }),
  );
});

test("tool names are the API's, and no two are the same", () => {
  const { one } = userSpec.wire;
  const names = Object.keys(kindTools({ "a b": one, "a.b": one, nothing: one, ["ä".repeat(90)]: one, [`${"ä".repeat(90)}x`]: one }));
  expect(names.every((name) => /^[\w-]{1,64}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(6);
});
