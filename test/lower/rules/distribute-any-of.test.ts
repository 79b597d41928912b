import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

describe("distribute-any-of: what stands beside anyOf holds for every branch", () => {
  const a = { type: "string" };
  const object = { type: "object", additionalProperties: false } as const;
  ruleTable(undefined, [
    {
      name: "branches with a form of their own get it",
      schema: {
        type: "object",
        properties: { a },
        required: ["a"],
        anyOf: [
          { properties: { b: { type: "integer" } }, required: ["b"] },
          { properties: { c: { type: "boolean" } }, required: ["c"] },
        ],
      },
      wire: {
        anyOf: [
          { ...object, properties: { a, b: { type: "integer" } }, required: ["a", "b"] },
          { ...object, properties: { a, c: { type: "boolean" } }, required: ["a", "c"] },
        ],
      },
      values: [
        [
          { a: "x", b: 1 },
          { a: "x", b: 1 },
        ],
        [
          { a: "x", c: true },
          { a: "x", c: true },
        ],
      ],
    },
    {
      name: "that undeclared keys are asked for, too, where a branch does not say other",
      schema: {
        type: "object",
        properties: { a },
        anyOf: [
          { properties: { b: { type: "integer" } }, required: ["b"] },
          { properties: { c: { type: "boolean" } }, required: ["c"], "x-extract": { open: false } },
        ],
        "x-extract": { open: true },
      },
      values: [
        [
          { a: "x", b: 1, c: true },
          { a: "x", b: 1, other_properties: [{ key: "c", value: "true" }] },
        ],
        [{ c: true }, { c: true }],
      ],
    },
    {
      name: "branches that only add conditions are said in words",
      schema: { type: "object", properties: { a, b: a }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
      wire: { ...object, description: "A present or b present.", properties: { a, b: a } },
      values: [[{ b: "x" }, { b: "x" }]],
    },
  ]);
});
