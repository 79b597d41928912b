import { decode } from "@schemacast/runtime/v1";
import { describe, expect, test } from "vitest";
import { encode } from "../../../src/lower/encode.js";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { documentOf } from "../document-of.js";
import { ruleTable } from "../rule-table.js";

describe("assume-type", () => {
  const others = { type: "string", description: "Only where it is no object (JSON as text)" };
  ruleTable("assume-type", [
    {
      name: "an object of which no type is said may be anything else",
      schema: { properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false, description: "A thing." },
      wire: {
        description: "A thing.",
        anyOf: [{ type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false }, others],
      },
      values: [
        [{ a: "x" }, { a: "x" }],
        ["x", '"x"'],
        [null, "null"],
        [[1], "[1]"],
      ],
      codes: ["lower/assume-type"],
    },
    {
      name: "a string of which no type is said: what is no string gets a key of its own",
      schema: { minLength: 2 },
      values: [
        ["xy", "xy"],
        [1, { json: "1" }],
      ],
      codes: ["lower/assume-type"],
    },
    {
      name: "a union with a plain string has other values than strings and objects only",
      schema: { anyOf: [{ type: "string" }, { properties: { a: { type: "number" } }, required: ["a"] }] },
      values: [
        ["x", "x"],
        [{ a: 1 }, { a: 1 }],
        [[1], { json: "[1]" }],
      ],
    },
    {
      name: "what one branch speaks of, another may take unseen",
      schema: { anyOf: [{ items: { type: "string" } }, { properties: { a: { type: "number" } } }] },
      values: [
        [["x"], ["x"]],
        [{ a: 1 }, { a: 1 }],
        [{ a: "x" }, '{"a":"x"}'],
        [[1], "[1]"],
      ],
    },
    {
      name: "keywords of several types, in a branch",
      schema: { anyOf: [{ minLength: 2, minimum: 1 }, { type: "boolean" }] },
      values: [
        ["xy", "xy"],
        [2, 2],
        [null, { json: "null" }],
        [{ a: 1 }, { json: '{"a":1}' }],
      ],
    },
    {
      name: "equal branches, of which one names its type",
      schema: { anyOf: [{ type: "string", minLength: 2 }, { minLength: 2 }] },
      values: [
        ["xy", "xy"],
        [1, { json: "1" }],
      ],
    },
    {
      name: "what a reference leads to, described at its place",
      schema: { $ref: "#/$defs/Loose", description: "Here." },
      defs: { Loose: { properties: { next: { $ref: "#/$defs/Loose" } } } },
      values: [
        [{ next: { next: 1 } }, { next: { next: "1" } }],
        ["x", '"x"'],
      ],
    },
  ]);

  test("the root stays what its keywords speak of", () => {
    const { one, plan } = lower(documentOf({ properties: { a: { type: "string" } } }), { profile: cerebras });
    expect(one.schema).toEqual({ type: "object", properties: { a: { type: "string" } }, additionalProperties: false });
    expect(plan.root.kind).toBe("object");
  });
});

describe("maps with keys that match no pattern", () => {
  const schema = { type: "object", patternProperties: { "^x-": { type: "number" } } } as const;
  const document = documentOf({ type: "object", properties: { p: schema }, additionalProperties: false });

  test("leave them out, like any undeclared key", () => {
    const encoded = encode(lower(document, { profile: cerebras }), { p: { "x-a": 1, b: "c" } });
    expect(encoded).toEqual({ wire: { p: [{ key: "x-a", value: 1 }] }, dropped: ["/p/b"] });
    expect(encode(lower(document, { profile: cerebras }), { p: { "x-a": "no number" } })).toBeUndefined();
  });

  ruleTable("map-to-entries", [
    {
      name: "ask for them where the object is open",
      schema: { ...schema, "x-extract": { open: true } },
      values: [
        [
          { "x-a": 1, b: "c" },
          [
            { key: "x-a", value: 1 },
            { key: "b", value: { json: '"c"' } },
          ],
        ],
      ],
    },
  ]);
});

test("a root without a type takes other values where the project asks for all that is allowed", () => {
  for (const [schema, values] of [
    [{ properties: { a: { type: "string" } }, required: ["a"] }, [{ a: "x" }, { a: "x", b: 1 }, "text", 1, [1, null], null, false]],
    [{ minLength: 3 }, ["abc", 1, [], {}, null]],
    [{ anyOf: [{ properties: { kind: { const: "a" } }, required: ["kind"] }, { type: "null" }] }, [{ kind: "a" }, null, "text", 2]],
    [{ $ref: "#/$defs/Node", $defs: { Node: { properties: { next: { $ref: "#/$defs/Node" } } } } }, [{ next: { next: "end" } }, "text"]],
  ] as const) {
    const lowering = lower(documentOf(schema), { profile: cerebras, open: true });
    for (const value of values) {
      const encoded = encode(lowering, value);
      expect(encoded?.dropped).toEqual([]);
      expect(decode(lowering.plan, encoded?.wire)).toEqual(value);
    }
  }
  // Else it is what its keywords speak of.
  expect(lower(documentOf({ properties: { a: {} } }), { profile: cerebras }).one.schema).toMatchObject({
    type: "object",
    properties: { a: {} },
  });
});
