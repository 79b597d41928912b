import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/samples/random.js";
import { sampleValue } from "../../src/samples/sample-value.js";
import { checkSchema } from "../../src/emulator/schema-checker.js";
import { cerebras } from "../../src/profiles/cerebras.js";

const ajv = new Ajv2020({ strict: false, validateSchema: false, ownProperties: true });
addFormats.default(ajv);

/** Ajv's complaints about samples. */
function complaints(schema: object, seeds: readonly number[]): unknown[] {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return seeds.flatMap((seed) => {
    const value = sampleValue(schema, createRandom(seed));
    return validate(value) ? [] : [{ value, errors: validate.errors }];
  });
}

type Schema = Record<string, unknown>;
// Ajv does not look at a property called __proto__; it has a test of its own below.
const key = fc.oneof(fc.constantFrom("name", "a b", "", "constructor", "ключ"), fc.string({ maxLength: 4 }));

/** Schemas of the strict subset, with references to definitions that refer to nothing themselves. */
const { node } = fc.letrec<{ node: Schema; object: Schema }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<Schema>(
      { type: "string" },
      { type: "number" },
      { type: "integer" },
      { type: "boolean" },
      { type: "null" },
      { $ref: "#/$defs/D" },
    ),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((values): Schema => ({ type: "string", enum: values })),
    tie("object"),
    tie("node").map((items): Schema => ({ type: "array", items })),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((anyOf): Schema => ({ anyOf })),
  ),
  object: fc
    .tuple(fc.uniqueArray(fc.tuple(key, tie("node"), fc.boolean()), { minLength: 1, maxLength: 4, selector: ([name]) => name }))
    .map(([members]): Schema => ({
      type: "object",
      properties: Object.fromEntries(members.map(([name, schema]) => [name, schema])),
      required: members.filter(([, , required]) => required).map(([name]) => name),
      additionalProperties: false,
    })),
}));
const strictSchema = fc.tuple(node, node).map(([value, definition]): Schema => {
  const text = JSON.stringify(definition).replaceAll('{"$ref":"#/$defs/D"}', '{"type":"null"}');
  return {
    type: "object",
    properties: { value },
    required: ["value"],
    additionalProperties: false,
    $defs: { D: JSON.parse(text) as unknown },
  };
});

test("every sample of a strict schema is valid, and the same for the same seed", () => {
  let judged = 0;
  fc.assert(
    fc.property(strictSchema, fc.nat(), (schema, seed) => {
      if (checkSchema(schema, cerebras.json_schema) === undefined) judged++;
      expect(complaints(schema, [seed])).toEqual([]);
      expect(sampleValue(schema, createRandom(seed))).toEqual(sampleValue(schema, createRandom(seed)));
    }),
    { numRuns: 80 },
  );
  // Else the generator had drifted away from what the checker takes.
  expect(judged).toBeGreaterThan(25);
});

test("a property called __proto__ is one of the value's own", () => {
  const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"integer"}},"required":["__proto__"]}') as unknown;
  expect(JSON.stringify(sampleValue(schema, createRandom(1)))).toMatch(/^\{"__proto__":\d+\}$/);
});

describe("beyond the strict subset", () => {
  const list = { anyOf: [{ type: "null" }, { $ref: "#/$defs/List" }] };
  test.each<[string, Schema]>([
    ["a recursive list", { $ref: "#/$defs/List", $defs: { List: { type: "object", properties: { next: list }, required: ["next"] } } }],
    ["a tree of itself", { type: "object", properties: { children: { type: "array", items: { $ref: "#" } } }, required: ["children"] }],
    [
      "mutual recursion with the end in the second",
      {
        $ref: "#/$defs/A",
        $defs: {
          A: { type: "object", properties: { b: { $ref: "#/$defs/B" } }, required: ["b"] },
          B: { anyOf: [{ $ref: "#/$defs/A" }, { type: "string" }] },
        },
      },
    ],
    ["constants", { const: { a: [1, null] } }],
    ["type lists", { type: ["string", "array"], items: { type: "integer" } }],
    ["integers in bounds", { type: "integer", minimum: 18, maximum: 20 }],
    ["open bounds", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.5 }],
    ["only an upper bound", { type: "integer", maximum: -5 }],
    ["a decimal step", { type: "number", multipleOf: 0.1, minimum: 0.2 }],
    ["large integers", { type: "integer", minimum: 9_000_000_000 }],
    ["closed tuples", { type: "array", prefixItems: [{ type: "string" }, { type: "boolean" }], items: false, minItems: 2 }],
    ["tuples with a rest", { type: "array", prefixItems: [{ type: "string" }], items: { type: "null" }, minItems: 3, maxItems: 4 }],
    ["patterns", { type: "string", pattern: "^[A-Z]{2}-\\d+(?:\\.[a-f0-9]{3,4})?$" }],
    ["a pattern with alternatives", { type: "string", pattern: "^(?:red|blue) [^aeiou\\s]+!$" }],
    ["unique items", { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 }],
    ["lengths", { type: "string", minLength: 30, maxLength: 31 }],
    ["maps", { type: "object", additionalProperties: { type: "integer" }, minProperties: 2 }],
    [
      "allOf",
      {
        allOf: [
          { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          { properties: { b: { const: 1 } }, required: ["b"] },
        ],
      },
    ],
    ["siblings of $ref", { $ref: "#/$defs/N", minimum: 5, $defs: { N: { type: "integer" } } }],
    ...["date-time", "date", "time", "email", "uri", "uuid", "ipv4", "ipv6", "hostname", "duration"].map((format): [string, Schema] => [
      format,
      { type: "string", format },
    ]),
  ])("%s", (_, schema) => {
    expect(
      complaints(
        schema,
        Array.from({ length: 20 }, (_, seed) => seed),
      ),
    ).toEqual([]);
  });
});

