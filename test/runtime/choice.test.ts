import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, expectTypeOf, test } from "vitest";
import { actionItemSpec, actionItemStreamSpec, type ActionItem } from "../../generated/action-item.js";
import { personSpec, personStreamSpec, type Person, type PersonPartial } from "../../generated/person.js";
import { choiceSpec } from "../../src/runtime/choice/choice-spec.js";
import { extractAnyOf, extractOneOf, streamAnyOf, streamOneOf, withTransform } from "../../src/runtime/index.js";
import type { Spec, StreamSpec } from "../../src/runtime/spec.js";
import { ajvSpec } from "./ajv-spec.js";
import { completion, events, loopback, toolAnswer, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

interface Order {
  readonly lines: readonly { readonly item: string }[];
}

const line = { type: "object", properties: { item: { type: "string" } }, required: ["item"], additionalProperties: false };
const orderSchema = {
  type: "object",
  properties: { lines: { type: "array", items: { $ref: "#/$defs/line" } } },
  required: ["lines"],
  additionalProperties: false,
  $defs: { line },
};
const orderSpec: Spec<Order> = ajvSpec("Order", orderSchema);
const choices = { user: userSpec, order: orderSpec };

const userStreamSpec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};
const orderStreamSpec: StreamSpec<Order, Partial<Order>> = {
  ...orderSpec,
  handler: {
    plan: {
      root: { kind: "object", fields: { lines: { node: { kind: "list", item: { kind: "ref", to: "line" } } } } },
      defs: { line: { kind: "object", fields: { item: { node: { kind: "text" } } } } },
    },
  },
};

const john = { type: "user", value: { name: "John", age: 29 } };
const tea = { type: "order", value: { lines: [{ item: "tea" }] } };
const tool = "extract_user_or_order";

test("the model picks, the type tells", async () => {
  await using server = await loopback(toolAnswer({ result: tea }, tool));
  const found = await extractOneOf(choices, "A tea, please.", { client: server.client });
  expectTypeOf(found).toEqualTypeOf<{ readonly type: "user"; readonly value: User } | { readonly type: "order"; readonly value: Order }>();
  expect(found).toEqual(tea);
  const { parameters, strict, name } = server.requests[0]?.body.tools[0].function ?? {};
  expect({ strict, name }).toEqual({ strict: true, name: tool });
  // What is sent says the same as what is validated.
  const isSent = new Ajv2020().compile(parameters);
  expect([
    isSent({ result: john }),
    isSent({ result: tea }),
    isSent({ result: { type: "order", value: john.value } }),
    isSent(tea),
  ]).toEqual([true, true, false, false]);
});

test("an unknown type, or a value of another, is asked for again", async () => {
  await using server = await loopback(
    toolAnswer({ result: { type: "invoice", value: {} } }, tool),
    toolAnswer({ result: { type: "user", value: { name: "John", age: "29" } } }, tool),
    toolAnswer({ result: john }, tool),
  );
  const { attempts } = await extractOneOf(choices, "…", { client: server.client }).withDetails();
  expect(attempts.map(({ issues }) => issues?.map(({ path, message }) => `${path.join(".")}: ${message}`))).toEqual([
    ['type: must be one of "user", "order"'],
    ["value.age: must be integer, is string"],
    undefined,
  ]);
});

test("all that a text holds, in one list", async () => {
  await using server = await loopback(toolAnswer({ items: [john, tea, john] }, `${tool}_list`));
  expect(await extractAnyOf(choices, "…", { client: server.client })).toEqual([john, tea, john]);
});

test("one guided spec makes all guided", () => {
  const guided = {
    ...orderSpec,
    wire: { ...orderSpec.wire, one: { ...orderSpec.wire.one, function: { ...orderSpec.wire.one.function, strict: false } } },
  };
  expect(choiceSpec({ user: userSpec, order: guided }).wire.one.function.strict).toBe(false);
});

test("definitions of the same name do not meet, a root that refers to itself stays itself", () => {
  const tree = ajvSpec("Tree", {
    type: "object",
    properties: { line: { $ref: "#/$defs/line" }, left: { $ref: "#" } },
    $defs: { line: { type: "string" } },
  });
  const isSent = new Ajv2020({ strict: false }).compile(choiceSpec({ tree, order: orderSpec }).wire.one.function.parameters);
  expect(isSent({ result: { type: "tree", value: { line: "x", left: { line: "y" } } } })).toBe(true);
  expect(isSent({ result: { type: "tree", value: { line: "x", left: { line: 1 } } } })).toBe(false);
});

test("in json_schema mode", async () => {
  await using server = await loopback(completion({ role: "assistant", content: JSON.stringify({ result: john }) }));
  expect(await extractOneOf(choices, "…", { client: server.client, mode: "json_schema" })).toEqual(john);
});

test("streamed: the type is there before the value grows", async () => {
  const text = JSON.stringify({ result: tea });
  await using server = await loopback(events(toolStream(text.split(""), tool)));
  const stream = streamOneOf({ user: userStreamSpec, order: orderStreamSpec }, "…", { client: server.client });
  const types = new Set<unknown>();
  for await (const partial of stream) if (partial.value !== undefined) types.add(partial.type);
  expect(types).toEqual(new Set(["order"]));
  expect(await stream.result).toEqual(tea);
});

test("streamed as a list", async () => {
  await using server = await loopback(events(toolStream(JSON.stringify({ items: [john, tea] }).split(""), `${tool}_list`)));
  const found = [];
  for await (const item of streamAnyOf({ user: userStreamSpec, order: orderStreamSpec }, "…", { client: server.client })) found.push(item);
  expect(found).toEqual([john, tea]);
});

test("a list of specs: told by the names that their types have", async () => {
  const item = { type: "ActionItem", value: { id: 1, name: "Call", description: "", priority: "Low", assignees: [] } };
  await using server = await loopback(
    toolAnswer({ result: item }, "extract_Person_or_ActionItem"),
    events(toolStream(JSON.stringify({ result: item }).split(""), "extract_Person_or_ActionItem")),
  );
  const { client } = server;
  const found = await extractOneOf([personSpec, actionItemSpec], "…", { client, validate: ({ type }) => type === "ActionItem" });
  expectTypeOf(found).toEqualTypeOf<
    { readonly type: "Person"; readonly value: Person } | { readonly type: "ActionItem"; readonly value: ActionItem }
  >();
  const stream = streamOneOf([personStreamSpec, actionItemStreamSpec], "…", { client });
  for await (const partial of stream) if (partial.type === "Person") expectTypeOf(partial.value).toEqualTypeOf<PersonPartial | undefined>();
  expect([found, await stream.result]).toEqual([item, item]);
});

test("a list in which a name comes twice, or that is empty, is refused with a sentence", () => {
  expect(() => extractOneOf([userSpec, { ...userSpec }], "…")).toThrow(
    new TypeError('Two specs are called "User": give them names of your own, { first: …Spec, second: …Spec }.'),
  );
  expect(() => extractOneOf([userSpec, userSpec], "…")).toThrow("Two specs are called");
  expect(() => extractAnyOf([], "…")).toThrow(new TypeError("There is no spec to choose from."));
});

test("a spec that is transformed keeps its name", () => {
  const names = withTransform(personSpec, ({ name }) => name);
  expectTypeOf<typeof names>().toEqualTypeOf<Spec<string, "Person">>();
  expect(Object.keys(choiceSpec([names, actionItemSpec]).wire.kinds ?? {})).toEqual(["Person", "ActionItem"]);
});
