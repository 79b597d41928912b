import { decode } from "@schemacast/runtime/v1";
import { expect } from "vitest";
import { encode } from "../../../src/lower/encode.js";
import { lower } from "../../../src/lower/lower.js";
import type { Lowering } from "../../../src/lower/lowering.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import type { SchemaDocument } from "../../../src/read/schema-document.js";
import { isObject } from "../../../src/lower/json.js";

type HardPoint = (lowering: Lowering, document: SchemaDocument) => void;

/** What is hard about a task, where it is the lowering that has to solve it. By the task's id. */
export const hardPoints: { readonly [id: string]: HardPoint } = {
  optional_role: ({ plan }) => {
    for (const value of [
      { name: "a", age: 1 },
      { name: "a", age: 1, role: null },
      { name: "a", age: 1, role: "x" },
    ]) {
      expect(decode(plan, value)).toEqual(value);
    }
  },
  defaults: ({ one }) => expect(JSON.stringify(one.schema)).not.toContain('"default"'),
  spam: keepsOrder,
  cot_answer: keepsOrder,
  timestamp: keepsOrder,
  ticket: keepsOrder,
  alias_fields: keepsOrder,
  multilabel: ({ one }) => {
    const text = JSON.stringify(one.schema);
    expect(text).not.toMatch(/"(uniqueItems|minItems|maxItems)"/);
    expect(text).toMatch(/no duplicates|item/i);
  },
  dict_map: (lowering) => {
    expect(JSON.stringify(lowering.plan)).toContain('"entries"');
    expect(JSON.stringify(lowering.one.schema)).toContain('"key"');
  },
  bool_root: wrapped(false),
  int_root: wrapped(7),
  str_list_root: wrapped(["a", "b"]),
  union_root_scalar: wrapped("5"),
  tool_union: ({ plan }) => expect(JSON.stringify(plan)).toContain('"byKey":{"query":0,"key":1}'),
  union_status: ({ plan }) => expect(JSON.stringify(plan)).toContain('"byTag"'),
  content_items: ({ plan }) => expect(JSON.stringify(plan)).toContain('"byTag"'),
  recursive_tree: unrollable,
  mutual_recursion: unrollable,
};

/** Keys are asked for in the schema's order, constants excepted. */
function keepsOrder({ one }: Lowering, { schema }: SchemaDocument): void {
  const root = isObject(schema) && typeof schema["$ref"] === "string" ? undefined : schema;
  if (!isObject(root) || !isObject(root["properties"]) || !isObject(one.schema["properties"])) throw new Error("no object at the root");
  expect(Object.keys(one.schema["properties"])).toEqual(Object.keys(root["properties"]));
}

/** The root is sent as an object, and comes back as it was. */
function wrapped(value: unknown): HardPoint {
  return (lowering) => {
    expect(lowering.one.schema).toMatchObject({ type: "object", required: ["value"] });
    expect(encode(lowering, value)?.wire).toEqual({ value });
    expect(decode(lowering.plan, { value })).toEqual(value);
  };
}

/** Told of at its place; strict once its levels are counted. */
function unrollable({ diagnostics }: Lowering, document: SchemaDocument): void {
  const told = diagnostics.find(({ code }) => code === "lower/recursion");
  expect(told?.at?.line).toBeGreaterThan(0);
  if (!isObject(document.schema)) throw new Error("no schema");
  const unrolled = { ...document, schema: { ...document.schema, "x-extract": { unroll: 2 } } };
  expect(lower(unrolled, { profile: cerebras }).one.strict).toBe(true);
}