describe("bounds that a description tells, because the keyword is refused", () => {
  test.each<[string, Schema, Schema]>([
    ["format", { type: "string", description: "When. (format: date and time as in 2024-05-31T14:00:00Z)" }, { format: "date-time" }],
    ["e-mail", { type: "string", description: "Format: e-mail address." }, { format: "email" }],
    ["pattern", { type: "string", description: "As printed. @pattern ^[A-Z]{2}-\\d+$" }, { pattern: "^[A-Z]{2}-\\d+$" }],
    ["pattern in words", { type: "string", description: "(matches the regular expression ^\\d{5}$)" }, { pattern: "^\\d{5}$" }],
    ["numbers", { type: "integer", description: "Age. (from 150 to 160)" }, { minimum: 150, maximum: 160 }],
    ["one bound", { type: "integer", description: "At least 500." }, { minimum: 500 }],
    [
      "items",
      { type: "array", items: { type: "integer" }, description: "Exactly 7 items, no duplicates." },
      { minItems: 7, maxItems: 7, uniqueItems: true },
    ],
    ["characters", { type: "string", description: "40 to 44 characters" }, { minLength: 40, maxLength: 44 }],
  ])("%s", (_, sent, meant) => {
    for (let seed = 0; seed < 20; seed++) {
      const value = sampleValue(sent, createRandom(seed));
      expect(ajv.validate({ ...sent, ...meant }, value), JSON.stringify(value)).toBe(true);
    }
  });
});

function level(next: number): object {
  return {
    type: "object",
    properties: { a: { $ref: `#/$defs/L${next}` }, b: { $ref: `#/$defs/L${next}` } },
    required: ["a", "b"],
  };
}

describe("samples of hostile schemas end", () => {
  test("a hundred recursive properties, which a fourth level would have a hundred million of", () => {
    const properties = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`p${index}`, { $ref: "#/$defs/S" }]));
    const schema = { $ref: "#/$defs/S", $defs: { S: { type: "object", properties } } };
    expect(complaints(schema, [1, 2])).toEqual([]);
    expect(JSON.stringify(sampleValue(schema, createRandom(3))).length).toBeLessThan(100_000);
  });

  test("what doubles at every level, and a list of a thousand million items", () => {
    const doubling = {
      ...level(0),
      $defs: { ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`L${at}`, level(at + 1)])), L30: true },
    };
    expect(JSON.stringify(sampleValue(doubling, createRandom(1))).length).toBeLessThan(5_000_000);
    const long = sampleValue({ type: "array", items: { type: "integer" }, minItems: 1e9 }, createRandom(1));
    expect((long as unknown[]).length).toBeLessThanOrEqual(20_000);
  });

  test.each<[string, object]>([
    ["a text of a thousand million characters", { type: "string", minLength: 1e9 }],
    ["as many keys", { type: "object", additionalProperties: { type: "string" }, minProperties: 1e9 }],
    ["a pattern of as many", { type: "string", pattern: "^[a-z]{999999999}$" }],
    ["a short pattern of a long text", { type: "string", pattern: "^((((a{1000}){1000}){1000}){1000})$" }],
    ["unique items of which there is one", { type: "array", items: { const: 1 }, uniqueItems: true, minItems: 1e9 }],
  ])("%s", (_, schema) => {
    expect(JSON.stringify(sampleValue(schema, createRandom(1))).length).toBeLessThan(2_000_000);
  });
});
