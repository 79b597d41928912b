// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema
import * as fc from "fast-check";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { type Sample, samples } from "./schema-arbitrary.js";

// Schemas as people write them: objects with a few fields, mixed with the keywords that combine and condition. Not every value is
// valid: the law looks at those that are.

type Members = Readonly<Record<string, JsonSchema>>;
type Value = Readonly<Record<string, unknown>>;

/** Of an object: what its parts say, joined in several ways, and values of it. */
interface Part {
  readonly properties: Members;
  readonly required: readonly string[];
  readonly values: readonly Value[];
}

const names = fc.constantFrom("id", "name", "kind", "status", "items", "meta", "value", "parent", "x-note", "0");

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ schema: { type: "string" }, values: ["a", "", "long text"] }) },
  fc.constant({ schema: { type: "integer", minimum: 0, maximum: 10 }, values: [0, 10] }),
  fc.constant({ schema: { type: "number", exclusiveMinimum: 0 }, values: [0.5, 1] }),
  fc.constant({ schema: { type: "boolean", default: false }, values: [true, false] }),
  fc.constant({ schema: { type: ["string", "null"] }, values: ["x", null] }),
  fc.constant({ schema: { type: ["string", "array"], items: { type: "string" } }, values: ["x", ["y"], []] }),
  fc.constant({ schema: { type: "string", format: "date-time" }, values: ["2024-05-31T10:00:00Z"] }),
  fc.constant({ schema: { type: "string", pattern: "^[a-z]+$", maxLength: 5 }, values: ["abc"] }),
  fc.constant({ schema: { enum: ["open", "closed", null] }, values: ["open", null] }),
  fc.constant({ schema: { enum: [1, 2, "auto"] }, values: [1, "auto"] }),
  fc.constant({ schema: { const: { a: 1 } }, values: [{ a: 1 }] }),
  fc.constant({ schema: { type: "array", items: { type: "integer" }, uniqueItems: true, contains: { const: 1 } }, values: [[1], [1, 2]] }),
  fc.constant({ schema: { minLength: 2 }, values: ["ab", 1, null, { any: ["json"] }] }),
  fc.constant({ schema: { not: { type: "null" } }, values: ["s", 0, [], {}] }),
  fc.constant({ schema: { not: { enum: ["bad"] }, type: "string" }, values: ["good"] }),
  fc.constant({ schema: true, values: [null, "t", { deep: [1, { er: "x" }] }] }),
  fc.constant({ schema: { type: "object" }, values: [{}, { any: "thing" }] }),
  fc.constant({ schema: { additionalProperties: { type: "string" } }, values: [{}, { k: "v" }, 3] }),
);

function part(member: fc.Arbitrary<Sample>): fc.Arbitrary<Part> {
  const field = fc.record({ name: names, sample: member, required: fc.boolean(), described: fc.boolean() });
  return fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }).map((fields) => ({
    properties: Object.fromEntries(
      fields.map(({ name, sample, described }) => [name, described ? says(sample.schema, name) : sample.schema]),
    ),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    values: [0, 1, 2, 3].map((round) =>
      Object.fromEntries(
        fields.flatMap(({ name, sample, required }, index) =>
          required || (round + index) % 3 > 0 ? [[name, sample.values[round % sample.values.length]] as const] : [],
        ),
      ),
    ),
  }));
}

function says(schema: JsonSchema, name: string): JsonSchema {
  return typeof schema === "boolean" ? schema : { ...schema, title: name, description: `The ${name} of it.`, examples: ["x"] };
}

function joined(parts: readonly Part[]): readonly Value[] {
  return [0, 1, 2, 3].map((round) => Object.assign({}, ...parts.map(({ values }) => values[round % values.length])) as Value);
}

