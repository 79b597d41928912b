import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

const entry = (value: object, key: object = {}): object => ({
  type: "object",
  properties: { key: { type: "string", ...key }, value },
  required: ["key", "value"],
  additionalProperties: false,
});

describe("map-to-entries", () => {
  ruleTable("map-to-entries", [
    {
      name: "typed map",
      schema: { type: "object", additionalProperties: { type: "number" } },
      wire: { type: "array", items: entry({ type: "number" }) },
      plan: { kind: "entries", value: { kind: "atom" } },
      values: [
        [{}, []],
        [{ a: 1 }, [{ key: "a", value: 1 }]],
        [JSON.parse('{"__proto__":1}'), [{ key: "__proto__", value: 1 }]],
      ],
      codes: ["lower/map-to-entries"],
    },
    {
      name: "keys by pattern",
      schema: { type: "object", patternProperties: { "^x-": { type: "string" } }, additionalProperties: false, maxProperties: 4 },
      wire: {
        type: "array",
        description: "At most 4 properties.",
        items: entry({ type: "string" }, { description: "matches the regular expression ^x-" }),
      },
      values: [[{ "x-a": "b" }, [{ key: "x-a", value: "b" }]]],
    },
    {
      name: "map of maps",
      schema: { type: "object", additionalProperties: { type: "object", additionalProperties: { type: "boolean" } } },
      wire: { type: "array", items: entry({ type: "array", items: entry({ type: "boolean" }) }) },
      values: [[{ a: { b: true } }, [{ key: "a", value: [{ key: "b", value: true }] }]]],
    },
  ]);
});

describe("a tuple that nothing but the empty array fits is sent as its text", () => {
  ruleTable(undefined, [
    {
      name: "nothing is valid at its first position",
      schema: { type: "array", prefixItems: [{ allOf: [{ type: "string" }, { type: "number" }] }, { type: "string" }] },
      wire: { type: "string", enum: ["[]"] },
      plan: { kind: "json" },
      values: [[[], "[]"]],
    },
    {
      name: "no position may be there",
      schema: { type: "array", prefixItems: [{ type: "string" }], maxItems: 0 },
      plan: { kind: "json" },
      values: [[[], "[]"]],
    },
  ]);
});

describe("tuple-to-object", () => {
  ruleTable("tuple-to-object", [
    {
      name: "items after the last, where it is open",
      schema: { type: "array", prefixItems: [{ type: "string" }] },
      options: { open: true },
      values: [
        [["a"], { item1: "a" }],
        [["a", 1], { item1: "a", rest: ["1"] }],
      ],
    },
    {
      name: "closed pair",
      schema: { type: "array", prefixItems: [{ type: "number" }, { type: "string" }], items: false, minItems: 2 },
      wire: {
        type: "object",
        description: "At least 2 items.",
        properties: { item1: { type: "number" }, item2: { type: "string" } },
        required: ["item1", "item2"],
        additionalProperties: false,
      },
      plan: { kind: "members", keys: ["item1", "item2"], items: [{ kind: "atom" }, { kind: "text" }] },
      values: [[[1, "a"], { item1: 1, item2: "a" }]],
    },
    {
      name: "named positions and a typed rest",
      schema: {
        type: "array",
        prefixItems: [
          { type: "number", title: "Latitude" },
          { type: "number", title: "Longitude" },
        ],
        items: { type: "string" },
        minItems: 1,
      },
      plan: {
        kind: "members",
        keys: ["latitude", "longitude"],
        items: [{ kind: "atom" }, { kind: "atom" }],
        rest: { key: "rest", item: { kind: "text" } },
      },
      values: [
        [[1], { latitude: 1 }],
        [[1, 2], { latitude: 1, longitude: 2 }],
        [[1, 2, "a", "b"], { latitude: 1, longitude: 2, rest: ["a", "b"] }],
      ],
    },
  ]);
});

describe("any-to-json-text", () => {
  ruleTable("any-to-json-text", [
    {
      name: "true",
      schema: true,
      wire: { type: "string", description: "JSON as text." },
      plan: { kind: "json" },
      values: [
        ["a", '"a"'],
        [{ a: [1] }, '{"a":[1]}'],
        [null, "null"],
      ],
      codes: ["lower/any-to-json-text"],
    },
    {
      name: "described",
      schema: { description: "Raw settings." },
      wire: { type: "string", description: "Raw settings. (JSON as text)" },
    },
    {
      name: "any object",
      schema: { type: "object" },
      wire: { type: "string", description: "JSON object as text." },
      values: [[{ a: 1 }, '{"a":1}']],
    },
    {
      name: "a union with any JSON is any JSON",
      schema: { anyOf: [{ type: "string" }, {}] },
      wire: { type: "string", description: "JSON as text." },
      values: [["a", '"a"']],
    },
  ]);
  ruleTable(undefined, [
    {
      name: "array of anything",
      schema: { type: "array" },
      plan: { kind: "list", item: { kind: "json" } },
      values: [
        [
          [1, "a"],
          ["1", '"a"'],
        ],
      ],
    },
    {
      name: "array that has to be empty",
      schema: { type: "array", maxItems: 0 },
      wire: { type: "string", description: "At most 0 items.", enum: ["[]"] },
      values: [[[], "[]"]],
    },
  ]);
});

