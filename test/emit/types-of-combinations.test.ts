import { expect, test } from "vitest";
import { fileShapes } from "../../src/emit/file-shapes.js";
import { typeNames } from "../../src/emit/type-names.js";
import { emitTypes } from "../../src/emit/types.js";
import type { SchemaObject } from "../../src/read/schema-document.js";
import { documentOf } from "./documents.js";

const object = (properties: SchemaObject, more: SchemaObject = {}): SchemaObject => ({ type: "object", properties, ...more });

// Keywords that apply to one value together: the type has to take all that is valid, whatever each of them says by itself.
test.each<[string, SchemaObject, string]>([
  [
    "lists of prefixItems that may be missing",
    { type: "array", items: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 1 } },
    "([string] | [string, number])[]",
  ],
  [
    "prefixItems that may be missing beside a reference",
    {
      allOf: [{ $ref: "#/$defs/A" }, { type: "array", prefixItems: [{ type: "string" }] }],
      $defs: { A: { type: "array", items: {} } },
    },
    "A & ([] | [string, ...unknown[]])",
  ],
  [
    "unevaluatedItems says nothing of items that another keyword speaks of",
    { type: "array", allOf: [{ prefixItems: [{ type: "string" }], minItems: 1 }], unevaluatedItems: { type: "number" } },
    "[string, ...unknown[]]",
  ],
  [
    "no type beside a reference to what may be no object",
    {
      $ref: "#/$defs/A",
      properties: { b: { type: "number" } },
      $defs: { A: { type: ["object", "null"], properties: { a: { type: "string" } } } },
    },
    "{\n  b?: number;\n  a?: string;\n} | null",
  ],
  [
    "no type beside a reference to what is no object",
    {
      allOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }, { items: { type: "number" } }],
      $defs: { A: { type: "string" }, B: { required: ["b"] } },
    },
    "A",
  ],
  [
    "branches of what is declared open",
    { anyOf: [object({ a: { type: "string" } }), { type: "null" }], "x-extract": { open: true } },
    "{\n  a?: string;\n  [key: string]: unknown;\n} | null",
  ],
  [
    "patterns of keys beside a reference",
    {
      $ref: "#/$defs/A",
      type: "object",
      patternProperties: { "^x-": { type: "number" } },
      $defs: { A: object({ a: { type: "string" } }) },
    },
    "{ [key: string]: unknown } & A",
  ],
  [
    "patterns of keys in a branch beside a reference",
    {
      allOf: [{ $ref: "#/$defs/A" }],
      anyOf: [{ type: "object", patternProperties: { "^x-": { type: "number" } } }, object({ b: { type: "string" } })],
      $defs: { A: object({ a: { type: "string" } }) },
    },
    "A & ({ [key: string]: unknown } | {\n  b?: string;\n})",
  ],
  [
    "a required key of which one outcome says something",
    { ...object({}, { required: ["a", "b"] }), if: { required: ["c"] }, ["then" as string]: object({ a: { type: "string" }, b: false }) },
    "{\n  a: {} | null;\n  b: {} | null;\n}",
  ],
  [
    "a key of a map of which one outcome says something",
    {
      ...object({}, { required: ["a"], additionalProperties: { type: "number" } }),
      if: { required: ["c"] },
      ["then" as string]: { properties: { a: { const: "x" }, b: { const: "y" } } },
    },
    "{\n  a: number;\n  b?: number;\n  [key: string]: number | undefined;\n}",
  ],
])("%s", async (_, schema, expected) => {
  const document = documentOf(schema);
  const text = await emitTypes(fileShapes([document], typeNames([document])));
  const type = text
    .replace(/\n\nexport (?:type|interface) A\b[^]*$/, "\n")
    .replace(/^[^]*?export (?:type User = |interface User )/, "")
    .replace(/;?\n$/, "");
  expect(type).toBe(expected);
});
