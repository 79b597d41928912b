import { describe, expect, test } from "vitest";
import { checkSchema } from "../../src/emulator/schema-checker.js";
import { cerebras } from "../../src/profiles/cerebras.js";

const string = { type: "string" };
const object = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

/** Objects in objects. */
const deep = (levels: number): unknown => (levels === 1 ? object({ a: string }) : object({ a: deep(levels - 1) }));

describe("refuses with the recorded message", () => {
  test.each([
    ["'additionalProperties' is required to be supplied and set to false.", { type: "object", properties: { a: string } }],
    [
      "'additionalProperties' is required to be supplied and set to false.",
      object({ inner: { type: "object", properties: { a: string }, required: ["a"] } }),
    ],
    ["'definitions' is not supported in JSON schema. Use '$defs' instead", object({ a: string }, { definitions: {} })],
    [
      "Lists of types are not supported in JSON schema. If you are trying to make a field Optional, use anyOf with a null type",
      object({ a: { type: ["string", "null"] } }),
    ],
    [
      "additionalProperties must be set to false for all objects in JSON schema",
      object({ a: object({ b: string }, { additionalProperties: true }) }),
    ],
    [
      "additionalProperties must be set to false for all objects in JSON schema",
      object({ a: object({ b: string }, { additionalProperties: string }) }),
    ],
    ["Unsupported JSON schema fields: {'nullable'}", object({ a: { type: "string", nullable: true } })],
    ["Array fields require at least one of 'items' or 'prefixItems'.", object({ a: { type: "array" } })],
    ["Unsupported JSON schema fields in schema with keys: dict_keys(['oneOf']).", object({ a: { oneOf: [string] } })],
    ["Unsupported JSON schema fields in schema with keys: dict_keys([]).", object({ a: {} })],
    ["Extra top level keys found in JSON schema: {'allOf'}.", object({ a: string }, { allOf: [{}] })],
    ["Extra top level keys found in JSON schema: {'items'}.", { type: "array", items: string }],
    [
      "Invalid fields for schema with types ['array']: {'minItems', 'maxItems'}",
      object({ a: { type: "array", items: string, minItems: 1, maxItems: 2 } }),
    ],
    ["Invalid fields for schema with types ['string']: {'format'}", object({ a: { type: "string", format: "date" } })],
    ["Invalid fields for schema with types ['string']: {'maxLength'}", object({ a: { type: "string", maxLength: 3 } })],
    [
      "Object fields require at least one of: 'properties' or 'anyOf' with a list of possible properties.",
      object({ a: { type: "object", additionalProperties: false } }),
    ],
  ])("%s", (message, schema) => {
    expect(checkSchema(schema, cerebras.json_schema)).toBe(message);
    expect(checkSchema(schema, cerebras.tools)).toBe(message);
  });
});

describe("refuses", () => {
  test.each<[string, unknown]>([
    ["a list of schemas", []],
    ["a root union", { anyOf: [object({ a: string })] }],
    [
      "a self-reference",
      object({ a: { $ref: "#/$defs/A" } }, { $defs: { A: object({ a: { anyOf: [{ $ref: "#/$defs/A" }, { type: "null" }] } }) } }),
    ],
    ["a reference to the root", object({ a: { $ref: "#" } })],
    ["a dangling reference", object({ a: { $ref: "#/$defs/B" } }, { $defs: {} })],
    ["a description beside $ref", object({ a: { $ref: "#/$defs/A", description: "x" } }, { $defs: { A: string } })],
    ["a fault in an unused definition", object({ a: string }, { $defs: { A: {} } })],
    ["an unknown type", object({ a: { type: "date" } })],
    ["a required property that is not declared", object({ a: string }, { required: ["b"] })],
    ["an enum of objects", object({ a: { enum: [{}] } })],
    ["a mixed enum", object({ a: { enum: ["x", 1] } })],
    ["eleven levels", deep(11)],
    ["six branches", object({ a: { anyOf: Array.from({ length: 6 }, () => string) } })],
    ["501 enum values", object({ a: { type: "string", enum: Array.from({ length: 501 }, (_, index) => `v${index}`) } })],
    ["more than 5,000 characters", object({ a: { type: "string", description: "x".repeat(5000) } })],
    ["501 properties", object(Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`${index}`, { type: "null" }])))],
    ["items: true", object({ a: { type: "array", items: true } })],
  ])("%s", (_, schema) => {
    expect(checkSchema(schema, cerebras.json_schema)).toEqual(expect.any(String));
  });
});

describe("accepts", () => {
  test.each<[string, unknown]>([
    [
      "the recorded schema",
      {
        required: ["titles"],
        properties: { titles: { items: { description: "x", type: "string" }, type: "array", description: "y" } },
        additionalProperties: false,
        type: "object",
      },
    ],
    ["optional properties", object({ a: string, b: string }, { required: ["a"] })],
    ["nullable by anyOf", object({ a: { anyOf: [string, { type: "null" }] } })],
    ["references", object({ a: { $ref: "#/$defs/A" }, b: { $ref: "#/$defs/A" } }, { $defs: { A: object({ x: { type: "integer" } }) } })],
    ["enums", object({ a: { type: "string", enum: ["x", "y"] }, b: { type: "integer", enum: [1, 2] } })],
    ["ten levels", deep(10)],
    ["a property called definitions", object({ definitions: string, nullable: string })],
  ])("%s", (_, schema) => {
    expect(checkSchema(schema, cerebras.json_schema)).toBeUndefined();
    expect(checkSchema(schema, cerebras.tools)).toBeUndefined();
  });

  test("an empty object as an answer, but not as a tool's", () => {
    const schema = object({ a: object({}) });
    expect(checkSchema(schema, cerebras.json_schema)).toBeUndefined();
    expect(checkSchema(schema, cerebras.tools)).toMatch(/^Object fields require/);
  });
});
