import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { emitValidator } from "../../src/emit/validator.js";
import type { SchemaObject } from "../../src/read/schema-document.js";
import { documentOf } from "./documents.js";
import { loadValidator } from "./load-validator.js";

const address = {
  type: "object",
  properties: { city: { type: "string", minLength: 2 }, next: { $ref: "#/$defs/Address" } },
  required: ["city"],
};
const person: SchemaObject = {
  type: "object",
  properties: {
    name: { type: "string", maxLength: 3 },
    mail: { type: "string", format: "email" },
    at: { format: "date-time" },
    tags: { type: "array", items: { type: "string", pattern: "^[a-z]+$" }, uniqueItems: true },
    homes: { type: "array", items: { $ref: "#/$defs/Address" } },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
    kind: { const: { a: [1] } },
    shape: {
      anyOf: [
        { type: "object", properties: { kind: { const: "circle" }, r: { type: "number" } }, required: ["kind", "r"] },
        { type: "object", properties: { kind: { const: "square" }, s: { type: "number" } }, required: ["kind", "s"] },
      ],
    },
    schema12: { type: "number" },
  },
  required: ["name"],
  dependentRequired: { tags: ["mail"] },
  $defs: { Address: address },
};

const values: readonly unknown[] = [
  {},
  { name: "abc" },
  { name: "abcd" },
  { name: "😀😀😀" },
  { name: "a", mail: "x" },
  { name: "a", mail: "x@example.org", tags: ["a", "b"] },
  { name: "a", tags: ["a"] },
  { name: "a", mail: "x@example.org", tags: ["a", "a", "B"] },
  { name: "a", at: "2024-01-01T00:00:00Z" },
  { name: "a", at: "yesterday" },
  { name: "a", homes: [{ city: "ab" }, { city: "abc", next: { city: "" } }] },
  { name: "a", pair: ["a", 1] },
  { name: "a", pair: ["a", 1.5] },
  { name: "a", pair: ["a", 1, 2] },
  { name: "a", kind: { a: [1] } },
  { name: "a", kind: { a: [2] } },
  { name: "a", shape: { kind: "circle", r: 1 } },
  { name: "a", shape: { kind: "square", r: 1 } },
  { name: "a", shape: { kind: "round" } },
  { name: "a", shape: [] },
  { name: "a", schema12: "1" },
  { name: "a", undeclared: 1 },
  null,
  [],
  "a",
];

/** What Ajv found, without its words and its place in the schema. */
function facts({ errors }: { errors?: unknown }): unknown {
  return JSON.parse(JSON.stringify(errors), (key, value: unknown) => (key === "message" || key === "schemaPath" ? undefined : value));
}

describe("a generated validator", () => {
  test("gives Ajv's own verdict", async () => {
    const draft07 = {
      ...person,
      properties: {
        ...(person["properties"] as object),
        pair: { type: "array", items: [{ type: "string" }, { type: "integer" }], additionalItems: false },
      },
      dependencies: { tags: ["mail"] },
    };
    const ajv = addFormats.default(new Ajv({ strict: false }));
    const oracle = ajv.compile(draft07);
    const { root } = loadValidator(await emitValidator(documentOf(person), "User"));
    expect(values.map((value) => root(value))).toEqual(values.map((value) => oracle(value)));
    expect(values.filter((value) => root(value)).length).toBe(8);
  });

  test("collects every failure, and of a tagged union only the chosen branch's", async () => {
    const { root } = loadValidator(await emitValidator(documentOf(person), "User"));
    expect(root({ name: 1, mail: "", shape: { kind: "square", s: "1" } })).toBe(false);
    expect(root.errors?.map((error) => [error.instancePath, error.keyword])).toEqual([
      ["/name", "type"],
      ["/mail", "format"],
      ["/shape/s", "type"],
    ]);
  });

  test("judges parts: a refused part means a refused whole", async () => {
    const text = await emitValidator(documentOf(person), "User");
    expect([...text.parts.keys()]).toEqual(["/tags/*", "/homes/*"]);
    const { part } = loadValidator(text);
    expect(part("/homes/*")?.({ city: "a" })).toBe(false);
    expect(part("/homes/*")?.({ city: "abc" })).toBe(true);
    expect(part("/tags/*")?.("B")).toBe(false);
  });

  test("keeps of a schema what it reads, once, and tells Ajv's own facts", async () => {
    const unit = { enum: ["m", "km", { per: ["h"] }] };
    const schema: SchemaObject = {
      type: "object",
      properties: { length: unit, width: unit, "a.b[0]": { type: ["string", "null"] }, deep: { const: { length: [2] } } },
      additionalProperties: false,
    };
    const text = await emitValidator(documentOf(schema), "User");
    const { root } = loadValidator(text);
    const oracle = new Ajv({ strict: false, allErrors: true, inlineRefs: false }).compile(schema);
    const wrong = { length: "x", width: { per: ["d"] }, "a.b[0]": 1, deep: { length: [3] }, more: 1 };
    root(wrong);
    oracle(wrong);
    expect(facts(root)).toEqual(facts(oracle));
    for (const right of [{ length: { per: ["h"] } }, { "a.b[0]": null, deep: { length: [2] } }]) expect(root(right)).toBe(true);
    expect(text.code.match(/\["m","km"/g)?.length).toBe(1);
    expect(text.code).not.toContain('"properties"');
  });

  test("is the same text each time, and holds neither require nor eval", async () => {
    const first = await emitValidator(documentOf(person), "User");
    const second = await emitValidator(documentOf(person), "User");
    expect(second).toEqual(first);
    expect(first.code).not.toMatch(/\brequire\(|\beval\b|new Function/);
  });

  test("inherited properties do not count as present", async () => {
    const { root } = loadValidator(await emitValidator(documentOf({ type: "object", required: ["constructor"] }), "User"));
    expect(root({})).toBe(false);
    expect(root({ constructor: 1 })).toBe(true);
  });

  test("a constant holds the key __proto__ as any other", async () => {
    const schema = JSON.parse('{ "enum": [{ "__proto__": 1, "a": "\\"__proto__\\":" }, { "b": [{ "__proto__": {} }] }] }') as SchemaObject;
    const { root } = loadValidator(await emitValidator(documentOf(schema), "User"));
    const right = (schema["enum"] as readonly unknown[]).map((value) => root(value));
    expect([...right, root({}), root({ b: [{}] })]).toEqual([true, true, false, false]);
  });

  test("NaN and Infinity are no numbers", async () => {
    const { root } = loadValidator(await emitValidator(documentOf({ type: "number" }), "User"));
    expect([root(Number.NaN), root(Number.POSITIVE_INFINITY), root(1)]).toEqual([false, false, true]);
  });

  test("a pattern that no JavaScript reads is told and left out", async () => {
    const { diagnostics } = await emitValidator(documentOf({ pattern: "(?i)abc" }), "User");
    expect(diagnostics.map((one) => one.code)).toEqual(["emit/pattern-dropped"]);
  });

  test("so is one that is too large, which an engine notices only when it is used", async () => {
    const schema = { type: "string", pattern: `${"(".repeat(20_000)}a${")".repeat(20_000)}` };
    const text = await emitValidator(documentOf(schema), "User");
    expect(text.diagnostics.map((one) => one.code)).toEqual(["emit/pattern-dropped"]);
    expect(loadValidator(text).root("b")).toBe(true);
  });

  test("what hides or turns text is escaped in patterns, keys and enums, and means the same", async () => {
    const schema = {
      type: "object",
      properties: { "a\u202eb": { type: "string", pattern: "^\u2066+$" }, c: { enum: ["\u200bx", "\ufeff"] } },
      required: ["a\u202eb"],
      additionalProperties: false,
    };
    const text = await emitValidator(documentOf(schema), "User");
    expect(text.code).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]/u);
    const { root } = loadValidator(text);
    expect([root({ "a\u202eb": "\u2066", c: "\ufeff" }), root({ "a\u202eb": "x" }), root({ c: "\ufeff" })]).toEqual([true, false, false]);
  });
});

