import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isRare } from "../../src/emit/rare-plan.js";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import type { Plan, PlanNode } from "../../src/runtime/spec.js";
import { fitting, layouts, split, splits } from "./arbitraries.js";
import { planOf } from "./read-pieces.js";

const text = { kind: "text" } as const;
const atom = { kind: "atom" } as const;
const list = (item: PlanNode): PlanNode => ({ kind: "list", item });
const object = (fields: Record<string, PlanNode>): PlanNode => ({
  kind: "object",
  fields: Object.fromEntries(Object.entries(fields).map(([key, node]) => [key, { node }])),
});

const either = (...branches: PlanNode[]): PlanNode => ({ kind: "union", branches });

/** Every snapshot, what was read in the end, and in how many steps. */
function read(Scanner: typeof JsonScanner, plan: Plan, pieces: readonly string[], live: boolean): unknown {
  const scanner = new Scanner(compilePlan(plan, [], rareKinds), { defs: plan.defs, live });
  const seen = pieces.map((piece) => {
    scanner.write(piece);
    return [scanner.version, JSON.stringify(scanner.snapshot())];
  });
  return { seen, whole: scanner.end(), frozen: scanner.frozen };
}

test("a plan that is not rare reads the same without the rare kinds, at every piece", () => {
  const plain = fitting.filter(({ plan }) => !isRare(plan));
  fc.assert(
    fc.property(plain, layouts, splits, fc.boolean(), ({ plan, wire }, layout, lengths, live) => {
      const pieces = split(layout(wire), lengths);
      expect(read(JsonScanner, plan, pieces, live)).toEqual(read(rareKinds.Scanner, plan, pieces, live));
    }),
    { numRuns: 400 },
  );
});

test("which plans are rare", () => {
  const person = object({ name: text, tags: list(atom) });
  const plain: PlanNode[] = [
    person,
    list(person),
    { kind: "tuple", items: [text, person], rest: atom },
    { kind: "unwrap", key: "value", node: list(person) },
    { kind: "unwrap", key: "value", node: text },
    either(text, atom),
    { kind: "union", branches: [person, atom], byType: { object: 0, null: 1 } },
    { kind: "any" },
  ];
  const rare: PlanNode[] = [
    { kind: "json" },
    { kind: "entries", value: text },
    { kind: "members", keys: ["a"], items: [text] },
    { kind: "object", fields: {}, extras: { key: "extras", value: text } },
    { kind: "object", fields: { why: { node: text, aside: true } } },
    // What the model left out of the wrapper has to be decoded as a whole.
    { kind: "unwrap", key: "value", node: person },
    { kind: "union", branches: [person, object({ kind: atom })], byTag: { key: "kind", cases: { a: 0, b: 1 } } },
    // Shown when it is complete.
    either(person),
    either(list(text), list(atom)),
    { kind: "union", branches: [{ kind: "any" }, atom], byType: { object: 0 } },
  ];
  for (const [nodes, expected] of [
    [plain, false],
    [rare, true],
  ] as const) {
    for (const node of nodes) {
      expect(isRare(planOf(node)), JSON.stringify(node)).toBe(expected);
      expect(isRare(planOf(list(object({ at: node }))))).toBe(expected);
      expect(isRare({ root: { kind: "ref", to: "d" }, defs: { d: object({ next: { kind: "ref", to: "d" }, node }) } })).toBe(expected);
    }
  }
});

test("a plan of rare kinds without them is refused, with what is missing", () => {
  const nodes: Record<string, PlanNode> = {
    entries: { kind: "entries", value: text },
    json: { kind: "json" },
    members: { kind: "members", keys: ["a"], items: [text] },
    extras: { kind: "object", fields: {}, extras: { key: "extras", value: text } },
    aside: { kind: "object", fields: { why: { node: text, aside: true } } },
    "byTag or byKey": { kind: "union", branches: [object({ a: text }), object({ b: text })], byKey: { a: 0, b: 1 } },
  };
  for (const [what, node] of Object.entries(nodes)) {
    const plan = planOf(object({ at: node }));
    expect(() => compilePlan(plan)).toThrow(`The plan has "${what}": its handler needs "rare: rareKinds".`);
    expect(() => compilePlan(plan, [], rareKinds)).not.toThrow();
  }
});
