import { Ajv } from "ajv";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactStreamSpec, streamContact } from "../../generated/contact.js";
import { streamKnowledgeGraph } from "../../generated/knowledge-graph.js";
import { streamUser, streamUserList, userStreamSpec } from "../../generated/user.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import type { Validator } from "../../src/runtime/spec.js";
import { readLenient } from "../../src/runtime/lenient.js";
import { stream } from "../../src/runtime/stream.js";
import { definiteFailures, partFailures } from "../../src/runtime/stream/early-judge.js";
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

  test("in the very piece that completes the leaf, however much came before it", async () => {
    const places = Array.from({ length: 300 }, (_, at) => ({ street: `${at} ${"x".repeat(40)}`, city: "London", country: "England" }));
    for (const [bad, path] of [
      [{ name: long.repeat(10), age: "old" }, ["age"]],
      [{ name: "Ada", age: 36, addresses: [...places, { street: "x", city: 7 }] }, ["addresses", 300, "city"]],
      [{ name: "Ada", age: 36, addresses: [...places, { street: "x", city: [{ a: [1] }] }] }, ["addresses", 300, "city"]],
      [{ name: "Ada", age: 36, addresses: [...places, { street: "x", nick: "y" }] }, ["addresses", 300]],
    ] as const) {
      // Up to the end of the part that is wrong.
      const begun = JSON.stringify(bad).replace(/\}(\]\})?$/, "");
      const pieces = cut(`${begun},"`, 2);
      const client = fakeClient([...pieces, ...cut(long, 2)]);
      const error: unknown = await streamContact("text", { client, validateWhileStreaming: true, maxRetries: 0 }).result.catch(
        (thrown: unknown) => thrown,
      );
      expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path }]);
      expect(client.read[0]).toBeGreaterThanOrEqual(pieces.length - 2);
      expect(client.read[0]).toBeLessThanOrEqual(pieces.length + 1);
    }
  });

  test("a leaf of a type that its place does not know, which no snapshot shows", async () => {
    const client = fakeClient(cut(JSON.stringify({ name: 5, age: 36, note: long }), 4));
    const error: unknown = await streamUser("text", { client, validateWhileStreaming: true, maxRetries: 0 }).result.catch(
      (thrown: unknown) => thrown,
    );
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path: ["name"], expected: "string", received: "5" }]);
    expect(client.read[0]).toBeLessThan(5);
  });

  test("too many members of a list that is still open: as soon as it has grown by an eighth", async () => {
    const wordsUpToThree: Validator = (value) => {
      const size = Array.isArray(value) ? value.length : 0;
      wordsUpToThree.errors = size > 3 ? [{ instancePath: "", schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 3 } }] : null;
      return size <= 3;
    };
    const { wire, decode, instructions } = userStreamSpec;
    const plan = { root: { kind: "list", item: { kind: "text" } } } as const;
    const client = fakeClient(cut(JSON.stringify(Array.from({ length: 2000 }, () => "word")), 7));
    const spec = { name: "Words", wire, decode, instructions, validate: wordsUpToThree, handler: { plan } };
    const error: unknown = await stream(spec, "text", { client, validateWhileStreaming: true, maxRetries: 0 }).result.catch(
      (thrown: unknown) => thrown,
    );
    expect(InvalidOutputError.is(error) && error.issues).toMatchObject([{ path: [] }]);
    expect(client.read[0]).toBeLessThan(20);
  });

  test("the work is linear in the answer: what validators are given does not grow faster than the text", async () => {
    const work: number[] = [];
    for (const count of [200, 400, 800]) {
      let given = 0;
      const counting = (validate: Validator): Validator => {
        const counted: Validator = (value) => {
          given += JSON.stringify(value).length;
          const isValid = validate(value);
          counted.errors = validate.errors ?? null;
          return isValid;
        };
        return counted;
      };
      const { elements = {} } = contactStreamSpec.handler;
      const spec = {
        ...contactStreamSpec,
        validate: counting(contactStreamSpec.validate),
        handler: {
          ...contactStreamSpec.handler,
          elements: Object.fromEntries(Object.entries(elements).map(([path, validate]) => [path, counting(validate)])),
        },
      };
      const addresses = Array.from({ length: count }, (_, at) => ({ street: `${at} Street`, city: "London", country: "England" }));
      const text = JSON.stringify({ name: "Ada", age: 36, addresses });
      expect(await stream(spec, "text", { client: fakeClient(cut(text, 4)), validateWhileStreaming: true }).result).toMatchObject({
        addresses,
      });
      work.push(given / text.length);
    }
    expect(Math.max(...work)).toBeLessThan(Math.min(...work) * 1.3);
    expect(Math.max(...work)).toBeLessThan(16);
  });

  test("what the reader of messy text can mend ends nothing; what it can't does", async () => {
    const spec = { ...userStreamSpec, lenient: readLenient };
    const options = { validateWhileStreaming: true, maxRetries: 0 };
    const good = fakeClient(cut(JSON.stringify({ age: "36", name: "Ada" }), 3));
    expect(await stream(spec, "text", { ...options, client: good }).result).toEqual(ada);
    const bad = fakeClient(cut(JSON.stringify({ age: "old", name: "Ada" }), 3));
    await expect(stream(spec, "text", { ...options, client: bad }).result).rejects.toThrow(InvalidOutputError);
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
      for (const [key, part] of Object.entries(value)) expect(partFailures(validate, [key], { [key]: part }), key).toEqual([]);
      const around = { ...definitionsOf(schema), type: "object", properties: { "in/side~": schema } };
      const outer = ajv.compile(around) as unknown as Validator;
      expect(partFailures(outer, ["in/side~"], { "in/side~": value })).toEqual([]);
      for (const [key, part] of Object.entries(value))
        expect(partFailures(outer, ["in/side~", key], { "in/side~": { [key]: part } }), key).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

// And what is refused at the end is refused with its container, where the schema has no alternatives above it.
test("a container that closes is judged whole", () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  fc.assert(
    fc.property(schemas(), fc.constantFrom<object>({ a: 1 }, { a: "x", b: 7, c: [] }, { b: "text", c: [1, 2, 3] }, {}), (schema, value) => {
      const inner = ajv.compile(schema);
      const outer = ajv.compile({ ...definitionsOf(schema), properties: { part: schema }, required: ["more"] }) as unknown as Validator;
      expect(partFailures(outer, ["part"], { part: value }).length > 0).toBe(!inner(value));
    }),
    { numRuns: 500 },
  );
});

function definitionsOf(schema: object): object {
  return "definitions" in schema ? { definitions: schema.definitions } : {};
}

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
