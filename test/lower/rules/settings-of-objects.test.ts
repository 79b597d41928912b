import { describe, expect, test } from "vitest";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { documentOf } from "../document-of.js";
import { ruleTable } from "../rule-table.js";

// `x-extract.open` and `x-extract.reasoning` beside what is no object itself.

const text = { type: "string" };
const object = { type: "object", additionalProperties: false } as const;
const reasoning = { type: "string", description: "Your reasoning for the values below, in a few sentences." };
const a = { ...object, properties: { a: text }, required: ["a"] };
const b = { ...object, properties: { b: text }, required: ["b"] };
const reasonedA = { ...a, properties: { reasoning, a: text }, required: ["reasoning", "a"] };
const reasonedB = { ...b, properties: { reasoning, b: text }, required: ["reasoning", "b"] };

describe("settings of objects hold for the objects of the branches, and for one use of what is referred to", () => {
  ruleTable(undefined, [
    ...["anyOf", "oneOf"].map((keyword) => ({
      name: `reasoning beside ${keyword} and nothing else`,
      schema: { [keyword]: [a, b, { type: "null" }], "x-extract": { reasoning: true } },
      wire: { anyOf: [reasonedA, reasonedB, { type: "null" }] },
      values: [[{ a: "x" }, { reasoning: "", a: "x" }] as const, [null, null] as const],
      codes: [],
    })),
    {
      name: "reasoning beside anyOf and properties",
      schema: {
        properties: { a: text },
        required: ["a"],
        anyOf: [b, a].map(({ type }) => ({ type, properties: { c: text } })),
        "x-extract": { reasoning: true },
      },
      values: [
        [
          { a: "x", c: "y" },
          { reasoning: "", a: "x", c: "y" },
        ],
      ],
    },
    {
      name: "open beside oneOf of references",
      schema: { oneOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }], "x-extract": { open: true } },
      defs: {
        A: { properties: { a: text }, required: ["a"], type: "object" },
        B: { properties: { b: text }, required: ["b"], type: "object" },
      },
      values: [
        [
          { a: "x", c: 1 },
          { a: "x", other_properties: [{ key: "c", value: "1" }] },
        ],
      ],
    },
    {
      name: "reasoning and open beside a reference, where the target has a setting of its own",
      schema: { $ref: "#/$defs/A", "x-extract": { reasoning: true } },
      defs: { A: { properties: { a: text }, required: ["a"], type: "object", "x-extract": { open: true } } },
      values: [
        [
          { a: "x", c: 1 },
          { reasoning: "", a: "x", other_properties: [{ key: "c", value: "1" }] },
        ],
      ],
      codes: [],
    },
  ]);
});

test("another use of the same target is not touched, also where it refers to itself", () => {
  const schema = {
    ...object,
    properties: { x: { $ref: "#/$defs/A", "x-extract": { reasoning: true } }, y: { $ref: "#/$defs/A" } },
    $defs: { A: { ...object, properties: { next: { $ref: "#/$defs/A" } } } },
  };
  const { wire } = lower(documentOf(schema), { profile: cerebras });
  const keys = (name: string): unknown =>
    wire.root.kind === "object" ? wire.root.fields.find(({ key }) => key === name)?.node : undefined;
  expect(keys("x")).toMatchObject({ kind: "object", fields: [{ key: "reasoning" }, { key: "next", node: { kind: "ref", to: "A" } }] });
  expect(keys("y")).toMatchObject({ kind: "ref", to: "A" });
  expect(wire.defs["A"]).toMatchObject({ fields: [{ key: "next" }] });
});

describe("settings without effect are told", () => {
  ruleTable(undefined, [
    { name: "reasoning of a string", schema: { ...text, "x-extract": { reasoning: true } }, codes: ["lower/idle-setting"] },
    { name: "open of a list", schema: { type: "array", items: a, "x-extract": { open: true } }, codes: ["lower/idle-setting"] },
    { name: "reasoning of a list", schema: { type: "array", items: a, "x-extract": { reasoning: true } }, codes: ["lower/idle-setting"] },
    {
      name: "of branches none of which is an object",
      schema: { anyOf: [text, { type: "null" }], "x-extract": { open: true } },
      codes: ["lower/idle-setting"],
    },
    {
      name: "reasoning of a map",
      schema: { type: "object", additionalProperties: text, "x-extract": { reasoning: true } },
      codes: ["lower/map-to-entries", "lower/idle-setting"],
    },
    {
      name: "not open of a map, which has all its keys",
      schema: { type: "object", additionalProperties: text, "x-extract": { open: true } },
      codes: ["lower/map-to-entries"],
    },
    { name: "nor what is switched off", schema: { ...text, "x-extract": { open: false, reasoning: false } }, codes: [] },
  ]);

  test("at their place", () => {
    const { diagnostics } = lower(documentOf({ type: "array", items: a, "x-extract": { reasoning: true } }), { profile: cerebras });
    expect(diagnostics).toMatchObject([{ code: "lower/idle-setting", at: { file: "schemas/thing.json#/x-extract/reasoning" } }]);
  });
});
