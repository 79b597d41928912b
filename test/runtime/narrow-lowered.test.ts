import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { encode } from "../../src/lower/encode.js";
import { narrowIssues, narrowTool } from "../../src/runtime/call/narrow.js";
import { documentFor, lowerFor } from "../conformance/lowering/measure-lowering.js";

const text = { type: "string" };
const record = (properties: object, more: object = {}): object => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const tuple = (prefixItems: readonly object[], more: object = { items: false }): object => ({
  type: "array",
  prefixItems,
  minItems: prefixItems.length,
  ...more,
});
const line = record({
  span: tuple([
    { ...text, title: "From" },
    { ...text, title: "To" },
  ]),
  tag: text,
});

/** A schema, a path, and two values: one that keeps to `red`, one that does not. */
const cases: Readonly<Record<string, readonly [schema: object, path: string, right: unknown, wrong: unknown]>> = {
  "a position of a tuple": [record({ pair: tuple([text, text]) }), "pair.1", { pair: ["blue", "red"] }, { pair: ["red", "blue"] }],
  "a named position": [line, "span.0", { span: ["red", "x"], tag: "x" }, { span: ["x", "red"], tag: "red" }],
  "the only position": [record({ one: tuple([text]) }), "one.0", { one: ["red"] }, { one: ["blue"] }],
  "a tuple as the root": [tuple([text, { type: "integer" }]), "0", ["red", 1], ["blue", 1]],
  "below a position": [
    record({ pair: tuple([line, text]) }),
    "pair.0.span.1",
    { pair: [{ span: ["x", "red"], tag: "x" }, "x"] },
    { pair: [{ span: ["red", "x"], tag: "x" }, "x"] },
  ],
  "every position and what follows": [
    record({ all: tuple([text, text], { items: text }) }),
    "all.*",
    { all: ["red", "red", "red"] },
    { all: ["red", "red", "blue"] },
  ],
  "a position of every item": [
    record({ rows: { type: "array", items: tuple([{ type: "integer" }, text]) } }),
    "rows.*.1",
    { rows: [[1, "red"]] },
    {
      rows: [
        [1, "red"],
        [2, "blue"],
      ],
    },
  ],
  "a tuple in a definition": [
    { ...record({ a: { $ref: "#/$defs/pair" }, b: { $ref: "#/$defs/pair" } }), $defs: { pair: tuple([text, text]) } },
    "a.0",
    { a: ["red", "x"], b: ["x", "x"] },
    { a: ["x", "red"], b: ["red", "red"] },
  ],
  "a list in a list": [
    record({ grid: { type: "array", items: { type: "array", items: text } } }),
    "grid.*.*",
    { grid: [["red"], []] },
    { grid: [["red"], ["blue"]] },
  ],
  "the values of a map": [
    record({ map: { type: "object", additionalProperties: text } }),
    "map.*",
    { map: { a: "red", b: "red" } },
    { map: { a: "red", b: "blue" } },
  ],
  "below the values of a map, as the root": [
    { type: "object", additionalProperties: line },
    "*.tag",
    { a: { span: ["x", "y"], tag: "red" } },
    { a: { span: ["red", "y"], tag: "x" } },
  ],
  "a map of lists of tuples": [
    record({ map: { type: "object", additionalProperties: { type: "array", items: tuple([text, text]) } } }),
    "map.*.*.0",
    { map: { a: [["red", "x"]] } },
    { map: { a: [["x", "red"]] } },
  ],
  "a list as the root": [
    { type: "array", items: line },
    "*.span.1",
    [{ span: ["x", "red"], tag: "x" }],
    [{ span: ["red", "x"], tag: "x" }],
  ],
  "a key that is a number": [
    record({ point: record({ 0: text, 1: text }) }),
    "point.1",
    { point: { 0: "x", 1: "red" } },
    { point: { 0: "red", 1: "x" } },
  ],
};

test.each(Object.entries(cases))("%s is narrowed on the wire as in validation", (_name, [schema, path, right, wrong]) => {
  const lowering = lowerFor(documentFor(schema) ?? expect.fail(), false);
  for (const shape of ["one", "list"] as const) {
    const { schema: parameters, strict } = lowering[shape];
    const tool = { type: "function", function: { name: "extract", strict, parameters } } as const;
    const narrowed = narrowTool(tool, shape, { [path]: ["red"] }).function.parameters;
    const isSent = new Ajv2020({ strict: false }).compile(narrowed);
    const wireOf = (value: unknown): unknown => {
      const { wire } = encode(lowering, value) ?? expect.fail();
      return shape === "one" ? wire : { items: [wire] };
    };
    const valueOf = (value: unknown): unknown => (shape === "one" ? value : [value]);
    expect([isSent(wireOf(right)), isSent(wireOf(wrong))]).toEqual([true, false]);
    expect(narrowIssues(valueOf(right), shape, { [path]: ["red"] })).toEqual([]);
    expect(narrowIssues(valueOf(wrong), shape, { [path]: ["red"] })).not.toEqual([]);
  }
});

test.each([
  [record({ pair: tuple([text, text]) }), "pair.2"],
  [record({ pair: tuple([text, text], { items: text }) }), "pair.2"],
  [record({ pair: tuple([text, text]) }), "pair.x"],
  [record({ pair: tuple([text, text]) }), "pair."],
  [record({ tags: { type: "array", items: text } }), "tags.0"],
  [record({ map: { type: "object", additionalProperties: text } }), "map.a"],
])("what can't be narrowed alone is an error: %#", (schema, path) => {
  const { one } = lowerFor(documentFor(schema) ?? expect.fail(), false);
  const tool = { type: "function", function: { name: "extract", strict: true, parameters: one.schema } } as const;
  expect(() => narrowTool(tool, "one", { [path]: ["red"] })).toThrow(`there is no "${path}"`);
});

test("numbers and texts at one place", () => {
  const { one } = lowerFor(documentFor(record({ size: { anyOf: [text, { type: "integer" }] } })) ?? expect.fail(), false);
  const tool = { type: "function", function: { name: "extract", strict: true, parameters: one.schema } } as const;
  const isSent = new Ajv2020({ strict: false }).compile(narrowTool(tool, "one", { size: ["s", 1] }).function.parameters);
  expect(["s", 1, "m", 2].map((size) => isSent({ size }))).toEqual([true, true, false, false]);
});
