import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerBound } from "../../src/lower/answer-bound.js";
import { encode } from "../../src/lower/encode.js";
import { lower } from "../../src/lower/lower.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { documentOf } from "./document-of.js";
import { samples } from "./schema-arbitrary.js";
import { validatorOf } from "./validator-of.js";

function boundOf(schema: JsonSchema): number | undefined {
  return answerBound(lower(documentOf(schema), { profile: cerebras }).wire);
}

/** The schema with bounds at every string, list and map. */
function bounded(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bounded);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, key === "enum" || key === "const" ? part : bounded(part)]),
  );
  const types: readonly unknown[] = [inner["type"]].flat();
  return {
    ...inner,
    ...(types.includes("string") && { maxLength: 12 }),
    ...(types.includes("array") && { maxItems: 3 }),
    ...(types.includes("object") &&
      typeof inner["additionalProperties"] === "object" && { maxProperties: 3, propertyNames: { maxLength: 6 } }),
  };
}

/** Pretty-printed, with a character for each code point of a string and for each line's white space. */
function sizeOf(wire: unknown): number {
  const plain = JSON.stringify(wire, (_, value: unknown) => (typeof value === "string" ? "x".repeat(Array.from(value).length) : value), 1);
  return plain.replace(/\n +/g, "\n ").length;
}

test("no valid answer is longer", () => {
  let compared = 0;
  fc.assert(
    fc.property(samples, (sample) => {
      const schema = bounded(sample.schema) as JsonSchema;
      const lowering = lower(documentOf(schema), { profile: cerebras });
      const bound = answerBound(lowering.wire);
      if (bound === undefined) return;
      const isValid = validatorOf(schema);
      for (const value of sample.values) {
        const encoded = isValid(value) ? encode(lowering, value) : undefined;
        if (encoded === undefined) continue;
        compared++;
        expect(sizeOf(encoded.wire), JSON.stringify(encoded.wire)).toBeLessThanOrEqual(bound);
      }
    }),
    { numRuns: 300, seed: 7, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
});

describe("a bound", () => {
  const text = { type: "string", maxLength: 10 };
  test.each<[string, JsonSchema, number | undefined]>([
    ["characters of keys and values, white space", { type: "object", properties: { a: text }, required: ["a"] }, 3 + 8 + 12],
    ["the longest value of an enum", { type: "object", properties: { a: { enum: ["x", "yyy"] } } }, 3 + 8 + 5],
    ["digits between bounds", { type: "object", properties: { a: { type: "integer", minimum: 0, maximum: 150 } } }, 3 + 8 + 4],
    ["a 64-bit integer without them", { type: "object", properties: { a: { type: "integer", minimum: 0 } } }, 3 + 8 + 22],
    ["a format with a longest text", { type: "object", properties: { a: { type: "string", format: "uuid" } } }, 3 + 8 + 38],
    ["the longest branch", { type: "object", properties: { a: { anyOf: [text, { type: "null" }] } } }, 3 + 8 + 12],
    ["lists by maxItems", { type: "object", properties: { a: { type: "array", items: text, maxItems: 3 } } }, 3 + 8 + 3 + 3 * 15],
    ["none for a free string", { type: "object", properties: { a: { type: "string" } } }, undefined],
    ["none for a list without end", { type: "object", properties: { a: { type: "array", items: text } } }, undefined],
    ["none for a map", { type: "object", additionalProperties: text }, undefined],
    ["none for recursion", { $ref: "#/$defs/N", $defs: { N: { type: "object", properties: { n: { $ref: "#/$defs/N" } } } } }, undefined],
    ["none beyond what models write", { type: "object", properties: { a: { type: "string", maxLength: 40_000 } } }, undefined],
  ])("%s", (_, schema, bound) => {
    expect(boundOf(schema)).toBe(bound);
  });
});
