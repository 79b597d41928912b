import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emitDefaults } from "../../src/emit/emit-defaults.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { fillDefaults } from "../../src/runtime/defaults.js";
import { documentOf } from "./documents.js";

/** A schema and values that may lack what it has defaults for, in the part of JSON Schema where Ajv's `useDefaults` says the same. */
type Pair = fc.Arbitrary<{ readonly schema: JsonSchema; readonly value: unknown }>;

const keys = fc.constantFrom("a", "b", "c", "d", "toString", "0", "a/b");
const leaf: Pair = fc.oneof(
  fc.string({ maxLength: 3 }).map((value) => ({ schema: { type: "string" }, value })),
  fc.integer().map((value) => ({ schema: { type: "integer" }, value })),
  fc.constantFrom(null, true, false).map((value) => ({ schema: { type: ["boolean", "null"] }, value })),
);

function pairs(depth: number): Pair {
  if (depth === 0) return leaf;
  const inner = pairs(depth - 1);
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: objects(inner) }, lists(inner), tuples(inner), merged(inner));
}

interface Member {
  readonly key: string;
  readonly pair: { readonly schema: JsonSchema; readonly value: unknown };
  readonly hasDefault: boolean;
  readonly isGiven: boolean;
}

function objects(inner: Pair): Pair {
  const member: fc.Arbitrary<Member> = fc.record({ key: keys, pair: inner, hasDefault: fc.boolean(), isGiven: fc.boolean() });
  return fc.uniqueArray(member, { selector: ({ key }) => key, maxLength: 5 }).map((members) => ({
    schema: {
      type: "object",
      properties: Object.fromEntries(members.map(({ key, pair, hasDefault }) => [key, hasDefault ? withDefault(pair) : pair.schema])),
    },
    value: Object.fromEntries(members.flatMap(({ key, pair, isGiven }) => (isGiven ? [[key, pair.value]] : []))),
  }));
}

function withDefault({ schema, value }: Member["pair"]): JsonSchema {
  return typeof schema === "boolean" ? schema : { ...schema, default: value };
}

function lists(inner: Pair): Pair {
  return inner.map(({ schema, value }) => ({ schema: { type: "array", items: schema }, value: [value, value] }));
}

/** All positions have a default: where one has none, Ajv leaves a hole. */
function tuples(inner: Pair): Pair {
  return fc.tuple(fc.array(inner, { minLength: 1, maxLength: 3 }), fc.nat(3)).map(([items, given]) => ({
    schema: { type: "array", prefixItems: items.map(withDefault), minItems: items.length, items: false },
    value: items.slice(0, given).map(({ value }) => value),
  }));
}

function merged(inner: Pair): Pair {
  return fc
    .tuple(objects(inner), objects(inner))
    .map(([one, two]) => ({ schema: { allOf: [one.schema, two.schema] }, value: Object.assign({}, two.value, one.value) }));
}

test("fills what Ajv fills with useDefaults, and leaves the value as it was", async () => {
  await fc.assert(
    fc.asyncProperty(pairs(3), async ({ schema, value }) => {
      const { plan, diagnostics } = await emitDefaults(documentOf(schema));
      // Parts of an allOf may speak of the same key in different ways: then a default is no longer valid, and Ajv doesn't ask.
      fc.pre(diagnostics.length === 0);
      const before = JSON.stringify(value);
      const filled = plan === undefined ? value : fillDefaults(plan, value);
      expect(JSON.stringify(value)).toBe(before);
      const expected: unknown = structuredClone(value);
      const validate = new Ajv2020({ useDefaults: true, strict: false, allErrors: true }).compile(schema);
      // Parts of an allOf that contradict each other stop Ajv on its way.
      fc.pre(validate(expected));
      expect(filled).toEqual(expected);
      // One part of an allOf may add what another has defaults for; it came first, as with Ajv.
      const isSettled = plan === undefined || JSON.stringify(schema).includes("allOf") || fillDefaults(plan, filled) === filled;
      expect(isSettled).toBe(true);
    }),
    { numRuns: 150 },
  );
});

async function filled(schema: JsonSchema, value: unknown): Promise<unknown> {
  const { plan } = await emitDefaults(documentOf(schema));
  return plan === undefined ? value : fillDefaults(plan, value);
}

const branch = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({ type: "object", properties, required });

