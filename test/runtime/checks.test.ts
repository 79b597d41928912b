import { describe, expect, test } from "vitest";
import type { Check } from "../../src/runtime/options.js";
import { acyclic, findQuote, idsExist, orderByDependencies, quoteIn, request, sumOf, uniqueBy } from "../../src/runtime/index.js";
import { userSpec } from "./user-spec.js";

function places(check: Check<unknown>, value: unknown, context?: unknown): unknown {
  const result = check(value, context);
  return Array.isArray(result) ? result.map((issue: { readonly path: readonly unknown[] }) => issue.path.join(".")) : result;
}

function quoting(...quotes: readonly string[]): unknown {
  return { facts: quotes.map((quote) => ({ quote })) };
}

function tasks(...all: readonly (readonly (number | null)[])[]): unknown {
  return { tasks: all.map((to, id) => ({ id, to })) };
}

function order(...all: readonly (readonly string[] | null)[]): string | undefined {
  const items = all.map((after, index) => ({ id: "abcdef"[index] ?? "", after }));
  return orderByDependencies(items, { id: ({ id }) => id, after: ({ after }) => after })
    ?.map(({ id }) => id)
    .join("");
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

  test("quoteIn with a tolerance: slips pass, other words don't, the nearest passage is shown", () => {
    const source = "Intro.\nThe  quick brown fox (aged 3) jumps over the lazy dog; it costs $5.00 [sic].";
    const check = quoteIn("facts.*.quote", source, { tolerance: 0.15 });
    const slips = ["the quick brown fox, aged 3, jumps", "JUMPS OVER THE LAZY DOG", "it cost $5.00 [sic]", "quikc brown fox"];
    expect(places(check, quoting(...slips))).toEqual([]);
    expect(places(quoteIn("facts.*.quote", source), quoting(...slips))).toHaveLength(4);
    expect(places(check, quoting("the slow green fox", "(.*)+$", " "))).toEqual(["facts.0.quote", "facts.1.quote", "facts.2.quote"]);
    const [issue] = quoteIn("facts.*.quote", source)(quoting("quick brown cat (aged 3)"), undefined) as readonly { message: string }[];
    expect(issue?.message).toBe(
      'does not occur in the source text; copy the words exactly; the nearest passage, at character 12, is "quick brown fox (aged 3)"',
    );
  });

  test("quoteIn: a long quote is compared in pieces; a source of 100 KB and hostile quotes take bounded time", () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `w${(index * 7919) % 10_007}`).join(" ");
    const long = words.slice(30_000, 36_000);
    const slips = long.replaceAll("w77", "w7").replace("w1", "v1");
    const inside = findQuote(words, slips, { tolerance: 0.02 });
    expect(inside?.text).toBe(long);
    expect(inside?.start).toBe(30_000);
    expect(findQuote(words, slips)).toBeUndefined();
    const hostile = [`${"a".repeat(99_999)}b`, "ab".repeat(40_000), ...Array.from({ length: 2000 }, (_, at) => `${"x".repeat(1000)}${at}`)];
    const start = performance.now();
    expect(places(quoteIn("facts.*.quote", "a".repeat(100_000), { tolerance: 0.1 }), quoting(...hostile))).toHaveLength(2001);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("findQuote: offsets are the source's own, whatever folding did", () => {
    const source = "é “A”\n\n  —  İB e\u0301";
    expect(findQuote(source, '"A" - i̇b é', { tolerance: 0.01 })).toEqual({ start: 2, end: source.length, text: source.slice(2), edits: 0 });
    expect(findQuote("abc", "")).toBeUndefined();
    expect(findQuote("", "abc", { tolerance: 1 })).toBeUndefined();
    expect(findQuote("한", "한".normalize("NFD"))?.text).toBe("한");
  });

  test("acyclic: dependencies, parents and edges; one issue for each tangle, at a reference of its cycle", () => {
    const check = acyclic("tasks.*", { to: "to.*" });
    expect(places(check, tasks([1, 2], [2], [], [null, 9]))).toEqual([]);
    expect(places(check, tasks([1], [2], [0], [4], [3], [5], [6], [0, 3]))).toEqual([
      "tasks.2.to.0",
      "tasks.4.to.0",
      "tasks.5.to.0",
      "tasks.6.to.0",
    ]);
    expect(check(tasks([1], [2, 0], [1]), undefined)).toEqual([
      { path: ["tasks", 1, "to", 1], message: "closes a cycle: 0 → 1 → 0; leave out one of these references" },
    ]);
    const tree = [
      { id: "a", parentId: null },
      { id: "b", parentId: "c" },
      { id: "c", parentId: "b" },
    ];
    expect(places(acyclic("*", { to: "parentId" }), tree)).toEqual(["2.parentId"]);
    const edges = [
      { from: "1", to: "2" },
      { from: "2", to: 1 },
      { from: 3, to: 3 },
    ];
    expect(places(acyclic("edges.*", { from: "from", to: "to" }), { edges })).toEqual(["edges.2.to"]);
  });

  test("a chain of 100,000 is followed, and ordered", () => {
    const chain = Array.from({ length: 100_000 }, (_, id) => ({ id, next: id + 1 }));
    expect(places(acyclic("*", { to: "next" }), chain)).toEqual([]);
    expect(places(acyclic("*", { to: "next" }), [...chain, { id: 100_000, next: 0 }])).toEqual(["100000.next"]);
    expect(orderByDependencies(chain, { id: ({ id }) => id, after: ({ next }) => [next] })?.[0]?.id).toBe(99_999);
  });

  test("orderByDependencies: each after what it needs, else as they stand; nothing where they go round", () => {
    expect(order(null, ["d"], [], ["c"])).toBe("acdb");
    expect(order(["x"], ["a", "a"])).toBe("ab");
    expect(order(["b"], ["a"])).toBeUndefined();
    expect(order(["a"])).toBeUndefined();
    expect(order()).toBe("");
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
