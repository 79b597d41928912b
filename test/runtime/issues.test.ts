import { describe, expect, test } from "vitest";
import { annotateJson } from "../../src/runtime/recover/annotate-json.js";
import { schemaIssues } from "../../src/runtime/recover/schema-issues.js";
import type { Issue } from "../../src/runtime/options.js";
import type { JsonObject } from "../../src/runtime/spec.js";
import { ajvSpec } from "./ajv-spec.js";

function issues(schema: JsonObject, value: unknown): readonly Issue[] {
  return schemaIssues(ajvSpec("Thing", schema), "one", value);
}

function told(schema: JsonObject, value: unknown): string[] {
  return issues(schema, value).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("one failure, in words", () => {
  const cases: readonly (readonly [JsonObject, unknown, string])[] = [
    [{ type: "integer" }, "29", ": must be integer, is string"],
    [{ type: ["string", "null"] }, 1, ": must be string or null, is number"],
    [{ required: ["a"] }, {}, ': property "a" is missing'],
    [{ properties: { a: {} }, additionalProperties: false }, { a: 1, b: 2 }, ': property "b" is not allowed'],
    [{ unevaluatedProperties: false }, { b: 2 }, ': property "b" is not allowed'],
    [{ enum: ["red", "green"] }, "Red", ': must be one of "red", "green"'],
    [{ const: "x" }, "y", ': must be "x"'],
    [{ minimum: 3 }, 2, ": must be >= 3"],
    [{ exclusiveMaximum: 3 }, 3, ": must be < 3"],
    [{ multipleOf: 5 }, 3, ": must be a multiple of 5"],
    [{ minLength: 2 }, "a", ": must be at least 2 characters long"],
    [{ maxItems: 1 }, [1, 2], ": must have at most 1 items"],
    [{ minProperties: 1 }, {}, ": must have at least 1 properties"],
    [{ pattern: "^a+$" }, "b", ": must match the pattern ^a+$"],
    [{ format: "date" }, "yesterday", ": must be in the format date, as 2026-01-31"],
    [{ uniqueItems: true }, [1, 2, 1], ": items 0 and 2 are the same"],
    [{ not: { const: 1 } }, 1, ": is not allowed here"],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, ': property "b" is missing'],
    [{ oneOf: [{ type: "number" }, { type: "integer" }] }, 1, ": fits several alternatives, must fit exactly one"],
    [{ propertyNames: { pattern: "^x" } }, { y: 1 }, ": must match the pattern ^x"],
    [{ contains: { const: 1 } }, [2], ": must have at least 1 items of the kind that is asked for"],
    [false as unknown as JsonObject, 1, ": is not allowed here"],
  ];
  test.each(cases)("%j %j", (schema, value, expected) => {
    expect(told({ type: "object", properties: { at: schema }, required: ["at"] }, { at: value })).toContain(`at${expected}`);
  });
});

const shape = {
  anyOf: [
    {
      type: "object",
      properties: { kind: { const: "circle" }, radius: { type: "number" } },
      required: ["kind", "radius"],
      additionalProperties: false,
    },
    {
      type: "object",
      properties: { kind: { const: "square" }, side: { type: "number" } },
      required: ["kind", "side"],
      additionalProperties: false,
    },
    {
      type: "object",
      properties: { kind: { enum: ["line"] }, from: { type: "number" }, to: { type: "number" } },
      required: ["kind", "from", "to"],
      additionalProperties: false,
    },
    { type: "null" },
  ],
};

describe("a union is one issue, not one for each branch", () => {
  test("the branch whose tag fits is the one that is told of", () => {
    expect(told(shape, { kind: "square", side: "3" })).toEqual(["side: must be number, is string"]);
    expect(told(shape, { kind: "line", from: 1 })).toEqual([': property "to" is missing']);
  });
  test("no tag fits: the tags there are", () => {
    expect(told(shape, { kind: "triangle", side: 3 })).toEqual([': must be kind: "circle" or kind: "square" or kind: "line" or null']);
  });
  test("another type altogether: the types there are", () => {
    expect(told({ anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] }, 3)).toEqual([": must be string or array"]);
    expect(told({ anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] }, ["a", 3])).toEqual([
      "1: must be string, is number",
    ]);
  });
  test("a nullable", () => {
    expect(told({ anyOf: [{ type: "integer", minimum: 0 }, { type: "null" }] }, -1)).toEqual([": must be >= 0"]);
  });
  test("in items, through a $ref, nested", () => {
    const list = { type: "array", items: { $ref: "#/$defs/shape" }, $defs: { shape } };
    expect(told(list, [{ kind: "circle", radius: 1 }, { kind: "circle", radius: "1" }, 7])).toEqual([
      "1.radius: must be number, is string",
      "2: must be object or null",
    ]);
    const refs = { anyOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/b" }], $defs: { a: shape.anyOf[0], b: shape.anyOf[1] } };
    expect(told(refs as JsonObject, { kind: "square", side: "3" })).toEqual(["side: must be number, is string"]);
  });
  test("what stands beside a union is kept", () => {
    expect(
      told({ type: "object", required: ["id"], properties: { x: shape }, anyOf: [{ required: ["x"] }, { required: ["y"] }] }, {}),
    ).toContain(': property "id" is missing');
  });
});

test("many issues are cut off, with a word about it", () => {
  const list = issues(
    { type: "array", items: { type: "string" } },
    Array.from({ length: 50 }, (_, index) => index),
  );
  expect(list).toHaveLength(21);
  expect(list.at(-1)?.message).toBe("and more of the same kind");
});

describe("an answer with its issues written at their places", () => {
  test("on the line of what is wrong, in the wire's own shape", () => {
    const wire = {
      name: "Ann",
      scores: [
        { key: "math", value: 1 },
        { key: "art", value: "x" },
      ],
      home: { value: [1, "2"] },
    };
    expect(
      annotateJson(wire, [
        { path: ["scores", "art"], message: "must be number, is string" },
        { path: ["home", 1], message: "must be integer, is string" },
        { path: [], message: 'property "age" is missing' },
        { path: ["name", "deeper"], message: "cannot be followed" },
      ]),
    ).toBe(`{  // property "age" is missing
  "name": "Ann",  // deeper: cannot be followed
  "scores": [
    {
      "key": "math",
      "value": 1
    },
    {
      "key": "art",
      "value": "x"  // must be number, is string
    }
  ],
  "home": {
    "value": [
      1,
      "2"  // must be integer, is string
    ]
  }
}`);
  });

  test("of a long answer only what is wrong, and where it stands", () => {
    const wire = {
      items: Array.from({ length: 60 }, (_, id) => ({
        id,
        text: "some words that take up room in the answer",
        ok: id === 7 ? "yes" : true,
      })),
    };
    const marked = annotateJson(wire, [{ path: ["items", 7, "ok"], message: "must be boolean, is string" }]);
    expect(marked).toContain('      "ok": "yes"  // must be boolean, is string\n');
    expect(marked.length).toBeLessThan(800);
  });

  test("hostile keys and values", () => {
    const wire = JSON.parse('{"__proto__":{"constructor":"\\n// not a comment"},"a\\"b":1}');
    expect(annotateJson(wire, [{ path: ["__proto__", "constructor"], message: "no" }])).toContain(
      '"constructor": "\\n// not a comment"  // no',
    );
  });
});
