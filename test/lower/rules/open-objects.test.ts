// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema
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

describe("keys that branches evaluate, beside unevaluatedProperties", () => {
  const text = { type: "string" };
  const closed = { type: "object", additionalProperties: false } as const;
  const open = { "x-extract": { open: true } };
  const a = { a: text };
  ruleTable("close-objects", [
    {
      name: "of several branches of anyOf",
      schema: {
        type: "object",
        anyOf: [{ properties: { b: text }, required: ["b"] }, { properties: { c: text } }],
        unevaluatedProperties: false,
      },
      options: { open: true },
      values: [
        [{ b: "x", c: "y" }, { object: { b: "x", other_properties: [{ key: "c", value: '"y"' }] } }],
        [{ c: "y" }, { object_2: { c: "y" } }],
      ],
    },
    {
      name: "of a branch that all values satisfy",
      schema: { type: "object", properties: a, anyOf: [true, { properties: { c: text } }], unevaluatedProperties: { type: "integer" } },
      options: { open: true },
      values: [
        [
          { a: "x", b: 1, c: "y" },
          {
            object: {
              a: "x",
              other_properties: [
                { key: "b", value: "1" },
                { key: "c", value: '"y"' },
              ],
            },
          },
        ],
      ],
    },
    {
      name: "of an if",
      schema: { type: "object", properties: a, if: { properties: { c: { const: "y" } } }, unevaluatedProperties: false, ...open },
      values: [
        [
          { a: "x", c: "y" },
          { a: "x", other_properties: [{ key: "c", value: '"y"' }] },
        ],
      ],
    },
    {
      name: "of additionalProperties in a then",
      schema: {
        type: "object",
        properties: a,
        if: { required: ["a"] },
        then: { additionalProperties: text },
        unevaluatedProperties: false,
        ...open,
      },
      values: [
        [
          { a: "x", c: "y" },
          { a: "x", other_properties: [{ key: "c", value: '"y"' }] },
        ],
      ],
    },
    {
      name: "of an if in an else",
      schema: {
        type: "object",
        properties: a,
        if: { required: ["b"] },
        else: { if: { required: ["d"] }, else: { if: { properties: { c: text } } } },
        unevaluatedProperties: false,
      },
      options: { open: true },
      values: [
        [
          { a: "x", c: "y" },
          { a: "x", other_properties: [{ key: "c", value: '"y"' }] },
        ],
      ],
    },
    {
      name: "of another part of allOf",
      schema: {
        allOf: [
          {
            type: "object",
            properties: a,
            anyOf: [{ properties: { b: text } }, { patternProperties: { "^x-": text } }],
            unevaluatedProperties: false,
          },
          { title: "A part" },
        ],
      },
      options: { open: true },
      values: [[{ a: "x", b: "y", "x-c": "z" }, { object: { a: "x", b: "y", other_properties: [{ key: "x-c", value: '"z"' }] } }]],
    },
    {
      name: "of a reference",
      schema: { type: "object", $ref: "#/$defs/Either", properties: a, unevaluatedProperties: false },
      defs: { Either: { anyOf: [{ properties: { b: text }, required: ["b"] }, { properties: { c: text } }] } },
      options: { open: true },
      values: [[{ a: "x", b: "x", c: "y" }, { object: { a: "x", b: "x", other_properties: [{ key: "c", value: '"y"' }] } }]],
    },
  ]);

  const json = { type: "string", description: "Only where nothing else fits (JSON as text)" };
  ruleTable(undefined, [
    {
      name: "not of branches of which only one can hold",
      schema: {
        type: "object",
        properties: { kind: text },
        required: ["kind"],
        anyOf: [{ properties: { kind: { const: "b" }, b: text } }, { properties: { kind: { const: "c" }, c: text } }],
        unevaluatedProperties: false,
      },
      options: { open: true },
      wire: {
        anyOf: [
          { ...closed, properties: { kind: { type: "string", enum: ["b"] }, b: text }, required: ["kind"] },
          { ...closed, properties: { kind: { type: "string", enum: ["c"] }, c: text }, required: ["kind"] },
        ],
      },
    },
    {
      name: "nor of oneOf",
      schema: {
        type: "object",
        oneOf: [
          { properties: { b: text }, required: ["b"] },
          { properties: { c: text }, required: ["c"] },
        ],
        unevaluatedProperties: false,
      },
      options: { open: true },
      wire: {
        anyOf: [
          { ...closed, properties: { b: text }, required: ["b"] },
          { ...closed, properties: { c: text }, required: ["c"] },
        ],
      },
    },
    {
      name: "nor where every property has its place, declared by a then",
      schema: { type: "object", properties: a, if: { required: ["a"] }, then: { properties: { b: text } }, unevaluatedProperties: false },
      options: { open: true },
      wire: {
        ...closed,
        description: "If a present, then b is string.",
        properties: { a: text, b: { anyOf: [text, { ...closed, properties: { json }, required: ["json"] }] } },
      },
    },
  ]);
});
