import { Ajv } from "ajv";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamKnowledgeGraph } from "../../generated/knowledge-graph.js";
import { streamUser, streamUserList } from "../../generated/user.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import type { Validator } from "../../src/runtime/spec.js";
import { definiteFailures } from "../../src/runtime/stream/early-verdict.js";
import { fakeClient } from "./fake-client.js";
import { cut } from "./read-pieces.js";

const ada = { name: "Ada", age: 36 };
const long = "x".repeat(3000);

describe("validateWhileStreaming: a leaf that is complete and wrong ends the request", () => {
  test("the next attempt is told where, what, and what was wanted", async () => {
    const client = fakeClient(cut(JSON.stringify({ age: "old", name: long }), 4), cut(JSON.stringify(ada), 4));
    const { value, attempts, endedEarly } = await streamUser("text", { client, validateWhileStreaming: true }).withDetails();
    expect(value).toEqual(ada);
    expect(client.read[0]).toBeLessThan(12);
    expect(client.closed[0]).toBe(true);
    expect(attempts[0]?.issues).toEqual([{ path: ["age"], message: "must be integer, is string", expected: "integer", received: '"old"' }]);
    expect(endedEarly).toMatchObject({ requests: 1 });
    expect(endedEarly?.characters).toBeLessThan(50);
  });

  test("without it the answer is read to its end", async () => {
    const client = fakeClient(cut(JSON.stringify({ age: "old", name: long }), 4), cut(JSON.stringify(ada), 4));
    const { endedEarly } = await streamUser("text", { client }).withDetails();
    expect(client.read[0]).toBeGreaterThan(500);
    expect(endedEarly).toBeUndefined();
  });

  test("in an item of a list, by its index", async () => {
    const bad = { items: [ada, { age: "old", name: long }] };
    const client = fakeClient(cut(JSON.stringify(bad), 4));
    const list = streamUserList("text", { client, validateWhileStreaming: true, maxRetries: 0 });
    const error: unknown = await list.result.catch((thrown: unknown) => thrown);
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path: [1, "age"] }]);
    expect(client.read[0]).toBeLessThan(30);
  });

  test("an item that may be left out ends nothing", async () => {
    const bad = { items: [{ age: "old", name: long }, ada] };
    const client = fakeClient(cut(JSON.stringify(bad), 4));
    const list = streamUserList("text", { client, validateWhileStreaming: true, onInvalidItem: "skip", maxRetries: 0 });
    expect(await list.result).toEqual([ada]);
  });

  test("a key that may not be there", async () => {
    const client = fakeClient(cut(JSON.stringify({ name: "Ada", nick: "A", note: long }), 4));
    const error: unknown = await streamUser("text", { client, validateWhileStreaming: true, maxRetries: 0 }).result.catch(
      (thrown: unknown) => thrown,
    );
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path: [], message: 'property "nick" is not allowed' }]);
    expect(client.read[0]).toBeLessThan(30);
  });

  test("a valid answer is never refused, however it is cut", async () => {
    const graph = { nodes: [{ id: 1, label: "a", color: "red" }], edges: [{ source: 1, target: 1, label: "b", color: "black" }] };
    for (let size = 1; size < 12; size++) {
      const client = fakeClient(cut(JSON.stringify(graph), size));
      expect(await streamKnowledgeGraph("text", { client, validateWhileStreaming: true, maxRetries: 0 }).result).toEqual(graph);
    }
  });
});

// Promise 9, the law: refused early means refused as a whole.
test("a beginning of a valid value is never refused, whatever the schema", () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  fc.assert(
    fc.property(schemas(), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (schema, chance) => {
      const validate = ajv.compile(schema) as unknown as Validator;
      const next = (): number => chance.next().value ?? 0;
      const value = {
        a: [1, "x", null, { b: 2 }][Math.floor(next() * 4)],
        b: next() < 0.5 ? "text" : 7,
        c: [1, 2, 3].slice(Math.floor(next() * 4)),
      };
      if (!validate(value)) return;
      for (const [part, growing] of beginnings(value))
        expect(definiteFailures(validate, { value: part, growing }), JSON.stringify(part)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

/** Objects with conditions, unions, negations and the like over a few members. */
function schemas(): fc.Arbitrary<object> {
  const leaf = fc.constantFrom<object>(
    {},
    { type: "string" },
    { type: "integer" },
    { const: 1 },
    { enum: ["x", "text", 7] },
    { minLength: 2 },
    { type: "null" },
    { maxItems: 2 },
    { minItems: 1 },
    { contains: { const: 2 } },
  );
  const object = fc
    .record({ a: leaf, b: leaf, c: leaf }, { requiredKeys: [] })
    .map((properties) => ({ properties, required: Object.keys(properties) }));
  return fc.oneof(
    object,
    fc.array(object, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(object, { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.tuple(object, object, object).map(([condition, ...branches]) => conditional(condition, branches)),
    object.map((not) => ({ not })),
    fc.array(object, { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    object.map((dependent) => ({ dependencies: { a: dependent } })),
    object.map((target) => ({ anyOf: [{ $ref: "#/definitions/t" }, { $ref: "#/definitions/u" }], definitions: { t: target, u: {} } })),
  );
}

function conditional(condition: object, [first, second]: readonly object[]): object {
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own keyword
  return { if: condition, then: first, else: second };
}

function* beginnings(value: {
  readonly a: unknown;
  readonly b: unknown;
  readonly c: readonly unknown[];
}): Generator<readonly [unknown, readonly (string | number)[] | undefined]> {
  const { a, b, c } = value;
  yield [{}, undefined];
  yield [{ a }, undefined];
  if (typeof b === "string") for (let length = 0; length < b.length; length++) yield [{ a, b: b.slice(0, length) }, ["b"]];
  yield [{ a, b }, undefined];
  for (let length = 0; length <= c.length; length++) yield [{ a, b, c: c.slice(0, length) }, undefined];
}
