import { expect, expectTypeOf, test } from "vitest";
import { extract, extractList } from "../../src/runtime/extract.js";
import type { Narrowing } from "../../src/runtime/narrowing.js";
import { readLenient } from "../../src/runtime/lenient/read-lenient.js";
import { request } from "../../src/runtime/request.js";
import { extractOneOf } from "../../src/runtime/choice/extract-one-of.js";
import type { JsonObject, Spec, ToolDefinition } from "../../src/runtime/spec.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { fakeClient } from "../stream/fake-client.js";
import { ajvSpec } from "./ajv-spec.js";
import { loopback, toolAnswer } from "./loopback.js";

interface Ticket {
  readonly category: string;
  readonly tags: readonly string[];
  readonly parent?: { readonly queue: string | null };
}

const ticketSpec = ajvSpec<Ticket>("Ticket", {
  type: "object",
  properties: {
    category: { type: "string", description: "Where it belongs." },
    tags: { type: "array", items: { $ref: "#/$defs/tag" } },
    parent: { type: "object", properties: { queue: { anyOf: [{ type: "string" }, { type: "null" }] } }, required: ["queue"] },
  },
  required: ["category", "tags"],
  $defs: { tag: { type: "string" } },
});

test("the values stand in the request's schema, at their place only", async () => {
  const { body } = await request(ticketSpec, "…", { narrow: { category: ["billing", "bug"], "tags.*": ["red"], "parent.queue": ["a"] } });
  const [tool] = body["tools"] as [ToolDefinition];
  expect(tool.function.parameters["properties"]).toEqual({
    category: { type: "string", enum: ["billing", "bug"], description: "Where it belongs." },
    tags: { type: "array", items: { type: "string", enum: ["red"] } },
    parent: { type: "object", properties: { queue: { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] } }, required: ["queue"] },
  });
  expect(tool.function.parameters["$defs"]).toEqual({ tag: { type: "string" } });
});

test("an answer outside them is asked for again", async () => {
  await using server = await loopback(
    toolAnswer({ category: "sales", tags: ["red", "blue"] }, "extract_ticket"),
    toolAnswer({ category: "bug", tags: [], parent: { queue: null } }, "extract_ticket"),
  );
  const narrow = { category: ["billing", "bug"], "tags.*": ["red"], "parent.queue": ["a"] };
  const judged: string[] = [];
  const validate = ({ category }: Ticket): boolean => judged.push(category) > 0;
  const { value, attempts } = await extract(ticketSpec, "…", { client: server.client, narrow, validate }).withDetails();
  expect(value.category).toBe("bug");
  // A check gets none of them.
  expect(judged).toEqual(["bug"]);
  expect(attempts[0]?.issues?.map(({ path }) => path)).toEqual([["category"], ["tags", 1]]);
  expect(server.requests[1]?.body.messages[3].content).toContain('"category": "sales",  // must be one of "billing", "bug"\n');
});

test("in every item of a list", async () => {
  await using server = await loopback(toolAnswer({ items: [{ category: "bug", tags: [] }] }, "extract_ticket_list"));
  await extractList(ticketSpec, "…", { client: server.client, narrow: { category: ["bug"] } });
  expect(server.requests[0]?.body.tools[0].function.parameters.properties.items.items.properties.category.enum).toEqual(["bug"]);
});

// Typed, a place that does not exist does not compile.
const anySpec: Spec<unknown> = ticketSpec;

test("a place the schema does not have is an error before anything is sent", async () => {
  await using server = await loopback(toolAnswer({}));
  await expect(extract(anySpec, "…", { client: server.client, narrow: { categroy: ["bug"] } })).rejects.toThrow('there is no "categroy"');
  expect(server.requests).toHaveLength(0);
});

test("places are typed: keys, positions of tuples, members of lists and maps", () => {
  interface Tree {
    readonly span: readonly [from: string, to: string, ...rest: number[]];
    readonly prices?: Readonly<Record<string, { readonly unit: "kg" | "l"; readonly paid: boolean }>>;
    readonly children: readonly Tree[];
    readonly at: Date;
    readonly either: { readonly kind: "a"; readonly a: string } | { readonly kind: "b"; readonly b: number } | null;
  }
  type Places = keyof Narrowing<Tree>;
  expectTypeOf<
    "span.0" | "span.1" | "span.*" | "prices.*.unit" | "children.*.span.1" | "either.kind" | "either.a" | "either.b"
  >().toExtend<Places>();
  expectTypeOf<
    Extract<"span" | "span.2" | "prices.kg" | "prices.*.paid" | "children" | "children.0" | "children.*.spam.1" | "at.x", Places>
  >().toBeNever();
  // Further down a place is told when the request is built.
  expectTypeOf<"children.*.children.*.span.0">().toExtend<Places>();
  // A list call has the places of an item.
  expectTypeOf<"span.0">().toExtend<keyof Narrowing<Tree[]>>();
  // Names that come from elsewhere are told when the request is built.
  expectTypeOf<Readonly<Record<string, readonly string[]>>>().toExtend<Narrowing<Tree>>();
});

