import * as fc from "fast-check";
import type { JsonSchema } from "../../src/read/schema-document.js";

/** A schema, and values that are valid under it and have no undeclared keys. */
export interface Sample {
  readonly schema: JsonSchema;
  readonly values: readonly unknown[];
}

const word = fc.constantFrom("a", "b", "name", "kind", "key", "value", "items", "__proto__", "constructor", "x/y", "ä~b", "1", "");
const text = fc.oneof(word, fc.string({ maxLength: 5 }), fc.constantFrom("null", "[]", "{}", '"', "1"));
const described = fc.option(fc.constantFrom("Said.", "Another (text)", "Says that it’s “x”"), { nil: undefined });

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  fc.array(text, { minLength: 2, maxLength: 3 }).map((values) => ({ schema: { type: "string" }, values })),
  fc.array(fc.integer(), { minLength: 1, maxLength: 3 }).map((values) => ({ schema: { type: "integer" }, values })),
  fc
    .array(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      { minLength: 1, maxLength: 3 },
    )
    .map((values) => ({ schema: { type: "number" }, values })),
  fc.constant({ schema: { type: "boolean" }, values: [true, false] }),
  fc.constant({ schema: { type: "null" }, values: [null] }),
  fc.constant({ schema: { type: "string", format: "date" }, values: ["2024-01-31"] }),
  fc.constant({ schema: { type: "string", pattern: "^a", minLength: 1 }, values: ["a", "ab"] }),
  fc.constant({ schema: { type: ["string", "null"], maxLength: 9 }, values: ["x", null] }),
  fc.constant({ schema: { type: ["integer", "boolean"] }, values: [7, false] }),
  fc
    .uniqueArray(fc.oneof(text, fc.integer({ min: -3, max: 3 }), fc.constant(null), fc.boolean()), { minLength: 1, maxLength: 5 })
    .map((values) => ({ schema: { enum: values }, values })),
  fc.oneof(text, fc.integer()).map((value) => ({ schema: { const: value }, values: [value] })),
  fc.constant({ schema: { enum: [[1], { a: "b" }, "c"] }, values: [[1], { a: "b" }, "c"] }),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }).map((values) => ({ schema: {}, values: values.map(plain) })),
  fc.constant({ schema: { type: "object" }, values: [{}, { a: 1 }, JSON.parse('{"__proto__":{"b":null}}')] }),
  fc.constant({ schema: { type: "array" }, values: [[], ["x", 1, { a: [] }]] }),
  fc.constant({ schema: { type: "object", additionalProperties: false }, values: [{}] }),
);

/** -0 has no JSON text of its own. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function objectOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const field = fc.record({
    // Ajv takes no note of a declared property of the name __proto__; lower.test.ts has one.
    key: word.filter((key) => key !== "__proto__"),
    sample: member,
    required: fc.boolean(),
    absent: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  });
  const fields = fc.uniqueArray(field, { selector: ({ key }) => key, minLength: 1, maxLength: 4 });
  return fc.record({ fields, open: fc.boolean() }).map(({ fields: list, open }) => ({
    schema: {
      type: "object",
      properties: Object.fromEntries(list.map(({ key, sample }) => [key, sample.schema])),
      required: list.filter(({ required }) => required).map(({ key }) => key),
      ...(!open && { additionalProperties: false }),
    },
    values: [0, 1, 2].map((round) =>
      Object.fromEntries(
        list.flatMap(({ key, sample, required, absent }) => (required || !absent[round] ? [[key, pick(sample, round)] as const] : [])),
      ),
    ),
  }));
}

function mapOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .record({ member, keys: fc.uniqueArray(word, { maxLength: 3 }), pattern: fc.boolean() })
    .map(({ member: sample, keys, pattern }) => ({
      schema: pattern
        ? { type: "object", patternProperties: { "": sample.schema }, additionalProperties: false }
        : { type: "object", additionalProperties: sample.schema },
      values: [{}, Object.fromEntries(keys.map((key, index) => [key, pick(sample, index)]))],
    }));
}

function tupleOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .record({ items: fc.array(member, { minLength: 1, maxLength: 3 }), rest: fc.option(member, { nil: undefined }), least: fc.nat(3) })
    .map(({ items, rest, least }) => {
      const whole = items.map((item, index) => pick(item, index));
      const minItems = Math.min(least, items.length);
      return {
        schema: { type: "array", prefixItems: items.map((item) => item.schema), items: rest?.schema ?? false, minItems },
        values: [whole, whole.slice(0, Math.max(minItems, 1)), ...(rest && isTyped(rest.schema) ? [[...whole, ...rest.values]] : [])],
      };
    });
}

/** Items after a tuple's last are asked for only if the schema says what they are. */
function isTyped(schema: JsonSchema): boolean {
  return typeof schema === "object" && Object.keys(schema).length > 0;
}

function unionOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.record({ branches: fc.array(member, { minLength: 1, maxLength: 4 }), nested: fc.boolean() }).map(({ branches, nested }) => ({
    schema: nested
      ? {
          anyOf: [
            {
              anyOf: branches
                .slice(1)
                .map((branch) => branch.schema)
                .concat([{ type: "null" }]),
            },
            ...branches.slice(0, 1).map((branch) => branch.schema),
          ],
        }
      : { anyOf: branches.map((branch) => branch.schema) },
    values: branches.flatMap((branch) => branch.values.slice(0, 2)),
  }));
}

function allOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(member, member).map(([first, second]) => ({
    schema: {
      allOf: [
        { type: "object", properties: { first: first.schema }, required: ["first"] },
        { type: "object", properties: { second: second.schema } },
      ],
    },
    values: [{ first: pick(first, 0) }, { first: pick(first, 1), second: pick(second, 0) }],
  }));
}

function listOf(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return member.map((item) => ({
    schema: { type: "array", items: item.schema, maxItems: 9 },
    values: [[], [pick(item, 0)], [...item.values].slice(0, 9)],
  }));
}

/** Parts that name no type take anything their keywords don't speak of. */
function listOfTypeless(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return member.map((part) => ({
    schema: { type: "array", items: { properties: { a: part.schema }, required: ["a"], additionalProperties: false } },
    values: [[{ a: pick(part, 0) }, "a", '"', null, 1, false, [pick(part, 1)]]],
  }));
}

function pick(sample: Sample, index: number): unknown {
  return sample.values[index % sample.values.length];
}

const tree = fc.letrec<{ node: Sample }>((tie) => ({
  node: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3, depthIdentifier: "schema" },
        scalar,
        objectOf(tie("node")),
        objectOf(tie("node")),
        mapOf(tie("node")),
        tupleOf(tie("node")),
        unionOf(tie("node")),
        fc.oneof({ weight: 4, arbitrary: listOf(tie("node")) }, { weight: 1, arbitrary: listOfTypeless(tie("node")) }),
        allOf(tie("node")),
      ),
      described,
    )
    .map(([sample, description]) =>
      description === undefined || typeof sample.schema === "boolean" ? sample : { ...sample, schema: { ...sample.schema, description } },
    ),
})).node;

/** Schemas of all the forms the lowering has rules for, each with some valid values. */
export const samples: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 3, arbitrary: tree },
  {
    weight: 1,
    arbitrary: fc.tuple(tree, tree).map(([first, second]) => ({
      schema: {
        type: "object",
        properties: {
          a: { $ref: "#/$defs/First" },
          b: { $ref: "#/$defs/First", description: "Other." },
          c: { anyOf: [{ $ref: "#/$defs/Second~1x" }, { $ref: "#/$defs/First" }] },
        },
        additionalProperties: false,
        $defs: { First: first.schema, "Second/x": second.schema },
      },
      values: [{ a: pick(first, 0), b: pick(first, 1), c: pick(second, 0) }, { c: pick(first, 0) }],
    })),
  },
);
