import { decode } from "@schemacast/runtime/v1";
import { describe, expect, test } from "vitest";
import { encode } from "../../src/lower/encode.js";
import { lower } from "../../src/lower/lower.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { documentOf } from "./document-of.js";

describe("lower", () => {
  test("a plain object stays as it is", () => {
    const schema = {
      type: "object",
      description: "A person named in the text.",
      properties: { name: { type: "string", description: "Full name." }, age: { type: "integer" } },
      required: ["name", "age"],
      additionalProperties: false,
    };
    const { one, list, plan, diagnostics } = lower(documentOf(schema), { profile: cerebras });
    expect(one.schema).toEqual(schema);
    expect(one.strict).toBe(true);
    expect(one.size).toEqual({ characters: JSON.stringify(schema).length, depth: 1, properties: 2, enumValues: 0, widestAnyOf: 0 });
    expect(list.strict).toBe(true);
    expect(list.size.depth).toBe(3);
    expect(plan).toEqual({ root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } });
    expect(diagnostics).toEqual([]);
  });

  test("a recursive schema only guides", () => {
    const { one } = lower(
      documentOf({
        $ref: "#/$defs/Node",
        $defs: { Node: { type: "object", properties: { next: { $ref: "#/$defs/Node" } }, additionalProperties: false } },
      }),
      { profile: cerebras },
    );
    expect(one.strict).toBe(false);
    expect(one.reasons).toEqual(["lower/recursion"]);
  });

  test("maps, any JSON, tuples and a root that is no object come back as they were", () => {
    const schema = {
      type: "array",
      items: {
        type: "object",
        properties: {
          map: { type: "object", additionalProperties: { type: "number" } },
          any: true,
          pair: { prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2, type: "array" },
        },
        required: ["map"],
        additionalProperties: false,
      },
    };
    const { one, plan } = lower(documentOf(schema), { profile: cerebras });
    expect(one.strict).toBe(true);
    const wire = {
      value: [
        {
          map: [
            { key: "a", value: 1 },
            { key: "__proto__", value: 2 },
          ],
          any: '{"x":[null]}',
          pair: { item1: "a", item2: 2 },
        },
      ],
    };
    expect(decode(plan, wire)).toEqual([{ map: JSON.parse('{"a":1,"__proto__":2}'), any: { x: [null] }, pair: ["a", 2] }]);
  });
});

test("keys of an open object of which nothing can be asked are told as dropped, as elsewhere", () => {
  const lowering = lower(documentOf({ type: "object", properties: { id: false } }), { profile: cerebras });
  expect(encode(lowering, { other: [1] })).toEqual({ wire: { value: "{}" }, dropped: ["/other"] });
  expect(encode(lowering, {})).toEqual({ wire: { value: "{}" }, dropped: [] });
});

test("definitions stand in the order in which a reader comes to them, whoever made them in which order", () => {
  const text = { type: "string", description: "Told at a length that makes it worth a definition of its own." };
  const inner = { type: "object", properties: { text }, required: ["text"], additionalProperties: false };
  const schema = {
    type: "object",
    properties: {
      first: { $ref: "#/$defs/Outer" },
      second: { $ref: "#/$defs/Alone" },
      third: { $ref: "#/$defs/Outer" },
      fourth: { $ref: "#/$defs/Alone" },
    },
    required: ["first", "second", "third", "fourth"],
    additionalProperties: false,
    $defs: {
      Alone: { ...inner, properties: { ...inner.properties, more: { $ref: "#/$defs/Inner" } } },
      Inner: inner,
      Outer: { ...inner, properties: { ...inner.properties, more: { $ref: "#/$defs/Inner" } }, description: "Outer." },
    },
  };
  const { one } = lower(documentOf(schema), { profile: cerebras });
  expect(Object.keys(one.schema["$defs"] as object)).toEqual(["Outer", "Alone", "Inner"]);
  expect(JSON.stringify(lower(documentOf(one.schema), { profile: cerebras }).one.schema)).toBe(JSON.stringify(one.schema));
});
