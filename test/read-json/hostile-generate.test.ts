import { expect, test } from "vitest";
import { generate } from "../../src/generate.js";
import type { GeneratedSource } from "../../src/generate.js";

// The same hostile inputs all the way: what the reader lets pass must not hang or crash what comes after it.

async function generated(schema: unknown): Promise<GeneratedSource> {
  const text = typeof schema === "string" ? schema : JSON.stringify(schema);
  const files = { read: (path: string) => (path === "schemas/hostile.json" ? text : undefined) };
  const request = { root: "/", sources: ["schemas/hostile.json"], inputFolder: "schemas", outputFolder: "generated", files };
  const [result] = await generate(request);
  if (!result) throw new Error("one source gives one result");
  return result;
}

function nested(levels: number, wrap: (schema: unknown) => unknown): unknown {
  let schema: unknown = { type: "string" };
  for (let level = 0; level < levels; level++) schema = wrap(schema);
  return schema;
}

function chain(length: number): unknown {
  const definitions = Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `d${index}`,
      index === length - 1 ? { type: "string" } : { type: "object", properties: { next: { $ref: `#/definitions/d${index + 1}` } } },
    ]),
  );
  return { type: "object", properties: { first: { $ref: "#/definitions/d0" } }, definitions };
}

function laughs(levels: number): unknown {
  const definitions: Record<string, unknown> = { l0: { type: "string" } };
  for (let level = 1; level <= levels; level++) {
    const properties = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`p${index}`, { $ref: `#/definitions/l${level - 1}` }]));
    definitions[`l${level}`] = { type: "object", properties };
  }
  return { $ref: `#/definitions/l${levels}`, definitions };
}

test.each<[string, unknown]>([
  ["arrays 120 levels deep", nested(120, (items) => ({ type: "array", items }))],
  ["arrays 250 levels deep", nested(250, (items) => ({ type: "array", items }))],
  ["negations 250 levels deep", nested(250, (not) => ({ not }))],
  ["a chain of 2,000 definitions", chain(2_000)],
  ["thirty levels of ten references each", laughs(30)],
  ["an enum of 10,000 values", { type: "object", properties: { e: { enum: Array.from({ length: 10_000 }, (_, index) => `v${index}`) } } }],
  [
    "names of Object.prototype",
    '{ "type": "object", "properties": { "__proto__": { "type": "string" }, "constructor": { "$ref": "#/$defs/__proto__" } }, "$defs": { "__proto__": {} } }',
  ],
])("generate() ends with files or a diagnostic: %s", async (_, schema) => {
  const { files, diagnostics } = await generated(schema);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(files.length > 0 || errors.length > 0).toBe(true);
});

test("a chain of 300 definitions, which overflows an engine that follows it, is generated", async () => {
  const { files, diagnostics } = await generated(chain(300));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(files).toHaveLength(2);
});