test("recursion, unions of references and keys named like the code's own variables", async () => {
  const schema = {
    anyOf: [{ $ref: "#/$defs/Node" }, { type: "string" }],
    $defs: {
      Node: {
        type: "object",
        properties: {
          parentData: { type: "string" },
          errors: { type: "number" },
          valid0: { const: 'a "b" const err0 = {};' },
          next: { $ref: "#/$defs/Node" },
        },
        patternProperties: { "^x": { anyOf: [{ $ref: "#/$defs/Node" }, { type: "null" }] } },
        additionalProperties: false,
      },
    },
  };
  for (const variant of [schema, JSON.parse(JSON.stringify(schema).replace("parentData", "other")) as SchemaObject]) {
    const text = await emitValidator(documentOf(variant), "User");
    const { root } = loadValidator(text);
    const oracle = new Ajv({ strict: false }).compile(variant);
    const cases = [
      {},
      { next: { next: {} } },
      { next: 1 },
      "a",
      1,
      { x: null, y: 1 },
      { xa: { errors: "a" } },
      { xa: { errors: 1 } },
      { valid0: 'a "b" const err0 = {};' },
      { valid0: "a" },
      { parentData: "a" },
    ];
    expect(cases.map((value) => root(value))).toEqual(cases.map((value) => oracle(value)));
  }
});

test("hundreds of definitions that refer to each other in a ring", async () => {
  const count = 600;
  const definition = (index: number): SchemaObject => ({
    type: "object",
    properties: { value: { type: "integer" }, next: { $ref: `#/$defs/d${(index + 1) % count}` } },
    required: ["value"],
  });
  const $defs = Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, definition(index)]));
  const text = await emitValidator(documentOf({ $ref: "#/$defs/d0", $defs }), "User");
  const { root } = loadValidator(text);
  const nested = (depth: number, value: unknown): unknown => (depth === 0 ? { value } : { value: depth, next: nested(depth - 1, value) });
  expect([root(nested(700, 1)), root(nested(700, "1")), root({})]).toEqual([true, false, false]);
  root(nested(2, "1"));
  expect(root.errors?.map((error) => error.instancePath)).toEqual(["/next/next/value"]);
});

test("what only 2020-12 can say is judged by its class", async () => {
  const schema = {
    type: "object",
    properties: { a: { type: "array", contains: { const: 1 }, minContains: 2 } },
    anyOf: [{ properties: { b: { type: "string" } }, required: ["b"] }, { required: ["a"] }],
    unevaluatedProperties: false,
  };
  const { root } = loadValidator(await emitValidator(documentOf(schema), "User"));
  expect([{ b: "x" }, { b: "x", c: 1 }, { a: [1, 1] }, { a: [1] }].map((value) => root(value))).toEqual([true, false, true, false]);
});

test("undeclared keys pass where JSON Schema lets them", async () => {
  const open = loadValidator(await emitValidator(documentOf({ type: "object", properties: { a: {} } }), "User"));
  expect(open.root({ b: 1 })).toBe(true);
});
