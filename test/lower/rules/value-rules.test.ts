// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema
import { describe, expect } from "vitest";
import { ruleTable } from "../rule-table.js";

describe("const-to-enum", () => {
  ruleTable("const-to-enum", [
    { name: "text", schema: { const: "a" }, wire: { type: "string", enum: ["a"] }, plan: { kind: "atom" }, values: [["a", "a"]] },
    { name: "number", schema: { const: 1 }, wire: { type: "integer", enum: [1] }, values: [[1, 1]] },
    { name: "null", schema: { const: null }, wire: { type: "null" }, values: [[null, null]] },
    { name: "narrows an enum", schema: { const: "a", enum: ["a", "b"] }, wire: { type: "string", enum: ["a"] } },
  ]);
});

describe("enum-of-non-strings", () => {
  ruleTable("enum-of-non-strings", [
    { name: "integers", schema: { enum: [1, 2] }, wire: { type: "integer", enum: [1, 2] }, values: [[2, 2]] },
    { name: "both booleans", schema: { enum: [true, false] }, wire: { type: "boolean" }, values: [[false, false]] },
    {
      name: "mixed types",
      schema: { enum: ["a", 1, null] },
      wire: { anyOf: [{ type: "string", enum: ["a"] }, { type: "integer", enum: [1] }, { type: "null" }] },
      plan: { kind: "atom" },
      values: [[null, null]],
    },
    {
      name: "objects and arrays travel as JSON text",
      schema: { enum: [[1, 2], { a: "b" }] },
      wire: { type: "string", enum: ["[1,2]", '{"a":"b"}'] },
      plan: { kind: "json" },
      values: [[{ a: "b" }, '{"a":"b"}']],
    },
    {
      name: "values of another type than the schema's go",
      schema: { type: "integer", enum: [1, "b"] },
      wire: { type: "integer", enum: [1] },
    },
  ]);
});

describe("one-of-to-any-of", () => {
  ruleTable("one-of-to-any-of", [
    { name: "scalars", schema: { oneOf: [{ type: "string" }, { type: "null" }] }, wire: { anyOf: [{ type: "string" }, { type: "null" }] } },
    {
      name: "described constants become one enum",
      schema: { oneOf: [{ const: "a", title: "Apple" }, { const: "b", description: "Bee." }, { const: "c" }] },
      wire: { type: "string", description: "a: Apple; b: Bee.", enum: ["a", "b", "c"] },
    },
  ]);
});

describe("type-array-to-any-of", () => {
  ruleTable("type-array-to-any-of", [
    {
      name: "nullable",
      schema: { type: ["string", "null"], minLength: 1, description: "A name." },
      wire: { description: "A name.", anyOf: [{ type: "string", description: "At least 1 character." }, { type: "null" }] },
      plan: { kind: "union", branches: [{ kind: "text" }, { kind: "atom" }], byType: { string: 0, null: 1 } },
      values: [
        [null, null],
        ["x", "x"],
      ],
    },
  ]);
  ruleTable(undefined, [
    { name: "one type", schema: { type: ["string"] }, wire: { type: "string" } },
    {
      name: "with enum",
      schema: { type: ["string", "null"], enum: ["a", null, 3] },
      wire: { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] },
    },
  ]);
});

