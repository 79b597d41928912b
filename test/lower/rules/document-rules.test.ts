import { decode } from "@schemacast/runtime/v1";
import { describe, expect, test } from "vitest";
import { encode } from "../../../src/lower/encode.js";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import type { JsonSchema, SchemaObject } from "../../../src/read/schema-document.js";
import { documentOf } from "../document-of.js";
import { holdsLaw } from "../law.js";

const options = { profile: cerebras };

describe("root-wrap", () => {
  const roots = [
    { name: "array", schema: { type: "array", items: { type: "string" } }, value: ["a"] },
    { name: "boolean", schema: { type: "boolean" }, value: false },
    { name: "enum", schema: { enum: ["SPAM", "NOT_SPAM"] }, value: "SPAM" },
    {
      name: "union of objects",
      schema: {
        anyOf: [
          { type: "object", properties: { a: { type: "string" } } },
          { type: "object", properties: { b: { type: "string" } } },
        ],
      },
      value: { b: "x" },
    },
    { name: "map", schema: { type: "object", additionalProperties: { type: "string" } }, value: { a: "b" } },
    { name: "any JSON", schema: true, value: [null] },
  ];
  test.each(roots)("$name", ({ schema, value }) => {
    const lowering = lower(documentOf(schema), options);
    expect(lowering.one.schema).toMatchObject({ type: "object", required: ["value"], additionalProperties: false });
    expect(lowering.plan.root).toMatchObject({ kind: "unwrap", key: "value" });
    expect(lowering.changes.map(({ rule }) => rule)).toContain("root-wrap");
    expect(decode(lowering.plan, encode(lowering, value)?.wire)).toEqual(value);
    // A model that forgets the wrapper is understood.
    if (!Array.isArray(lowering.one.schema["anyOf"]) && Array.isArray(value)) expect(decode(lowering.plan, value)).toEqual(value);
  });

  test("a reference to an object is that object", () => {
    const { one } = lower(
      documentOf({ $ref: "#/$defs/A", $defs: { A: { type: "object", properties: { a: { type: "string" } } } } }),
      options,
    );
    expect(one.schema).toEqual({ type: "object", properties: { a: { type: "string" } }, additionalProperties: false });
  });
});

const tree = (settings?: object): SchemaObject => ({
  $ref: "#/$defs/Node",
  ...(settings && { "x-extract": settings }),
  $defs: {
    Node: {
      type: "object",
      properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/Node" } } },
      required: ["name"],
      additionalProperties: false,
    },
  },
});
const deep = { name: "1", children: [{ name: "2", children: [{ name: "3", children: [{ name: "4" }] }, { name: "3b" }] }] };

function both(key: string): object {
  return { allOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }, { type: "object", properties: { [key]: { type: "string" } } }] };
}

function tangled(key: string): object {
  return { type: "object", properties: { left: both(key), right: both(key), middle: both(key) } };
}

