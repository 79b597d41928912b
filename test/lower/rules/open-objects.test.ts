import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

describe("keys that an open object does not declare", () => {
  ruleTable("close-objects", [
    {
      name: "further keys beside patterns under which nothing is valid",
      schema: {
        type: "object",
        properties: { a: { type: "string" } },
        patternProperties: { "^x-": { allOf: [{ type: "string" }, { type: "integer" }] } },
        "x-extract": { open: true },
      },
      values: [
        [
          { a: "x", b: 1 },
          { a: "x", other_properties: [{ key: "b", value: "1" }] },
        ],
      ],
    },
    {
      name: "further keys beside patterns, by unevaluatedProperties",
      schema: {
        type: "object",
        properties: { a: { type: "string" } },
        patternProperties: { "^x-": { type: "string" } },
        unevaluatedProperties: { type: "number" },
        "x-extract": { open: true },
      },
      values: [
        [
          { a: "x", "x-b": "y", c: 1 },
          {
            a: "x",
            other_properties: [
              { key: "x-b", value: "y" },
              { key: "c", value: 1 },
            ],
          },
        ],
      ],
    },
  ]);
});