describe("drop-conditional", () => {
  const isA = { properties: { kind: { const: "a" } }, required: ["kind"] };
  const kind = { enum: ["a", "b"] };
  ruleTable("drop-conditional", [
    {
      name: "what one outcome says of a declared property is not all that may stand there",
      schema: { type: "object", properties: { kind, more: true }, if: isA, then: { properties: { more: { type: "string" } } } },
      values: [
        [
          { kind: "a", more: "x" },
          { kind: "a", more: "x" },
        ],
        [
          { kind: "b", more: { deep: [1] } },
          { kind: "b", more: { json: '{"deep":[1]}' } },
        ],
      ],
    },
    {
      name: "an outcome that no value fits leaves the property to the other cases",
      schema: {
        type: "object",
        properties: { kind },
        required: ["more"],
        if: isA,
        then: { properties: { more: { type: "string", allOf: [{ type: "integer" }] } } },
      },
      values: [
        [
          { kind: "b", more: 1 },
          { kind: "b", more: "1" },
        ],
      ],
    },
    {
      name: "what one outcome says of a property that a branch demands is not all that may stand there",
      schema: {
        type: "object",
        properties: { kind },
        anyOf: [{ required: ["more"] }, { properties: { other: { type: "integer" } }, required: ["other"] }],
        if: isA,
        then: { properties: { more: { type: "string" } } },
      },
      values: [[{ kind: "b", more: 1 }, { object: { kind: "b", more: { json: "1" } } }]],
    },
    {
      name: "what all outcomes of a chain say of a property is all that may stand there",
      schema: {
        type: "object",
        properties: { kind, more: true },
        if: isA,
        then: { properties: { more: { type: "string" } } },
        else: { if: { required: ["kind"] }, then: { properties: { more: { type: "integer" } } }, else: { properties: { more: false } } },
      },
      wire: {
        type: "object",
        description: expect.stringContaining("If kind is"),
        properties: { kind: { type: "string", enum: ["a", "b"] }, more: { anyOf: [{ type: "string" }, { type: "integer" }] } },
        additionalProperties: false,
      },
      values: [
        [
          { kind: "b", more: 1 },
          { kind: "b", more: 1 },
        ],
      ],
    },
    {
      name: "a map with conditions stays one",
      schema: {
        type: "object",
        additionalProperties: { type: "integer" },
        if: { required: ["a"] },
        then: { properties: { b: { minimum: 1 } } },
      },
      values: [
        [
          { a: 1, c: 2 },
          [
            { key: "a", value: 1 },
            { key: "c", value: 2 },
          ],
        ],
      ],
    },
    {
      name: "a branch may say something else of a property than a condition beside the union",
      schema: {
        type: "object",
        properties: { kind },
        anyOf: [{ properties: { more: { type: "string" } }, required: ["more"] }, { properties: { more: { type: "integer" } } }],
        if: isA,
        then: { properties: { more: { type: "string" } } },
      },
      values: [
        [
          { kind: "b", more: 1 },
          { kind: "b", more: 1 },
        ],
      ],
    },
    {
      name: "not",
      schema: { type: "string", not: { enum: ["root"] } },
      wire: { type: "string", description: 'Not: "root".' },
      codes: ["lower/drop-conditional"],
    },
    {
      name: "if and then; a property that only then declares can be given",
      schema: {
        type: "object",
        properties: { kind: { enum: ["a", "b"] } },
        required: ["kind"],
        if: { properties: { kind: { const: "a" } } },
        then: { properties: { more: { type: "string" } }, required: ["more"] },
      },
      wire: {
        type: "object",
        description: 'If kind is "a", then more is string.',
        properties: { kind: { type: "string", enum: ["a", "b"] }, more: { type: "string" } },
        required: ["kind"],
        additionalProperties: false,
      },
      values: [
        [
          { kind: "a", more: "x" },
          { kind: "a", more: "x" },
        ],
      ],
    },
    {
      name: "anyOf that only demands keys",
      schema: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" } },
        anyOf: [{ required: ["a"] }, { required: ["b"] }],
      },
      wire: {
        type: "object",
        description: "A present or b present.",
        properties: { a: { type: "string" }, b: { type: "string" } },
        additionalProperties: false,
      },
    },
    {
      name: "dependentRequired",
      schema: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, dependentRequired: { a: ["b"] } },
      wire: {
        type: "object",
        description: "With a, also b.",
        properties: { a: { type: "string" }, b: { type: "string" } },
        additionalProperties: false,
      },
    },
  ]);
});