function plainObject({ properties, required }: Part): Exclude<JsonSchema, boolean> {
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

/** One way of putting an object together. */
type Form = (parts: readonly [Part, Part, Part]) => Sample;

const closed = { additionalProperties: false } as const;

function withTag({ properties, required, values }: Part, tag: string): Part {
  return {
    properties: { kind: { const: tag }, ...Object.fromEntries(Object.entries(properties).filter(([key]) => key !== "kind")) },
    required: [...new Set(["kind", ...required])],
    values: values.map((value) => ({ ...value, kind: tag })),
  };
}

const forms: readonly Form[] = [
  ([a]) => ({ schema: { ...plainObject(a), ...closed }, values: a.values }),
  ([a]) => ({ schema: plainObject(a), values: [...a.values, { ...a.values[0], undeclared: [1] }] }),
  // Typeless: what is no object is fine.
  ([a]) => ({ schema: { properties: a.properties, required: a.required }, values: [...a.values, "text", 1] }),
  ([a, b]) => ({ schema: { allOf: [plainObject(a), plainObject(b)] }, values: joined([a, b]) }),
  ([a, b]) => ({
    schema: { ...plainObject(a), allOf: [{ properties: b.properties }], unevaluatedProperties: false },
    values: joined([a, b]),
  }),
  ([a, b, c]) => ({
    schema: { ...plainObject(a), anyOf: [plainObject(b), plainObject(c)] },
    values: [...joined([a, b]), ...joined([a, c])],
  }),
  ([a, b, c]) => ({
    schema: { oneOf: [a, b, c].map((each, index) => ({ ...plainObject(withTag(each, `t${index}`)), ...closed })) },
    values: [a, b, c].flatMap((each, index) => withTag(each, `t${index}`).values),
  }),
  ([a, b]) => ({
    schema: { anyOf: [plainObject(a), { ...plainObject(b), ...closed }, { type: "null" }] },
    values: [...a.values, ...b.values, null],
  }),
  ([a, b, c]) => ({
    schema: {
      ...plainObject({ ...a, properties: { ...a.properties, kind: { enum: ["x", "y"] } } }),
      if: { properties: { kind: { const: "x" } }, required: ["kind"] },
      then: { properties: b.properties, required: b.required },
      else: { properties: c.properties },
    },
    values: [...joined([a, b]).map((value) => ({ ...value, kind: "x" })), ...joined([a, c]).map((value) => ({ ...value, kind: "y" }))],
  }),
  ([a, b]) => {
    const [first = "id"] = Object.keys(a.properties);
    return {
      schema: {
        ...plainObject({ ...a, properties: { ...b.properties, ...a.properties } }),
        dependentRequired: { [first]: Object.keys(b.properties).slice(0, 1) },
        dependentSchemas: { [first]: { properties: { extra: { type: "integer" } } } },
        minProperties: 1,
      },
      values: [...joined([b, a]), ...joined([b, a]).map((value) => ({ ...value, extra: 1 }))],
    };
  },
  ([a]) => ({ schema: { ...plainObject(a), not: { required: ["forbidden"] }, propertyNames: { maxLength: 20 } }, values: a.values }),
  ([a, b]) => ({
    schema: { ...plainObject(a), patternProperties: { "^p_": { ...plainObject(b), ...closed } }, additionalProperties: false },
    values: a.values.map((value, index) => (index % 2 === 0 ? value : { ...value, p_1: b.values[index], p_2: b.values[0] })),
  }),
  ([a, b]) => ({
    schema: { ...plainObject(a), additionalProperties: { anyOf: [{ ...plainObject(b), ...closed }, { type: "string" }] } },
    values: a.values.map((value, index) => ({ ...value, more: index % 2 === 0 ? "s" : b.values[index] })),
  }),
  ([a, b]) => ({
    schema: {
      type: "object",
      additionalProperties: { type: "array", prefixItems: [plainObject(a), { type: "string" }], items: plainObject(b) },
    },
    values: [{}, { k: [a.values[0]], l: [a.values[1], "s", b.values[0]], m: [] }],
  }),
  ([a, b]) => ({
    schema: {
      type: "array",
      items: { oneOf: [{ ...plainObject(a), ...closed }, { type: "array", items: plainObject(b) }, { type: "integer" }] },
      minItems: 1,
    },
    values: [[a.values[0], 1, [b.values[1]]], [[]]],
  }),
  ([a, b]) => ({
    schema: {
      $ref: "#/$defs/Base",
      properties: b.properties,
      $defs: { Base: plainObject(a) },
    },
    values: joined([a, b]),
  }),
];

function object(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  // References lead to the root's definitions: only a root has some.
  const inner = forms.slice(0, -1);
  return fc.tuple(fc.constantFrom(...inner), fc.tuple(part(member), part(member), part(member))).map(([form, parts]) => form(parts));
}

const nested = fc.letrec<{ node: Sample }>((tie) => ({
  node: fc.oneof({ maxDepth: 2, depthIdentifier: "realistic" }, leaf, leaf, object(tie("node"))),
})).node;

const root = fc.tuple(fc.constantFrom(...forms), fc.tuple(part(nested), part(nested), part(nested))).map(([form, parts]) => form(parts));

/** A tree of itself, with an object or a union beside it. */
const recursive = fc.tuple(part(nested), fc.constantFrom("list", "maybe", "map", "tuple")).map(([own, how]): Sample => {
  const again = { $ref: "#" };
  const ways: Readonly<Record<string, readonly [schema: JsonSchema, wrap: (child: unknown) => unknown]>> = {
    list: [{ type: "array", items: again }, (child) => [child]],
    maybe: [{ anyOf: [again, { type: "null" }] }, (child) => child],
    map: [{ type: "object", additionalProperties: again }, (child) => ({ k: child })],
    tuple: [{ type: "array", prefixItems: [{ type: "string" }, again], items: false }, (child) => ["s", child]],
  };
  const [child = true, wrap = (): unknown => null] = ways[how] ?? [];
  const values = own.values.map((value) => ({ ...value, child: wrap({ ...own.values[0], child: wrap({ ...own.values[1] }) }) }));
  return {
    schema: { ...plainObject({ ...own, properties: { ...own.properties, child } }), ...closed },
    values: [...own.values, ...values],
  };
});

/** Realistic schemas, each with values of which most are valid. */
export const realistic: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 5, arbitrary: root },
  { weight: 1, arbitrary: recursive },
  { weight: 1, arbitrary: samples },
);
