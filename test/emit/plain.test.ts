import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadAjv } from "../../src/emit/ajv-library.js";
import { compactValidators } from "../../src/emit/compact-validators.js";
import { forAjv } from "../../src/emit/for-ajv.js";
import { checkedFormats, uncheckedFormats } from "../../src/emit/formats.js";
import { printPlain } from "../../src/emit/plain/print-plain.js";
import { printByAjv } from "../../src/emit/print-by-ajv.js";
import type { JsonSchema, SchemaObject } from "../../src/read/schema-document.js";
import { documentOf } from "./documents.js";

const library = await loadAjv();

/** The text of a document's validators by each of the two printers. */
function texts(schema: JsonSchema): { readonly plain: string | undefined; readonly byAjv: string } {
  const projection = forAjv(documentOf(schema));
  return {
    plain: printPlain(projection, "User")?.code,
    byAjv: compactValidators(printByAjv(projection, library), "User").code,
  };
}

/** Names that have to be written or escaped differently in code, pointers and fragments, and those that Ajv's own are like. */
const keys = fc.constantFrom(
  ..."a b c d e f g h i j k".split(" "),
  ..."it's|é|a b|a/b|a~b|$|0|\"|\\|\u2028|\n|%|schema0|vErrors|data0|$v|instancePath".split("|"),
);

const number = fc.constantFrom(0, -1, 1.5, 1e21, 7);
const count = fc.nat({ max: 3 });
const values = fc.uniqueArray(fc.constantFrom(null, true, "a", "\u2029", 1, -2.5), { minLength: 1, maxLength: 4 });
const type = fc.constantFrom("string", "number", "integer", "boolean", "null", "object", "array");
const types = fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 7 }));

function schemas(depth: number): fc.Arbitrary<JsonSchema> {
  const leaf = fc.oneof(
    fc.record(
      { type: types, minimum: number, maximum: number, exclusiveMinimum: number, multipleOf: fc.constantFrom(2, 0.5) },
      { requiredKeys: [] },
    ),
    fc.record(
      { type: types, minLength: count, maxLength: count, pattern: fc.constantFrom("^a/b", '"', "\\d"), enum: values },
      { requiredKeys: [] },
    ),
    fc.record({ format: fc.constantFrom(...checkedFormats, ...uncheckedFormats), type: types }, { requiredKeys: ["format"] }),
    fc.record({ const: fc.constantFrom(null, "a", 1, false) }),
    fc.record({ $ref: fc.constantFrom("#", "#/$defs/A", "#/$defs/B"), type: types }, { requiredKeys: ["$ref"] }),
    fc.constant(true),
  );
  if (depth === 0) return leaf;
  const inner = schemas(depth - 1);
  const some = fc.array(inner, { minLength: 1, maxLength: 3 });
  const object: fc.Arbitrary<SchemaObject> = fc.record(
    {
      type: fc.oneof(fc.constant("object"), types),
      properties: fc.dictionary(keys, inner, { maxKeys: 11 }),
      required: fc.uniqueArray(keys, { maxLength: 3 }),
      additionalProperties: fc.oneof(fc.boolean(), inner),
      minProperties: count,
      maxProperties: count,
    },
    { requiredKeys: ["properties"] },
  );
  const list: fc.Arbitrary<SchemaObject> = fc.record(
    { type: fc.constantFrom("array", ["array", "null"]), items: inner, minItems: count, maxItems: count },
    { requiredKeys: ["items"] },
  );
  const union: fc.Arbitrary<SchemaObject> = fc.oneof(
    fc.record({ anyOf: some }),
    fc.record({ oneOf: some }),
    fc.record({ allOf: some, anyOf: some, type: types }),
  );
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 3, arbitrary: object },
    { weight: 2, arbitrary: list },
    { weight: 2, arbitrary: union },
  );
}

const documents: fc.Arbitrary<SchemaObject> = fc
  .record({ root: schemas(3), a: schemas(2), b: schemas(1) })
  .map(({ root, a, b }) => ({ ...(typeof root === "object" ? root : {}), $defs: { A: a, B: b } }));

describe("printPlain", () => {
  test("prints what Ajv prints", () => {
    let compared = 0;
    fc.assert(
      fc.property(documents, (schema) => {
        const { plain, byAjv } = texts(schema);
        if (plain === undefined) return;
        compared += 1;
        expect(plain).toBe(byAjv);
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test.each<[string, SchemaObject]>([
    ["a keyword that is not everyday", { properties: { a: { not: { type: "string" } } } }],
    ["a part that nothing fits", { properties: { a: false } }],
    ["a value that is no scalar", { enum: [{ a: 1 }] }],
    ["so many values that Ajv prints a loop", { enum: Array.from({ length: 200 }, (_, index) => index) }],
    ["so many keys that Ajv prints a loop", { required: Array.from({ length: 200 }, (_, index) => `k${index}`) }],
    ["a key that every object has", { required: ["constructor"] }],
    ["what only the class for 2020-12 judges", { unevaluatedProperties: false }],
    ["a schema that says nothing", {}],
    ["a key that is like a name of Ajv's", { required: ["parentData"] }],
    ["a value that is like a name of Ajv's", { enum: ["valid0"] }],
  ])("leaves %s to Ajv", (_, schema) => expect(texts(schema).plain).toBeUndefined());

  test("leaves chains of references to Ajv that it compiles in an order of its own", () => {
    const chain = Array.from({ length: 120 }, (_, index) => [`D${index}`, { properties: { next: { $ref: `#/$defs/D${index + 1}` } } }]);
    const $defs = { ...Object.fromEntries(chain), D120: { type: "string" } } as Readonly<Record<string, SchemaObject>>;
    expect(texts({ $ref: "#/$defs/D0", $defs }).plain).toBeUndefined();
  });
});