describe("optional", () => {
  ruleTable("optional", [
    {
      name: "nullable where the project asks",
      schema: { type: "object", properties: { a: { type: "string", description: "An a." } }, additionalProperties: false },
      wire: {
        type: "object",
        properties: { a: { description: "An a.", anyOf: [{ type: "string" }, { type: "null" }] } },
        required: ["a"],
        additionalProperties: false,
      },
      plan: { kind: "object", fields: { a: { node: { kind: "text" }, nullIsAbsent: true } } },
      values: [
        [{}, { a: null }],
        [{ a: "x" }, { a: "x" }],
      ],
      options: { optional: "nullable" },
    },
  ]);
  ruleTable(undefined, [
    {
      name: "left out by default; null means absent",
      schema: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      wire: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      plan: { kind: "object", fields: { a: { node: { kind: "text" }, nullIsAbsent: true } } },
      values: [[{}, {}]],
    },
    {
      name: "never nullable where null is a value of its own",
      schema: { type: "object", properties: { a: { type: ["string", "null"] } }, additionalProperties: false },
      wire: { type: "object", properties: { a: { anyOf: [{ type: "string" }, { type: "null" }] } }, additionalProperties: false },
      values: [
        [{}, {}],
        [{ a: null }, { a: null }],
      ],
      options: { optional: "nullable" },
    },
  ]);
});

describe("close-objects", () => {
  ruleTable("close-objects", [
    {
      name: "open by nature: declared keys only",
      schema: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      wire: { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false },
    },
    {
      name: "open by request: further keys as a list",
      schema: {
        type: "object",
        properties: { a: { type: "string" } },
        additionalProperties: { type: "number" },
        "x-extract": { open: true },
      },
      wire: {
        type: "object",
        properties: {
          a: { type: "string" },
          other_properties: { type: "array", description: "Further properties that are not listed here", items: entry({ type: "number" }) },
        },
        additionalProperties: false,
      },
      values: [
        [
          { a: "x", b: 1 },
          { a: "x", other_properties: [{ key: "b", value: 1 }] },
        ],
      ],
    },
    {
      name: "further keys that have a schema are told of",
      schema: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "number" } },
      codes: ["lower/close-typed-object"],
    },
    {
      name: "no properties at all",
      schema: { type: "object", additionalProperties: false },
      wire: { type: "string", enum: ["{}"] },
      plan: { kind: "json" },
      values: [[{}, "{}"]],
    },
  ]);
});

describe("skip-fields", () => {
  ruleTable("skip-fields", [
    {
      name: "x-skip",
      schema: {
        type: "object",
        properties: { a: { type: "string" }, id: { type: "string", "x-skip": true } },
        required: ["id"],
        additionalProperties: false,
      },
      wire: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      codes: ["lower/skip-required"],
    },
    {
      name: "readOnly where the project skips it",
      schema: {
        type: "object",
        properties: { a: { type: "string" }, id: { type: "string", readOnly: true } },
        additionalProperties: false,
      },
      wire: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      options: { readOnly: "skip" },
    },
  ]);
});

describe("key-order", () => {
  ruleTable("key-order", [
    {
      name: "constants first",
      schema: {
        type: "object",
        properties: { a: { type: "string" }, kind: { const: "x" } },
        required: ["a", "kind"],
        additionalProperties: false,
      },
      wire: {
        type: "object",
        properties: { kind: { type: "string", enum: ["x"] }, a: { type: "string" } },
        required: ["kind", "a"],
        additionalProperties: false,
      },
    },
    {
      name: "reasoning before everything, and not part of the value",
      schema: {
        type: "object",
        properties: { a: { type: "string" } },
        required: ["a"],
        additionalProperties: false,
        "x-extract": { reasoning: true },
      },
      plan: { kind: "object", fields: { reasoning: { node: { kind: "text" }, aside: true }, a: { node: { kind: "text" } } } },
      values: [[{ a: "x" }, { reasoning: "", a: "x" }]],
    },
  ]);
});
