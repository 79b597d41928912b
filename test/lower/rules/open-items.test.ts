import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

// `unevaluatedItems` does not speak of items that something else evaluates.

const text = { type: "string" };
const number = { type: "number" };
const tuple = { type: "array", prefixItems: [text] };
const pair = [["x", 1], { item1: "x", rest: ["1"] }] as const;

describe("items that are evaluated elsewhere come back where the tuple is open", () => {
  const options = { open: true };
  ruleTable("tuple-to-object", [
    { name: "by contains", schema: { ...tuple, contains: number, unevaluatedItems: false }, options, values: [pair] },
    { name: "by contains beside a schema", schema: { ...tuple, contains: number, unevaluatedItems: text }, options, values: [pair] },
    {
      name: "by a condition",
      schema: { ...tuple, if: { prefixItems: [true, number] }, unevaluatedItems: false },
      options,
      values: [pair],
    },
    {
      name: "by contains of a part, and of a reference",
      schema: { ...tuple, allOf: [{ $ref: "#/$defs/Some" }], unevaluatedItems: false },
      defs: { Some: { contains: number } },
      options,
      values: [pair],
    },
    {
      name: "by contains in a branch",
      schema: { ...tuple, anyOf: [{ contains: number }, { maxItems: 1 }], unevaluatedItems: false },
      options,
      values: [pair],
    },
    {
      name: "by another unevaluatedItems",
      schema: { ...tuple, allOf: [{ unevaluatedItems: true }], unevaluatedItems: false },
      options,
      values: [pair],
    },
  ]);
});

describe("where nothing else evaluates them", () => {
  const options = { open: true };
  ruleTable(undefined, [
    {
      name: "there are none",
      schema: { ...tuple, unevaluatedItems: false },
      options,
      wire: { type: "object", properties: { item1: text }, additionalProperties: false },
    },
    {
      name: "a branch that describes more of them takes them",
      schema: { ...tuple, anyOf: [{ prefixItems: [true, number] }, { minItems: 0 }], unevaluatedItems: false },
      options,
      values: [[["x", 1], { tuple: { item1: "x", item2: 1 } }]],
    },
    { name: "they are items", schema: { type: "array", unevaluatedItems: number }, wire: { type: "array", items: number } },
  ]);
});

describe("where they are not asked for, a loss is told", () => {
  ruleTable("tuple-to-object", [
    {
      name: "what contains allows",
      schema: { ...tuple, contains: number, unevaluatedItems: false },
      codes: ["lower/close-tuple", "lower/tuple-to-object"],
    },
    { name: "not where there is none", schema: { ...tuple, unevaluatedItems: false }, codes: ["lower/tuple-to-object"] },
  ]);
});
