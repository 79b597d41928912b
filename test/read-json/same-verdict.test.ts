import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TestDraft } from "./ajv-of-draft.js";
import { judge, schemaUris } from "./ajv-of-draft.js";
import { readFiles } from "./reading.js";

// Keys that are also names of Object.prototype are left to their own tests: Ajv's standard options take inherited members for present.
// The oracle: Ajv by the schema's own draft on what was written, Ajv 2020 on what the reader made of it.

type Schema = fc.Arbitrary<unknown>;

const key = fc.constantFrom("a", "b", "c");
const small = fc.integer({ min: 0, max: 3 });
const scalar = fc.constantFrom<unknown>(null, true, false, -1, 0, 1, 1.5, 2, 3, "", "a", "ab", "b", "2024-02-30", "2024-02-29");
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const type = fc.constantFrom("string", "number", "integer", "boolean", "null", "object", "array");

function definitionsKeyword(draft: TestDraft): string {
  return draft === "2019-09" || draft === "2020-12" ? "$defs" : "definitions";
}

function schemaOf(draft: TestDraft): Schema {
  const place = definitionsKeyword(draft);
  const since2019 = draft === "2019-09" || draft === "2020-12";
  const reference = fc.constantFrom(
    `#/${place}/one`,
    `#/${place}/two`,
    `#/${place}/t%68ree%20~1~0`,
    "#",
    "#/properties/a",
    "http://example.com/two",
    "http://example.com/two#/properties/b",
  );
  const part = (keys: Record<string, Schema>): Schema => fc.record(keys, { requiredKeys: [] });
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
    const schema = tie("schema");
    const map = fc.dictionary(key, schema, { maxKeys: 3 });
    const list = fc.array(schema, { minLength: 1, maxLength: 3 });
    const bounds =
      draft === "04"
        ? { exclusiveMinimum: fc.boolean(), exclusiveMaximum: fc.boolean() }
        : { exclusiveMinimum: small, exclusiveMaximum: small };
    const tuple = draft === "2020-12" ? { prefixItems: list, items: schema } : { items: fc.oneof(schema, list), additionalItems: schema };
    return {
      schema: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.boolean(),
        part({
          type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
          nullable: fc.constant(false),
          title: fc.constant("T"),
        }),
        fc.record({ type, nullable: fc.constant(true) }),
        part({ minLength: small, maxLength: small, pattern: fc.constantFrom("^a", "b$"), format: fc.constantFrom("date", "unknown") }),
        part({ minimum: small, maximum: small, multipleOf: fc.constantFrom(0.5, 1, 2), ...bounds }),
        part({ enum: fc.array(value, { minLength: 1, maxLength: 3 }) }),
        part(draft === "04" ? {} : { const: value }),
        part({ properties: map, required: fc.uniqueArray(key, { minLength: 1, maxLength: 2 }), additionalProperties: schema }),
        part({ patternProperties: fc.dictionary(fc.constantFrom("^a", "b|c"), schema), minProperties: small, propertyNames: schema }),
        // Not empty: Ajv 8.20 takes `contains: false` for true after an empty `dependencies` in a tuple's item.
        part({
          dependencies: fc.dictionary(key, fc.oneof(schema, fc.uniqueArray(key, { minLength: 1, maxLength: 2 })), {
            minKeys: 1,
            maxKeys: 2,
          }),
        }),
        part({ ...tuple, contains: schema, minItems: small, maxItems: small, uniqueItems: fc.boolean() }),
        part({ allOf: list, anyOf: list }),
        part({ oneOf: list, not: schema }),
        part(Object.fromEntries(["if", "then", "else"].map((name) => [name, schema]))),
        fc.record({ $ref: reference }),
        fc.record({ $ref: reference, description: fc.constant("d"), minLength: small, required: fc.constant(["b"]) }),
        ...(since2019
          ? [
              part({ dependentRequired: fc.dictionary(key, fc.uniqueArray(key, { minLength: 1, maxLength: 2 })), dependentSchemas: map }),
              part({ properties: map, anyOf: list, unevaluatedProperties: schema }),
              part({ contains: schema, minContains: small, maxContains: small, unevaluatedItems: schema }),
            ]
          : [part({ prefixItemz: list, foreign: value })]),
      ),
    };
  });
  const object = schema.filter((made) => typeof made === "object");
  // Up to draft 07 an `$id` beside `$ref` is ignored (Ajv differs): the definition with an `$id` has none.
  const named = object.filter((made) => since2019 || !Object.hasOwn(made as object, "$ref"));
  const idKeyword = draft === "04" ? "id" : "$id";
  return fc.record({ root: object, one: schema, two: named, three: schema, a: schema }).map(({ root, one, two, three, a }) => ({
    $schema: schemaUris[draft],
    ...(root as object),
    properties: { a, ...(root as { properties?: object }).properties },
    [place]: {
      one,
      two: {
        ...(two as object),
        properties: { b: one, ...(two as { properties?: object }).properties },
        [idKeyword]: "http://example.com/two",
      },
      "three /~": three,
    },
  }));
}

// Fresh cases nightly; the same ones every time in between, so that nobody's change fails on somebody else's case.
const extent = process.env["TEST_HARDER"] === undefined ? { numRuns: 80, seed: 2020 } : { numRuns: 2_000 };

test.each<TestDraft>(["04", "07", "2019-09", "2020-12"])("draft %s: the normalised schema gives the verdicts of the original", (draft) => {
  let judged = 0;
  fc.assert(
    fc.property(schemaOf(draft), fc.array(value, { minLength: 5, maxLength: 20 }), (schema, values) => {
      const { documents, diagnostics } = readFiles({ "schema.json": schema });
      // Loops without structure have no verdict; nothing else may fail.
      if (diagnostics.some(({ code }) => code === "read/ref-loop")) return;
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      const verdicts = verdictsOrSkip(draft, schema, values);
      if (!verdicts) return;
      expect(withoutAjvFaults(() => values.map(judge("2020-12", documents[0]?.schema))) ?? verdicts).toEqual(verdicts);
      judged++;
    }),
    extent,
  );
  expect(judged).toBeGreaterThan(extent.numRuns / 4);
});

/** Ajv refuses some references into a schema with an `$id` of its own, and code it makes for some schemas throws: no verdict to compare with. */
function verdictsOrSkip(draft: TestDraft, schema: unknown, values: readonly unknown[]): readonly boolean[] | undefined {
  try {
    return values.map(judge(draft, schema));
  } catch {
    return undefined;
  }
}

/** Ajv 8.20 leaves a variable undeclared for some unions below a condition, in its classes that track what was evaluated. */
function withoutAjvFaults<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