describe("beyond what Ajv does", () => {
  test("a reference's default holds where it has none of its own, recursion included", async () => {
    const schema: JsonSchema = {
      $ref: "#/$defs/Node",
      $defs: {
        Color: { enum: ["red", "blue"], default: "red" },
        Node: {
          type: "object",
          properties: {
            color: { $ref: "#/$defs/Color" },
            back: { $ref: "#/$defs/Color", default: "blue" },
            next: { $ref: "#/$defs/Node" },
          },
        },
      },
    };
    expect(await filled(schema, { next: { color: "blue", next: {} } })).toEqual({
      color: "red",
      back: "blue",
      next: { color: "blue", back: "blue", next: { color: "red", back: "blue" } },
    });
  });

  test("the branch of a union is told by type, tag or telling key; else nothing is filled", async () => {
    const size: JsonSchema = { type: "integer", default: 1 };
    const byType: JsonSchema = { anyOf: [branch({ size }), { type: "array", items: branch({ size }) }, { type: "null" }] };
    expect(await filled(byType, {})).toEqual({ size: 1 });
    expect(await filled(byType, [{}])).toEqual([{ size: 1 }]);
    expect(await filled(byType, null)).toBe(null);
    const byTag: JsonSchema = {
      oneOf: [
        branch({ kind: { const: 1 }, size }, ["kind"]),
        branch({ kind: { enum: [2, 3] }, size: { type: "integer", default: 2 } }, ["kind"]),
      ],
    };
    expect(await filled(byTag, { kind: 1 })).toEqual({ kind: 1, size: 1 });
    expect(await filled(byTag, { kind: 3 })).toEqual({ kind: 3, size: 2 });
    expect(await filled(byTag, { kind: 4 })).toEqual({ kind: 4 });
    const byKey: JsonSchema = { anyOf: [branch({ mail: { type: "string" }, size }), branch({ phone: { type: "string" }, size })] };
    expect(await filled(byKey, { phone: "1" })).toEqual({ phone: "1", size: 1 });
    expect(await filled(byKey, {})).toEqual({});
  });

  test("members of maps, patterns included, and what stands beside them", async () => {
    const on: JsonSchema = { type: "object", properties: { on: { type: "boolean", default: true } } };
    const off: JsonSchema = { type: "object", properties: { on: { type: "boolean", default: false } } };
    const schema: JsonSchema = { type: "object", properties: { x: {} }, patternProperties: { "^n": off }, additionalProperties: on };
    expect(await filled(schema, { x: {}, night: {}, day: {} })).toEqual({ x: {}, night: { on: false }, day: { on: true } });
  });

  test("a tuple is filled as far as there is no gap", async () => {
    const schema: JsonSchema = { type: "array", prefixItems: [{ default: 1 }, { default: 2 }, {}, { default: 4 }] };
    expect(await filled(schema, [])).toEqual([1, 2]);
    expect(await filled(schema, [0, 0, 0])).toEqual([0, 0, 0, 4]);
  });

  test("defaults are copies; __proto__ is a key like any other", async () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"array","default":[1]}}}') as JsonSchema;
    const { plan } = await emitDefaults(documentOf(schema));
    const [one, two] = [fillDefaults(plan ?? never(), {}), fillDefaults(plan ?? never(), {})] as [object, object];
    expect(JSON.stringify(one)).toBe('{"__proto__":[1]}');
    expect(Object.values(one)[0]).not.toBe(Object.values(two)[0]);
  });
});

describe("a default that is not valid", () => {
  test("is told of and not applied; the default around it is", async () => {
    const schema: JsonSchema = {
      properties: {
        inner: { type: "object", properties: { count: { type: "integer", default: "1" }, name: { default: "x" } }, default: {} },
        strict: { type: "object", properties: {}, required: ["id"], default: {} },
      },
    };
    const { diagnostics } = await emitDefaults(documentOf(schema));
    expect(diagnostics.map(({ message }) => /: (.*)\. It is/.exec(message)?.[1])).toEqual(['it breaks "type"', 'it breaks "required"']);
    expect(await filled(schema, {})).toEqual({ inner: { name: "x" } });
  });

  test("is judged with the defaults inside it", async () => {
    const schema: JsonSchema = {
      properties: { inner: { type: "object", properties: { id: { type: "integer", default: 7 } }, required: ["id"], default: {} } },
    };
    expect(await filled(schema, {})).toEqual({ inner: { id: 7 } });
    expect((await emitDefaults(documentOf(schema))).diagnostics).toEqual([]);
  });

  test("a schema without defaults has no plan, a recursive one neither", async () => {
    const schema: JsonSchema = { $ref: "#/$defs/N", $defs: { N: { properties: { n: { $ref: "#/$defs/N" } } } } };
    expect(await emitDefaults(documentOf(schema))).toEqual({ plan: undefined, diagnostics: [] });
  });
});

function never(): never {
  throw new Error("there is a plan");
}
