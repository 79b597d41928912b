import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "./ajv-of-draft.js";
import { readFiles } from "./reading.js";

// What zod 4.4, valibot 1, typebox 1, pydantic 2.13 and ts-json-schema-generator 2.3 wrote for the sources that lie beside them.

const folder = new URL("../fixtures/schemas-of-tools/", import.meta.url);

const zodOrder = {
  id: "7b0e1a9e-5a0c-4f6e-9d3a-0b6f2c1d4e5f",
  placed: "2024-05-06T07:08:09Z",
  total: 1.5,
  quantity: 2,
  status: "open",
  note: null,
  tags: { a: "b" },
  pair: ["a", 1],
  rest: ["a", 1, 2],
  pay: { kind: "card", digits: "1234" },
  category: { name: "a", sub: [{ name: "b", sub: [] }] },
  d: "x",
};
const pydanticOrder = {
  id: "1",
  status: "paid",
  lines: [{ sku: "a", count: 1 }],
  pay: { kind: "cash" },
  note: null,
  placed: "2024-05-06T07:08:09Z",
  price: "1.50",
  tags: {},
  pair: ["a", 1],
  parent: null,
};
const order = { id: "1", quantity: 1, status: "open", pair: ["a"], tags: {}, pay: { kind: "cash" }, note: null };

type Sample = [file: string, names: string[], valid: Record<string, unknown>, faults: Record<string, unknown>[]];

/** The documents of each file, and for one of them a valid value and changes that make it invalid. */
const files: readonly Sample[] = [
  ...["zod-2020-12", "zod-draft-7", "zod-draft-4", "zod-openapi-3.0"].map((name): Sample => [
    name,
    ["Order"],
    zodOrder,
    [
      { total: 0 },
      { note: 1 },
      { pair: ["a"] },
      { pair: ["a", 1, 2] },
      { pay: { kind: "cheque" } },
      { category: { name: "a", sub: [{}] } },
    ],
  ]),
  ["zod-registry", ["Order", "Category"], zodOrder, [{ category: { name: "a" } }]],
  ["zod-recursive-root", ["ZodRecursiveRoot"], { name: "a", sub: [{ name: "b", sub: [] }] }, [{ sub: [1] }, { name: 1 }]],
  ["zod-reused", ["ZodReused"], { a: { name: "a", sub: [] }, b: { name: "a", sub: [] } }, [{ b: { name: "a" } }]],
  [
    "pydantic",
    ["Order"],
    pydanticOrder,
    [{ lines: [] }, { status: "lost" }, { pay: { kind: "card" } }, { parent: {} }, { other: 1 }, { pair: ["a", "b"] }],
  ],
  ["pydantic-serialization", ["Order"], pydanticOrder, [{ lines: [{}] }]],
  ["fastapi-openapi-3.1", ["Card", "Cash", "Line", "Order"], { kind: "card", digits: "1234" }, [{ kind: "cash" }, { digits: "12" }]],
  ["ts-json-schema-generator", ["Order"], { ...order, parent: order }, [{ parent: {} }, { pay: { kind: "card" } }]],
  [
    "typebox",
    ["Typebox"],
    { name: "a", role: "a", map: { x: 1 }, tup: ["a", 1], int: { x: 1, y: 2 } },
    [{ role: "c" }, { tup: ["a"] }, { int: { x: 1 } }],
  ],
  ["valibot", ["Valibot"], { name: "a@example.com", kind: "a", opt: null, list: ["a", 1] }, [{ name: "a" }, { age: -1 }, { list: [1, 1] }]],
];

test.each(files)("%s works as it comes", (name, names, valid, faults) => {
  const { documents, diagnostics } = readFiles({ [`schemas/${name}.json`]: readFileSync(new URL(`${name}.json`, folder), "utf8") });
  expect(diagnostics).toEqual([]);
  expect(documents.map((document) => document.name)).toEqual(names);
  const accepts = judge("2020-12", documents[0]?.schema);
  expect(accepts(valid)).toBe(true);
  for (const fault of faults) expect([fault, accepts({ ...valid, ...fault })]).toEqual([fault, false]);
});

test("a collection of typia: its `schemas` are the documents", () => {
  const collection = {
    version: "3.1",
    components: {
      schemas: {
        Order: {
          type: "object",
          properties: {
            pair: { type: "array", prefixItems: [{ type: "string" }], items: false },
            customer: { $ref: "#/components/schemas/Customer" },
          },
          required: ["pair"],
        },
        Customer: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      },
    },
    schemas: [{ $ref: "#/components/schemas/Order" }],
  };
  const { documents, diagnostics } = readFiles({ "order.json": collection });
  expect(diagnostics).toEqual([]);
  expect(documents).toMatchObject([
    {
      name: "Order",
      schema: {
        type: "object",
        properties: { pair: { prefixItems: [{ type: "string" }], items: false }, customer: { $ref: "#/$defs/Customer" } },
        $defs: { Customer: { required: ["name"] } },
      },
    },
  ]);
});

