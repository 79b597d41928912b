import { expect, test } from "vitest";
import { lower } from "../../../src/lower/lower.js";
import { reportContradictions } from "../../../src/lower/report-contradictions.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import type { JsonSchema, SchemaObject } from "../../../src/read/schema-document.js";
import { documentOf } from "../document-of.js";

// What leaves no value only where schemas hold together.

const bounds = "read/contradicting-bounds";
const parts = "lower/contradicting-parts";
const a = (schema: JsonSchema): SchemaObject => ({ properties: { a: schema } });

function told(schema: JsonSchema): readonly (readonly [string, string | undefined])[] {
  const thing = { ...a(schema), $defs: { Five: { type: "number", minimum: 5 } }, type: "object" };
  return lower(documentOf(thing), { profile: cerebras })
    .diagnostics.filter(({ code }) => code === bounds || code === parts)
    .map(({ code, at }) => [code, at?.file.replace("schemas/thing.json#/properties/a", "")]);
}

test.each<[string, JsonSchema, readonly (readonly [string, string])[]]>([
  ["of two parts", { allOf: [{ minLength: 5 }, { maxLength: 2 }] }, [[bounds, "/allOf/1/maxLength"]]],
  ["of a part and what stands beside", { maximum: 1, allOf: [{ exclusiveMinimum: 1 }] }, [[bounds, "/maximum"]]],
  ["beside a reference", { $ref: "#/$defs/Five", maximum: 3 }, [[bounds, "/maximum"]]],
  [
    "of a referenced part, deeper down",
    { allOf: [a({ $ref: "#/$defs/Five" }), a({ maximum: 3 })] },
    [[bounds, "/allOf/1/properties/a/maximum"]],
  ],
  ["of items", { allOf: [{ items: { minItems: 2 } }, { items: { maxItems: 1 } }] }, [[bounds, "/allOf/1/items/maxItems"]]],
  ["types", { allOf: [a({ type: "string" }), a({ type: ["number", "null"] })] }, [[parts, "/allOf/1/properties/a/type"]]],
  ["an enum beside a type", { type: "string", allOf: [{ enum: [1, 2] }] }, [[parts, "/allOf/0/enum"]]],
  ["a constant beside an enum", { enum: ["x", "y"], allOf: [{ const: "z" }] }, [[parts, "/allOf/0/const"]]],
])("is told with its place: %s", (_name, schema, expected) => expect(told(schema)).toEqual(expected));

test.each<[string, JsonSchema]>([
  ["bounds that leave something", { allOf: [{ minimum: 1 }, { maximum: 1 }] }],
  ["an integer is a number", { allOf: [{ type: "integer" }, { type: "number" }, { enum: [1, 2.5] }] }],
  ["one schema, which the reader has told", { allOf: [{ minimum: 2, maximum: 1 }, { minimum: 3 }] }],
  [
    "branches of unions that hold together",
    { anyOf: [a({ minimum: 5 }), a({ type: "string" })], oneOf: [a({ maximum: 3 }), a({ type: "null" })] },
  ],
  ["what refers to itself", { allOf: [{ $ref: "#/$defs/Five" }, { properties: { next: { $ref: "#/properties/a" } } }] }],
])("is not told: %s", (_name, schema) => expect(told(schema)).toEqual([]));

test("a property that has the name of a keyword is looked at too", () => {
  expect(told({ properties: { default: { allOf: [{ type: "string" }, { type: "null" }] } } })).toEqual([
    [parts, "/properties/default/allOf/1/type"],
  ]);
});

test("parts that describe all properties of each other end soon", () => {
  const names = Array.from({ length: 12 }, (_none, index) => `p${index}`);
  const part = (shift: number): SchemaObject => ({
    properties: Object.fromEntries(names.map((name, index) => [name, { $ref: `#/$defs/${names[(index * 5 + shift) % 12]}` }])),
  });
  const $defs = Object.fromEntries(names.map((name, index) => [name, { allOf: [part(index), part(index * 7 + 1)] }]));
  const resolve = (ref: string): JsonSchema | undefined => $defs[ref.slice("#/$defs/".length)];
  const before = process.cpuUsage().user;
  reportContradictions({ $ref: "#/$defs/p0", $defs }, { resolve, pointerOf: () => "", report: expect.unreachable });
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(3);
});
