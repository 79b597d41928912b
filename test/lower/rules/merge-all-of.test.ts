import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

describe("merge-all-of", () => {
  ruleTable("merge-all-of", [
    {
      name: "properties and required of both parts",
      schema: {
        allOf: [
          { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          { type: "object", properties: { b: { type: "integer" } } },
        ],
      },
      wire: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "integer" } },
        required: ["a"],
        additionalProperties: false,
      },
      values: [
        [
          { a: "x", b: 1 },
          { a: "x", b: 1 },
        ],
      ],
    },
    {
      name: "parts that no object fits and that name no type leave what is no object",
      schema: {
        allOf: [{ properties: { a: { type: "object" } }, required: ["a"] }, { additionalProperties: { type: "string" } }],
      },
      values: [
        [3, "3"],
        ["x", '"x"'],
      ],
    },
    {
      name: "what holds under conditions of several parts is no demand of the whole",
      schema: {
        type: "object",
        properties: { kind: { enum: ["a", "b"] } },
        required: ["kind"],
        allOf: ["a", "b"].map((kind) => ({
          if: { properties: { kind: { const: kind } } },
          ["then" as string]: { properties: { kind: { const: kind }, [kind]: { type: "string" } }, additionalProperties: false },
        })),
      },
      values: [
        [
          { kind: "a", a: "x" },
          { kind: "a", a: "x" },
        ],
        [
          { kind: "b", b: "x" },
          { kind: "b", b: "x" },
        ],
      ],
      codes: ["lower/drop-conditional"],
    },
    {
      name: "a property that both declare has to satisfy both",
      schema: {
        allOf: [{ properties: { a: { type: ["string", "null"] } } }, { properties: { a: { type: "string", maxLength: 3 } } }],
        type: "object",
      },
      wire: { type: "object", properties: { a: { type: "string", description: "At most 3 characters." } }, additionalProperties: false },
    },
    {
      name: "a closed part forbids what only another declares",
      schema: {
        allOf: [
          { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
          { properties: { b: { type: "string" } } },
        ],
      },
      wire: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    },
    {
      name: "types, enums and bounds narrow each other",
      schema: {
        allOf: [
          { type: "number", minimum: 1 },
          { type: "integer", minimum: 3 },
        ],
      },
      wire: { type: "integer", description: "At least 3." },
    },
    {
      name: "two patterns: the first is sent, both are said",
      schema: { type: "string", allOf: [{ pattern: "^a" }, { pattern: "z$" }] },
      wire: { type: "string", description: "Matches the regular expression ^a, matches the regular expression z$." },
      codes: ["lower/merge-all-of"],
    },
    {
      name: "keywords beside anyOf move into its branches",
      schema: {
        type: "object",
        properties: { id: { type: "string" } },
        required: ["id"],
        anyOf: [
          { properties: { a: { type: "string" } }, required: ["a"] },
          { properties: { b: { type: "number" } }, required: ["b"] },
        ],
      },
      wire: {
        anyOf: [
          {
            type: "object",
            properties: { id: { type: "string" }, a: { type: "string" } },
            required: ["id", "a"],
            additionalProperties: false,
          },
          {
            type: "object",
            properties: { id: { type: "string" }, b: { type: "number" } },
            required: ["id", "b"],
            additionalProperties: false,
          },
        ],
      },
      values: [
        [
          { id: "1", b: 2 },
          { id: "1", b: 2 },
        ],
      ],
    },
    {
      name: "unions of two parts multiply",
      schema: { allOf: [{ anyOf: [{ type: "string" }, { type: "number" }] }, { anyOf: [{ type: "number" }, { type: "null" }] }] },
      wire: { type: "number" },
    },
  ]);
});

describe("inline-ref-siblings", () => {
  ruleTable("inline-ref-siblings", [
    {
      name: "a reference with further keywords",
      schema: { $ref: "#/$defs/Base", properties: { b: { type: "boolean" } } },
      defs: { Base: { type: "object", description: "The base.", properties: { a: { type: "string" } } } },
      wire: {
        type: "object",
        description: "The base.",
        properties: { b: { type: "boolean" }, a: { type: "string" } },
        additionalProperties: false,
      },
    },
    {
      name: "a description of its own",
      schema: {
        type: "object",
        properties: {
          from: { $ref: "#/$defs/Place", description: "Where from." },
          to: { $ref: "#/$defs/Place" },
          via: { $ref: "#/$defs/Place" },
        },
        additionalProperties: false,
      },
      defs: { Place: { type: "object", description: "A place.", properties: { city: { type: "string" } }, additionalProperties: false } },
      wire: {
        type: "object",
        properties: {
          from: { type: "object", description: "Where from.", properties: { city: { type: "string" } }, additionalProperties: false },
          to: { $ref: "#/$defs/Place" },
          via: { $ref: "#/$defs/Place" },
        },
        additionalProperties: false,
      },
    },
  ]);
});