test("OpenAPI 3.0: nullable, boolean bounds, example and a discriminator without constants", () => {
  const api = {
    openapi: "3.0.3",
    components: {
      schemas: {
        Pet: {
          oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
          discriminator: { propertyName: "kind", mapping: { feline: "#/components/schemas/Cat" } },
        },
        Cat: {
          type: "object",
          required: ["kind"],
          properties: { kind: { type: "string" }, owner: { nullable: true, allOf: [{ $ref: "#/components/schemas/Owner" }] } },
        },
        Dog: {
          type: "object",
          required: ["kind"],
          properties: { kind: { type: "string" }, age: { type: "number", minimum: 0, exclusiveMinimum: true, nullable: true, example: 3 } },
        },
        Owner: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        Country: { type: "string", enum: ["DE", "FR"] },
      },
    },
  };
  const { documents, diagnostics } = readFiles({ "api.json": api });
  expect(diagnostics).toEqual([]);
  expect(documents.map(({ name }) => name)).toEqual(["Pet", "Cat", "Dog", "Owner"]);
  expect(documents[2]?.schema).toMatchObject({ properties: { age: { type: ["number", "null"], exclusiveMinimum: 0, examples: [3] } } });
  const accepts = judge("2020-12", documents[0]?.schema);
  expect([{ kind: "feline" }, { kind: "feline", owner: null }, { kind: "Dog", age: 1 }, { kind: "Dog", age: null }].map(accepts)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(
    [{ kind: "Cat" }, { kind: "feline", owner: {} }, { kind: "Dog", age: 0 }, { kind: "feline", age: 0, owner: 1 }].map(accepts),
  ).toEqual([false, false, false, false]);
});

test("Swagger 2: x-nullable is nullable, beside a type, a reference and an enum", () => {
  const definitions = {
    Order: {
      type: "object",
      properties: {
        note: { type: "string", "x-nullable": true },
        owner: { $ref: "#/definitions/Owner", "x-nullable": true },
        state: { enum: ["open", "paid"], "x-nullable": true },
        size: { type: "string", "x-nullable": false },
      },
    },
    Owner: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  };
  const { documents, diagnostics } = readFiles({ "api.json": { swagger: "2.0", definitions } });
  expect(diagnostics).toEqual([]);
  const accepts = judge("2020-12", documents[0]?.schema);
  expect([{ note: null }, { owner: null }, { state: null }, { owner: { name: "A" }, state: "paid" }].map(accepts)).not.toContain(false);
  expect([{ size: null }, { owner: {} }, { state: 1 }].map(accepts)).not.toContain(true);
  expect(JSON.stringify(documents[0]?.schema)).not.toContain('x-nullable":true');
});

test.each([
  [{ enum: ["a"], "x-nullable": true }, "`x-nullable`", "`enum`"],
  [{ const: "a", nullable: true }, "`nullable`", "`const`"],
  [{ $ref: "#/definitions/A", nullable: true }, "`nullable`", "`$ref`"],
  [{ allOf: [{ $ref: "#/definitions/A" }], nullable: true }, "`nullable`", "`allOf`"],
  [{ oneOf: [{ $ref: "#/definitions/A" }, { enum: ["b"] }], nullable: true }, "`nullable`", "`oneOf`"],
])("nullable in vain is told: %j", (beside, name, keyword) => {
  const schema = { properties: { a: { type: "string", ...beside } }, definitions: { A: { type: "string", minLength: 1 } } };
  const { diagnostics } = readFiles({ "a.json": { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema } });
  const message = `${name} has no effect here: the ${keyword} beside it does not allow null.`;
  expect(diagnostics).toMatchObject([{ code: "read/nullable-refused", message, at: { file: "a.json" } }]);
});

test("nullable is not in vain where all that stands beside the type allows null", () => {
  const schema = {
    properties: { a: { type: "string", nullable: true, allOf: [{ $ref: "#/definitions/A" }], enum: ["x", null] } },
    definitions: { A: { type: "string", nullable: true, minLength: 1 } },
  };
  expect(readFiles({ "a.json": schema }).diagnostics).toEqual([]);
});

test("a file of nothing but definitions gives a document for each, or for those that are tagged", () => {
  const $defs = {
    user: { type: "object" },
    order: { type: "object", properties: { user: { $ref: "#/$defs/user" } } },
    id: { type: "string" },
  };
  expect(readFiles({ "all.json": { $defs } }).documents.map(({ name }) => name)).toEqual(["User", "Order"]);
  const tagged = { ...$defs, user: { ...$defs.user, "x-extract": { name: "Person" } } };
  expect(readFiles({ "all.json": { definitions: tagged, $ref: undefined } }).documents.map(({ name }) => name)).toEqual(["Person"]);
});
