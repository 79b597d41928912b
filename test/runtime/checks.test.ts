import { describe, expect, test } from "vitest";
import type { Check } from "../../src/runtime/options.js";
import { idsExist, quoteIn, request, sumOf, uniqueBy } from "../../src/runtime/index.js";
import { userSpec } from "./user-spec.js";

function places(check: Check<unknown>, value: unknown, context?: unknown): unknown {
  const result = check(value, context);
  return Array.isArray(result) ? result.map((issue: { readonly path: readonly unknown[] }) => issue.path.join(".")) : result;
}

function quoting(...quotes: readonly string[]): unknown {
  return { facts: quotes.map((quote) => ({ quote })) };
}

describe("ready-made checks", () => {
  test("quoteIn: white space and quotation marks may differ, words may not; no text is a pattern", () => {
    const source = "He said:\n“C++ (2024)” costs   $5? Not a[b — maybe .* more.";
    const check = quoteIn("facts.*.quote", source);
    expect(places(check, quoting('"C++ (2024)" costs $5?', "Not a[b - maybe", ".*", " said: "))).toEqual([]);
    expect(places(check, quoting("C++ 2024", "costs", "x.* more", " "))).toEqual(["facts.0.quote", "facts.2.quote", "facts.3.quote"]);
    expect(places(quoteIn("q", (context: { text: string }) => context.text) as Check<unknown>, { q: "b" }, { text: "abc" })).toEqual([]);
  });

  test("sumOf: with factors, cents, a tolerance", () => {
    const receipt = {
      total: 0.3,
      items: [
        { price: 0.1, quantity: 1 },
        { price: 0.1, quantity: 2 },
      ],
    };
    expect(places(sumOf("total", "items.*.price", { times: "items.*.quantity" }), receipt)).toEqual([]);
    expect(places(sumOf("total", "items.*.price"), receipt)).toEqual(["total"]);
    expect(places(sumOf("total", "items.*.price", { tolerance: 0.1 }), receipt)).toEqual([]);
    expect(places(sumOf("total", "items.*.price"), { total: 0, items: [] })).toEqual([]);
    expect(places(sumOf("total", "items.*.price"), { total: 5, items: [{ price: "five" }] })).toEqual(["total"]);
  });

  test("uniqueBy and idsExist: a knowledge graph", () => {
    const graph = {
      nodes: [{ id: 1 }, { id: 2 }, { id: 1 }],
      edges: [
        { from: 1, to: 2 },
        { from: 3, to: null },
      ],
    };
    expect(places(uniqueBy("nodes.*.id"), graph)).toEqual(["nodes.2.id"]);
    expect(places(idsExist(["edges.*.from", "edges.*.to"], "nodes.*.id"), graph)).toEqual(["edges.1.from"]);
  });

  test("keys that are inherited are not found", () => {
    expect(places(uniqueBy("*.constructor"), [{}, {}])).toEqual([]);
    expect(places(uniqueBy([["a.b"][0] ?? "", "*"]), { "a.b": [1, 1] })).toEqual(["a.b.1"]);
  });
});

test("request gives the exact request without sending it", async () => {
  const { body, headers } = await request(userSpec, "John is 29.", {
    mode: "json_object",
    model: "some-model",
    temperature: 0,
    headers: { a: "b" },
  });
  expect(headers).toEqual({ "X-Cerebras-Version-Patch": "2", a: "b" });
  expect(body).toEqual({
    model: "some-model",
    response_format: { type: "json_object" },
    reasoning_format: "parsed",
    temperature: 0,
    messages: [
      { role: "system", content: expect.stringContaining("Extract a User from the text.") },
      { role: "user", content: "John is 29." },
    ],
  });
  const list = await request(userSpec, [{ role: "user", content: "x" }], { shape: "list" });
  expect(list.body["tools"]).toEqual([userSpec.wire.list]);
});
