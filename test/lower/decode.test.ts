import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { decode, type Plan, type PlanNode } from "@schemacast/runtime/v1";
import { describe, expect, test } from "vitest";

const text: PlanNode = { kind: "text" };
const entries: PlanNode = { kind: "entries", value: { kind: "json" } };
const object = (fields: Extract<PlanNode, { kind: "object" }>["fields"], more?: object): PlanNode => ({ kind: "object", fields, ...more });

const rows: readonly { readonly name: string; readonly node: PlanNode; readonly wire: unknown; readonly value: unknown }[] = [
  { name: "JSON text", node: { kind: "json" }, wire: "[1]", value: [1] },
  { name: "text that is no JSON stands for itself", node: { kind: "json" }, wire: "Rome", value: "Rome" },
  { name: "JSON where JSON text was asked for", node: { kind: "json" }, wire: { a: 1 }, value: { a: 1 } },
  {
    name: "entries: of equal keys the last wins",
    node: entries,
    wire: [
      { key: "a", value: "1" },
      { key: "a", value: "2" },
    ],
    value: { a: 2 },
  },
  { name: "an object where entries were asked for", node: entries, wire: { a: "1" }, value: { a: 1 } },
  { name: "a list that is none of entries is left", node: entries, wire: [{ key: 1, value: "1" }], value: [{ key: 1, value: "1" }] },
  { name: "unwrap", node: { kind: "unwrap", key: "value", node: entries }, wire: { value: [] }, value: {} },
  {
    name: "a wrapper that was forgotten",
    node: { kind: "unwrap", key: "value", node: { kind: "list", item: text } },
    wire: ["a"],
    value: ["a"],
  },
  {
    name: "null that means absent",
    node: object({ a: { node: text, nullIsAbsent: true }, b: { node: text } }),
    wire: { a: null, b: null },
    value: { b: null },
  },
  {
    name: "what is aside, what has another name",
    node: object({ r: { node: text, aside: true }, w: { node: text, name: "v" } }),
    wire: { r: "x", w: "y" },
    value: { v: "y" },
  },
  {
    name: "further keys; a declared one among them does not win",
    node: object({ a: { node: text } }, { extras: { key: "more", value: { kind: "json" } } }),
    wire: {
      a: "x",
      more: [
        { key: "a", value: '"z"' },
        { key: "b", value: "1" },
      ],
    },
    value: { a: "x", b: 1 },
  },
  { name: "keys nobody declared stay", node: object({}), wire: { z: 1 }, value: { z: 1 } },
  {
    name: "members up to the first that is missing",
    node: { kind: "members", keys: ["a", "b", "c"], items: [text, text, text] },
    wire: { a: 1, c: 3 },
    value: [1],
  },
  {
    name: "members and the rest",
    node: { kind: "members", keys: ["a"], items: [text], rest: { key: "rest", item: { kind: "json" } } },
    wire: { a: "x", rest: ["1", "2"] },
    value: ["x", 1, 2],
  },
  { name: "tuple with a rest", node: { kind: "tuple", items: [text], rest: { kind: "json" } }, wire: ["1", "2"], value: ["1", 2] },
  {
    name: "union by tag, the tag no string",
    node: {
      kind: "union",
      branches: [object({ a: { node: { kind: "json" } } }), object({})],
      byTag: { key: "ok", cases: { true: 0, false: 1 } },
    },
    wire: { ok: true, a: "1" },
    value: { ok: true, a: 1 },
  },
  {
    name: "union by key",
    node: { kind: "union", branches: [object({ a: { node: { kind: "json" } } }), object({})], byKey: { a: 0, b: 1 } },
    wire: { a: "1" },
    value: { a: 1 },
  },
  { name: "union that nothing decides", node: { kind: "union", branches: [entries, text], byType: { string: 1 } }, wire: 7, value: 7 },
  { name: "a definition that is not there", node: { kind: "ref", to: "constructor" }, wire: { a: 1 }, value: { a: 1 } },
];

describe("decode", () => {
  test.each(rows)("$name", ({ node, wire, value }) => {
    expect(decode({ root: node }, wire)).toEqual(value);
  });

  test("__proto__ is a key like any other", () => {
    const wire: unknown = JSON.parse('{"__proto__":"{\\"polluted\\":true}"}');
    const value = decode({ root: object({ ["__proto__"]: { node: { kind: "json" } } }) }, wire);
    expect(Object.keys(Object(value))).toEqual(["__proto__"]);
    expect(Reflect.get(Object(value), "polluted")).toBeUndefined();
    expect(decode({ root: entries }, [{ key: "__proto__", value: "1" }])).toEqual(JSON.parse('{"__proto__":1}'));
  });

  test("nested beyond all measure: left as it came, no overflow", () => {
    const plan: Plan = { root: { kind: "ref", to: "N" }, defs: { N: { kind: "list", item: { kind: "ref", to: "N" } } } };
    const wire: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
    expect(Array.isArray(decode(plan, wire))).toBe(true);
  });

  test("costs its users less than a kilobyte", () => {
    const entry = fileURLToPath(new URL("../../src/runtime/decode.ts", import.meta.url));
    const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, minify: true, format: "esm", write: false });
    expect(gzipSync(outputFiles[0]?.contents ?? "").length).toBeLessThan(1024);
  });
});
