import { describe, expect, test } from "vitest";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { documentOf } from "../document-of.js";
import { ruleTable } from "../rule-table.js";

// What is valid and not asked for is told.

const text = { type: "string" };

describe("items after those of a tuple", () => {
  const tuple = { type: "array", prefixItems: [text] };
  ruleTable("tuple-to-object", [
    { name: "are told where nothing is said of them", schema: tuple, codes: ["lower/close-tuple", "lower/tuple-to-object"] },
    { name: "not where there are none", schema: { ...tuple, items: false }, codes: ["lower/tuple-to-object"] },
    { name: "nor where there is no room for them", schema: { ...tuple, maxItems: 1 }, codes: ["lower/tuple-to-object"] },
    { name: "nor where they are asked for", schema: { ...tuple, items: text }, codes: ["lower/tuple-to-object"] },
    {
      name: "nor where the tuple is open",
      schema: { ...tuple, "x-extract": { open: true } },
      codes: ["lower/any-to-json-text", "lower/tuple-to-object"],
    },
  ]);
});

test.each([
  [{ patternProperties: { "^p_": text } }, 1],
  [{ patternProperties: { "^p_": text }, additionalProperties: false }, 0],
  [{ patternProperties: { "^.*$": text } }, 0],
  [{ patternProperties: { "^p_": text }, "x-extract": { open: true } }, 0],
])("keys of a map that match no pattern: %j", (schema, told) => {
  const { diagnostics } = lower(documentOf({ type: "object", ...schema }), { profile: cerebras });
  expect(diagnostics.filter(({ code }) => code === "lower/close-object")).toHaveLength(told);
});

describe("branches told by a constant that travels as null where it is absent", () => {
  const x = { type: "object", properties: { kind: { const: "x" }, a: text }, required: ["a"] };
  const y = { type: "object", properties: { kind: { const: "y" } }, required: ["kind"] };
  ruleTable(undefined, [
    {
      name: "null tells the one that may lack it",
      schema: { oneOf: [x, y] },
      options: { optional: "nullable", open: true },
      values: [
        [
          { a: "s", b: 1 },
          { kind: null, a: "s", other_properties: [{ key: "b", value: "1" }] },
        ],
        [
          { kind: "y", b: 1 },
          { kind: "y", other_properties: [{ key: "b", value: "1" }] },
        ],
      ],
    },
    {
      name: "it tells none of two that may lack it",
      schema: { oneOf: [x, { ...y, required: [] }] },
      options: { optional: "nullable" },
      values: [
        [{ a: "s" }, { kind: null, a: "s" }],
        [{}, { kind: null }],
      ],
    },
  ]);
});