const wrap = (value: unknown): JsonObject => ({
  type: "object",
  properties: { value },
  required: ["value"],
  additionalProperties: false,
});

const narrowed = async (of: Spec<unknown>, path: string): Promise<unknown> => {
  const { body } = await request(of, "…", { narrow: { [path]: ["red"] } });
  return JSON.stringify((body["tools"] as [ToolDefinition])[0].function.parameters).includes('"enum":["red"]');
};

const pieces = (category: string): string[] => [JSON.stringify({ category, tags: [] })];

test("places that have another form on the wire: a root that is no object, a map, a choice", async () => {
  const color = { type: "string" };
  const list = ajvSpec<readonly string[]>("Colors", wrap({ type: "array", items: color }), (wire) => (wire as { value: unknown }).value);
  expect(await narrowed(list, "*")).toBe(true);
  expect(await narrowed(ajvSpec("Color", wrap(color)), "value")).toBe(true);
  const entries = { type: "array", items: { type: "object", properties: { key: { type: "string" }, value: color } } };
  expect(await narrowed(ajvSpec("Map", { type: "object", properties: { byName: entries, other: color } }), "byName.*")).toBe(true);
  await using server = await loopback(
    toolAnswer({ result: { type: "ticket", value: { category: "sales", tags: [] } } }, "extract_ticket"),
    toolAnswer({ result: { type: "ticket", value: { category: "bug", tags: [] } } }, "extract_ticket"),
  );
  const options = { client: server.client, narrow: { "value.category": ["bug"] } };
  expect(await extractOneOf({ ticket: ticketSpec }, "…", options)).toMatchObject({ value: { category: "bug" } });
  expect(server.requests).toHaveLength(2);
});

test("messy text is made to fit the narrowed places", async () => {
  await using server = await loopback(toolAnswer({ category: "Bug", tags: [] }, "extract_ticket"));
  const guided = { ...ticketSpec, lenient: readLenient };
  const { value, repairs } = await extract(guided, "…", { client: server.client, narrow: { category: ["bug"] } }).withDetails();
  expect(value).toEqual({ category: "bug", tags: [] });
  expect(repairs).toMatchObject([{ kind: "choice", path: ["category"], to: "bug" }]);
});

test("in streams", async () => {
  const handler = { plan: { root: { kind: "any" } } } as const;
  const tickets = stream({ ...ticketSpec, handler }, "…", {
    client: fakeClient(pieces("sales"), pieces("bug")),
    narrow: { category: ["bug"] },
  });
  expect(await tickets.result).toEqual({ category: "bug", tags: [] });
});

test("an item that is asked for again, alone, is narrowed as the list is", async () => {
  const bodies: { readonly tools: readonly ToolDefinition[] }[] = [];
  const answers = fakeClient(['{"items":[{"category":5,"tags":[]}]}']);
  const create = (body: never): unknown => {
    bodies.push(body);
    const { name } = bodies.at(-1)?.tools[0]?.function ?? {};
    const call = { id: "a", function: { name, arguments: '{"category":"bug","tags":[]}' } };
    return bodies.length === 1
      ? answers.chat.completions.create(body)
      : { choices: [{ index: 0, finish_reason: "tool_calls", message: { tool_calls: [call] } }] };
  };
  const handler = { plan: { root: { kind: "any" } } } as const;
  const options = { client: { chat: { completions: { create } } }, narrow: { category: ["bug"] }, onInvalidItem: "repair" } as const;
  const items: Ticket[] = [];
  for await (const item of streamList({ ...ticketSpec, handler }, "…", options)) items.push(item);
  expect(items).toEqual([{ category: "bug", tags: [] }]);
  expect(bodies[1]?.tools[0]?.function.parameters).toMatchObject({ properties: { category: { enum: ["bug"] } } });
});