describe("fall-back-to-guided", () => {
  test("recursion: told at the field, sent as guidance, undone all the same", () => {
    const lowering = lower(documentOf(tree()), options);
    expect(lowering.one).toMatchObject({ strict: false, reasons: ["lower/recursion"] });
    expect(lowering.list).toMatchObject({ strict: false, reasons: ["lower/recursion"] });
    const [told] = lowering.diagnostics.filter(({ code }) => code === "lower/recursion");
    expect(told?.message).toContain("/$defs/Node/properties/children/items");
    expect(decode(lowering.plan, encode(lowering, deep)?.wire)).toEqual(deep);
  });

  test("one object and a list of them are judged each by itself", () => {
    let schema: SchemaObject = { type: "string" };
    for (let level = 0; level < 9; level++)
      schema = { type: "object", properties: { a: schema }, required: ["a"], additionalProperties: false };
    const { one, list, diagnostics } = lower(documentOf(schema), options);
    expect([one.size.depth, one.strict, list.size.depth, list.strict]).toEqual([9, true, 11, false]);
    expect(diagnostics.map(({ code, message }) => [code, message.slice(0, 20)])).toEqual([["lower/too-deep", "The schema of a list"]]);
  });

  test("allOf around references to itself closes the circle: the same demands are one definition", () => {
    const schema = { $ref: "#/$defs/A", $defs: { A: tangled("a"), B: tangled("b") } };
    const lowering = lower(documentOf(schema), options);
    expect(lowering.one).toMatchObject({ strict: false, reasons: ["lower/recursion"] });
    expect(lowering.diagnostics.map(({ code }) => code)).not.toContain("lower/tangled");
    const value = { left: { a: "x", left: { a: "y", b: "z", middle: { a: "", right: { b: "deep" } } } }, right: {} };
    expect(decode(lowering.plan, encode(lowering, value)?.wire)).toEqual(value);
    const unrolled = lower(documentOf({ ...schema, "x-extract": { unroll: 1 } }), options);
    expect(unrolled.one.strict).toBe(true);
    expect(decode(unrolled.plan, encode(unrolled, value)?.wire)).toEqual(value);
  });

  test("allOf around a reference to itself, beside another one, closes too", () => {
    const node = {
      type: "object",
      properties: { name: { type: "string" }, next: { allOf: [{ $ref: "#/$defs/Base" }, { $ref: "#/$defs/Node" }] } },
    };
    const schema = {
      $ref: "#/$defs/Node",
      $defs: { Base: { type: "object", properties: { next: { $ref: "#/$defs/Base" } } }, Node: node },
    };
    const lowering = lower(documentOf(schema), options);
    expect(lowering.diagnostics.map(({ code }) => code)).not.toContain("lower/tangled");
    const value = { name: "1", next: { name: "2", next: { name: "3", next: { name: "4" } } } };
    expect(decode(lowering.plan, encode(lowering, value)?.wire)).toEqual(value);
  });

  test("more demands together than can be looked at end", () => {
    const names = Array.from({ length: 12 }, (_, index) => `D${index}`);
    const part = (name: string): object => ({
      type: "object",
      properties: {
        [name]: { type: "string" },
        ...Object.fromEntries(names.map((other) => [`n${other}`, { allOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${other}` }] }])),
      },
    });
    const schema = { $ref: "#/$defs/D0", $defs: Object.fromEntries(names.map((name) => [name, part(name)])) };
    const { one, diagnostics } = lower(documentOf(schema), options);
    // No more than can be sent.
    expect(one.size.properties).toBeLessThan(5000);
    expect(diagnostics.map(({ code }) => code)).toContain("lower/tangled");
  });

  test("what is only deep is told to be so", () => {
    const deep = Array.from({ length: 40 }).reduce<JsonSchema>((items) => ({ type: "array", items }), { type: "string" });
    const [told] = lower(documentOf(deep), options).diagnostics;
    expect(told).toMatchObject({ code: "lower/tangled", message: expect.stringMatching(/^The schema is more than 30 levels deep, or /) });
  });

  test("too many properties, too many enum values", () => {
    const names = Array.from({ length: 501 }, (_, index) => `p${index}`);
    const profile = { ...cerebras, tools: withoutLength(cerebras.tools), json_schema: withoutLength(cerebras.json_schema) };
    const many = {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, { type: "boolean" }])),
      additionalProperties: false,
    };
    expect(lower(documentOf(many), { profile }).one.reasons).toEqual(["lower/too-many-properties"]);
    expect(lower(documentOf({ enum: names }), { profile }).one.reasons).toEqual(["lower/too-many-enum-values"]);
  });
});

function withoutLength(rules: typeof cerebras.tools): typeof cerebras.tools {
  return { ...rules, limits: { ...rules.limits, characters: { ...rules.limits.characters, value: 1_000_000 } } };
}

describe("unroll-recursion", () => {
  test("sends the levels asked for, the rest as JSON text", () => {
    const lowering = lower(documentOf(tree({ unroll: 2 })), options);
    expect(lowering.one.strict).toBe(true);
    expect(lowering.list.strict).toBe(true);
    expect(encode(lowering, deep)?.wire).toEqual({
      name: "1",
      children: [{ name: "2", children: ['{"name":"3","children":[{"name":"4"}]}', '{"name":"3b"}'] }],
    });
    expect(lowering.changes.filter(({ rule }) => rule === "unroll-recursion")).toHaveLength(1);
  });

  test.each([1, 2, 3])("the law holds with %i levels", (unroll) => {
    holdsLaw({ schema: tree({ unroll }), values: [deep, { name: "x" }] });
  });

  test("types that refer to each other, asked for at one of them", () => {
    const schema = {
      $ref: "#/$defs/A",
      $defs: {
        A: {
          type: "object",
          properties: { b: { $ref: "#/$defs/B" }, b2: { $ref: "#/$defs/B" } },
          additionalProperties: false,
          "x-extract": { unroll: 2 },
        },
        B: { type: "object", properties: { a: { $ref: "#/$defs/A" }, n: { type: "integer" } }, additionalProperties: false },
      },
    };
    const { one } = lower(documentOf(schema), options);
    expect(one.strict).toBe(true);
    holdsLaw({ schema, values: [{ b: { n: 1, a: { b2: { a: { b: { n: 2 } } } } }, b2: { n: 3 } }] });
  });

  test("a root that refers to itself", () => {
    const schema = {
      type: "object",
      properties: { next: { $ref: "#" }, n: { type: "integer" } },
      additionalProperties: false,
      "x-extract": { unroll: 3 },
    };
    expect(lower(documentOf(schema), options).one.strict).toBe(true);
    holdsLaw({ schema, values: [{ n: 1, next: { n: 2, next: { n: 3, next: { n: 4, next: {} } } } }] });
  });
});

describe("fit-limits", () => {
  const address = {
    type: "object",
    description: "Where somebody lives, works or gets their letters; as it is written, with nothing added.",
    properties: Object.fromEntries(
      ["street", "city", "zip", "country"].map((key) => [key, { type: "string", description: `The ${key} of the address.` }]),
    ),
    additionalProperties: false,
  };

  test("parts that are there several times become definitions", () => {
    const schema = {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`place${index}`, address])),
      additionalProperties: false,
    };
    const { one, diagnostics, plan } = lower(documentOf(schema), options);
    expect(one.strict).toBe(true);
    expect(Object.keys(Object(one.schema["$defs"]))).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["lower/fit-limits"]);
    // What is allowed, and the way back, are untouched.
    expect(Object.keys(Object(Reflect.get(plan.root, "fields")))).toHaveLength(20);
    holdsLaw({ schema, values: [{ place3: { city: "Rome" }, place19: {} }] });
  });

  test("descriptions are cut from the longest, short ones stay", () => {
    const schema = {
      type: "object",
      properties: {
        short: { type: "string", description: "Short." },
        long: { type: "string", description: "First sentence of a long text. ".repeat(300) },
        counted: { type: "array", items: { type: "string" }, maxItems: 3 },
      },
      additionalProperties: false,
    };
    const { one } = lower(documentOf(schema), options);
    expect(one.strict).toBe(true);
    expect(one.schema["properties"]).toMatchObject({ short: { description: "Short." }, counted: { description: "At most 3 items." } });
    expect(one.size.characters).toBeGreaterThan(700);
  });

  test("what fits is not touched", () => {
    const schema = { type: "object", properties: { a: address, b: address }, additionalProperties: false };
    expect(lower(documentOf(schema), options).one.schema["$defs"]).toBeUndefined();
  });
});

function planOf(branches: readonly object[]): unknown {
  const { root } = lower(documentOf({ type: "object", properties: { u: { anyOf: branches } }, required: ["u"] }), options).plan;
  return Reflect.get(Object(Reflect.get(root, "fields")), "u");
}

function kind(value: string, more: object): object {
  return { type: "object", properties: { kind: { const: value }, ...more }, required: ["kind"], additionalProperties: false };
}

describe("unions", () => {
  test("by type", () => {
    expect(planOf([{ type: "string" }, { type: "array", items: { type: "number" } }, { type: "null" }])).toMatchObject({
      node: { byType: { string: 0, array: 1, null: 2 } },
    });
  });

  test("by tag, and by keys that only one branch has", () => {
    expect(planOf([kind("a", { x: { type: "string" } }), kind("b", { x: { type: "string" }, y: { type: "string" } })])).toMatchObject({
      node: { byTag: { key: "kind", cases: { a: 0, b: 1 } }, byKey: { y: 1 } },
    });
  });

  test("more than five branches are nested on the wire, not in the plan", () => {
    const branches = Array.from({ length: 12 }, (_, index) => kind(`k${index}`, {}));
    const { one, plan: flat } = lower(documentOf({ type: "object", properties: { u: { anyOf: branches } } }), options);
    expect(one.strict).toBe(true);
    expect(one.size.widestAnyOf).toBe(5);
    expect(Reflect.get(Object(Reflect.get(flat.root, "fields")), "u").node.branches).toHaveLength(12);
  });

  test("branches that can't be told apart and are undone differently get keys of their own", () => {
    const map = { type: "object", additionalProperties: { type: "number" } };
    const list = { type: "array", items: { type: "string" } };
    const schema = { type: "object", properties: { u: { anyOf: [map, list] } }, required: ["u"], additionalProperties: false };
    const lowering = lower(documentOf(schema), options);
    expect(encode(lowering, { u: { a: 1 } })?.wire).toEqual({ u: { map: [{ key: "a", value: 1 }] } });
    expect(encode(lowering, { u: ["a"] })?.wire).toEqual({ u: ["a"] });
    holdsLaw({ schema, values: [{ u: { a: 1 } }, { u: ["a"] }, { u: [] }, { u: {} }] });
  });

  test("objects that share what they share are undone by one plan", () => {
    const shared = { id: { type: "string" }, tags: { type: "object", additionalProperties: { type: "string" } } };
    const object = (more: object): object => ({
      type: "object",
      properties: { ...shared, ...more },
      required: ["id"],
      additionalProperties: false,
    });
    const schema = { anyOf: [object({ a: { type: "string" } }), object({ b: { type: "string" } })] };
    expect(lower(documentOf(schema), options).plan.root).toMatchObject({ node: { kind: "object" } });
    holdsLaw({
      schema,
      values: [
        { id: "1", tags: { x: "y" } },
        { id: "1", a: "x", tags: {} },
        { id: "2", b: "" },
      ],
    });
  });
});
