import { expect, test } from "vitest";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { streamList } from "../../src/runtime/stream.js";
import { type Responder, events, loopback, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

const spec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};
const [a, b, c] = [1, 2, 3].map((age) => ({ name: "abc"[age - 1] ?? "", age }));

function list(...items: readonly unknown[]): Responder {
  return events(listText(...items));
}

function listText(...items: readonly unknown[]): string {
  return toolStream(JSON.stringify({ items }).split(/(?<=[,}])/), "extract_user_list");
}

async function collect(stream: AsyncIterable<User>): Promise<User[]> {
  const items: User[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

test("a connection that breaks: each item comes once, and only the rest is asked for", async () => {
  const whole = listText(a, b, c);
  await using server = await loopback((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(whole.slice(0, whole.indexOf("3}") - 80), () => setTimeout(() => response.destroy(), 30));
  }, list(c));
  const stream = streamList(spec, "…", { client: server.client });
  const result = stream.result;
  expect(await collect(stream)).toEqual([a, b, c]);
  expect(await result).toEqual([a, b, c]);
  const [, , assistant, tool] = server.requests[1]?.body.messages ?? [];
  expect(JSON.parse(assistant.tool_calls[0].function.arguments)).toEqual({ items: [a, b] });
  expect(tool.content).toContain("after these 2 items");
});

test("an item that is not valid: those before it stay, the model is told what was wrong with it", async () => {
  await using server = await loopback(list(a, { name: "b", age: "two" }, c), list(b, c));
  const stream = streamList(spec, "…", { client: server.client });
  expect(await collect(stream)).toEqual([a, b, c]);
  const { value, attempts } = await stream.withDetails();
  expect(value).toEqual([a, b, c]);
  expect(attempts[0]?.issues).toMatchObject([{ path: [1, "age"], message: "must be integer, is string" }]);
  expect(server.requests[1]?.body.messages[3].content).toContain('age must be integer, is string (it was "two")');
});

test("where nobody reads item by item, the whole list is asked for again", async () => {
  await using server = await loopback(list(a, { name: "b", age: "two" }), list(c, b));
  const stream = streamList(spec, "…", { client: server.client });
  expect(await stream.result).toEqual([c, b]);
  expect(await collect(stream)).toEqual([c, b]);
});

test("a check of the whole list that fails after every item was handed out ends the call", async () => {
  await using server = await loopback(list(a, b));
  const stream = streamList(spec, "…", { client: server.client, validate: () => "too few" });
  const items: User[] = [];
  const error: unknown = await (async () => {
    for await (const item of stream) items.push(item);
  })().catch((thrown: unknown) => thrown);
  expect(items).toEqual([a, b]);
  expect(InvalidOutputError.is(error) && error.issues).toEqual([{ path: [], message: "too few" }]);
  expect(server.requests).toHaveLength(1);
});

test("onTruncated: continue, while items are read", async () => {
  const cut = toolStream(['{"items":[{"name":"a","age":1},{"na'])
    .replace('"finish_reason":"tool_calls"', '"finish_reason":"length"')
    .replaceAll("extract_user", "extract_user_list");
  await using server = await loopback(events(cut), list(b, c));
  const stream = streamList(spec, "…", { client: server.client, onTruncated: "continue" });
  expect(await collect(stream)).toEqual([a, b, c]);
});
