import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../../src/runtime/decode.js";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import { streamList } from "../../src/runtime/stream.js";
import { fitting, hasEqualKeys, layouts, split, splits } from "./arbitraries.js";
import { fakeClient } from "./fake-client.js";
import { profile, profilePlan, profileSpec } from "./profile-spec.js";
import { cut, planOf, scannerOf, snapshots } from "./read-pieces.js";

const text = { kind: "text" } as const;
const atom = { kind: "atom" } as const;
const numRuns = process.env["TEST_HARDER"] === "1" ? 1000 : 150;

describe("the promises of the streaming parser", () => {
  test("1: linear, however the text is cut", () => {
    // Not time, which lies on a busy machine: the characters that are looked at are counted.
    const source = JSON.stringify({ items: Array.from({ length: 300 }, () => profile) });
    let looked = 0;
    const counting = (piece: string): string =>
      // A stand-in for a string that counts: the scanner reads its input by these members only.
      ({
        length: piece.length,
        charCodeAt: (at: number) => (looked++, piece.charCodeAt(at)),
        charAt: (at: number) => piece.charAt(at),
        slice: (from: number, to: number) => piece.slice(from, to),
        toString: () => piece,
      }) as unknown as string;
    for (const size of [1, 4, 64, source.length]) {
      looked = 0;
      const scanner = new JsonScanner(
        compilePlan(planOf({ kind: "unwrap", key: "items", node: { kind: "list", item: profilePlan.root } })),
      );
      for (const piece of cut(source, size)) scanner.write(counting(piece));
      expect(scanner.end()).toHaveLength(300);
      // A token that ends a piece, or a number, may be looked at by two rules.
      expect(looked).toBeLessThan(source.length * 1.5);
    }
  });

  test("3 and 5: every snapshot is true of the text so far", () => {
    fc.assert(
      fc.property(fitting, layouts, ({ plan, wire }, layout) => {
        const source = layout(wire);
        let seen: readonly unknown[];
        try {
          seen = snapshots(plan, cut(source, 1));
        } catch (error) {
          return error instanceof Misfit;
        }
        const final = decode(plan, JSON.parse(source));
        // Of equal keys the last wins, so what the first had shown is not in the end.
        fc.pre(!hasEqualKeys(wire));
        for (const value of seen) expect(isPartOf(value, final), `${JSON.stringify(value)} of ${JSON.stringify(final)}`).toBe(true);
        return true;
      }),
      { numRuns },
    );
  });

  test("3: only free strings grow", () => {
    const plan = planOf({ kind: "object", fields: { id: { node: atom }, note: { node: text }, flag: { node: atom } } });
    const seen = snapshots(plan, cut('{"id":"abc","note":"xy","flag":true}', 1)) as { id?: string; flag?: boolean }[];
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set([undefined, "abc"]));
    expect(new Set(seen.map(({ flag }) => flag))).toEqual(new Set([undefined, true]));
    expect(seen).toContainEqual({ id: "abc", note: "x" });
  });

  test("4: a property appears when its key is complete and its value has begun; a union when its branch is decided", () => {
    const branch = (key: string) => ({ kind: "object", fields: { type: { node: atom }, [key]: { node: text } } }) as const;
    const plan = planOf({
      kind: "object",
      fields: {
        a: { node: text },
        shape: {
          node: { kind: "union", branches: [branch("radius"), branch("side")], byTag: { key: "type", cases: { circle: 0, square: 1 } } },
        },
      },
    });
    expect(
      snapshots(plan, ['{"a', '"', ":", '"', 'x","shape":{"ra', 'dius":"9","ty', 'pe":"circle"', ',"more":"h', "ello", '"}}']),
    ).toEqual([
      {},
      { a: "" },
      { a: "x" },
      { a: "x", shape: { radius: "9", type: "circle" } },
      { a: "x", shape: { radius: "9", type: "circle", more: "hello" } },
    ]);
    const byKey = planOf({ kind: "union", branches: [branch("radius"), branch("side")], byKey: { radius: 0, side: 1 } });
    expect(snapshots(byKey, ['{"type":"x",', '"si', 'de":', '"ab', 'c"}'])).toEqual([
      { type: "x" },
      { type: "x", side: "ab" },
      { type: "x", side: "abc" },
    ]);
  });

  test("5: no half escape, no half character", () => {
    const seen = snapshots(planOf(text), cut('"a\\u00e9\\ud83d\\ude00\ud83d\ude00\\n\\ud800x"', 1));
    expect(seen).toEqual([
      "",
      "a",
      "a\u00e9",
      "a\u00e9\u{1f600}",
      "a\u00e9\u{1f600}\u{1f600}",
      "a\u00e9\u{1f600}\u{1f600}\n",
      "a\u00e9\u{1f600}\u{1f600}\n\ud800x",
    ]);
    // One half as it is, the other one escaped.
    for (let size = 1; size < 10; size++)
      expect(
        snapshots(planOf(text), cut('"x\ud83d\\ude00\\ud83d\ude00"', size)).filter((part) => /[\ud800-\udbff]$/.test(String(part))),
      ).toEqual([]);
  });

  test("5: what is of no type of its place does not show; the whole value is for the validator", () => {
    const plan = planOf({ kind: "object", fields: { name: { node: text }, tags: { node: { kind: "list", item: text } } } });
    expect(snapshots(plan, ['{"name":"x","tags":', '"none', 'of"', "}"])).toEqual([{ name: "x" }, { name: "x", tags: "noneof" }]);
  });

  test("6: live, one object is changed in place, and shows after each piece what a snapshot would", () => {
    fc.assert(
      fc.property(fitting, layouts, splits, ({ plan, wire }, layout, lengths) => {
        const copies = (live: boolean): readonly string[] => {
          const scanner = scannerOf(plan, { live });
          try {
            return split(layout(wire), lengths).map((piece) => {
              scanner.write(piece);
              // Once the answer has left its schema, what is changed in place goes on changing.
              return scanner["frozen"] ? "" : (JSON.stringify(scanner.snapshot()) ?? "");
            });
          } catch (error) {
            if (error instanceof Misfit) return [];
            throw error;
          }
        };
        expect(copies(true)).toEqual(copies(false));
      }),
      { numRuns: numRuns * 2 },
    );
    const scanner = new JsonScanner(compilePlan(profilePlan), { live: true });
    const seen = new Set<unknown>();
    for (const piece of cut(JSON.stringify(profile), 2)) {
      scanner.write(piece);
      seen.add(scanner.snapshot());
    }
    seen.delete(undefined);
    expect([...seen]).toEqual([scanner.end()]);
  });

  test("6: snapshots are not mutated, unchanged subtrees are the same objects, changed ones are new", () => {
    const scanner = new JsonScanner(compilePlan(profilePlan));
    const seen: { readonly value: unknown; readonly copy: string }[] = [];
    for (const piece of cut(JSON.stringify(profile), 2)) {
      scanner.write(piece);
      const value = scanner.snapshot();
      seen.push({ value, copy: JSON.stringify(value) });
    }
    let shared = 0;
    seen.forEach(({ value, copy }, at) => {
      expect(JSON.stringify(value)).toBe(copy);
      const before = seen[at - 1]?.value;
      if (value === before) expect(seen[at - 1]?.copy).toBe(copy);
      else shared += countShared(before, value);
    });
    expect(shared).toBeGreaterThan(5);
    expect(scanner.end()).toBe(seen.at(-1)?.value);
  });

  test("6: equal subtrees of two snapshots in a row are one object, for any plan", () => {
    fc.assert(
      fc.property(fitting, ({ plan, wire }) => {
        // A value that is set again may be set to what it was.
        fc.pre(!hasEqualKeys(wire));
        try {
          const seen = snapshots(plan, cut(JSON.stringify(wire), 3));
          // The last may be that of a value that did not fit its plan, which shows as it was read.
          seen.slice(1, -1).forEach((value, at) => countShared(seen[at], value));
        } catch (error) {
          if (!(error instanceof Misfit)) throw error;
        }
      }),
      { numRuns },
    );
  });

  test("7: the same object as long as nothing changed", () => {
    const scanner = new JsonScanner(compilePlan(profilePlan));
    scanner.write('{"name":"x"');
    const before = scanner.snapshot();
    scanner.write('  ,  "age" : 3');
    expect(scanner.snapshot()).toBe(before);
    scanner.write(" ");
    expect(scanner.snapshot()).toEqual({ name: "x", age: 3 });
  });

  test("8: maps, wrapped roots and absent optionals look like the original type while they arrive", () => {
    const plan = planOf({
      kind: "unwrap",
      key: "value",
      node: {
        kind: "object",
        fields: {
          byName: { node: { kind: "entries", value: text } },
          nick: { node: text, nullIsAbsent: true },
          why: { node: text, aside: true },
        },
      },
    });
    const pieces = [
      '{"value":{"why":"thi',
      'nking","nick":null,"byName":[',
      '{"key":"a',
      '","val',
      'ue":"1',
      '2"},{"key":"__proto__","value":"x',
      '"}]}}',
    ];
    expect(snapshots(plan, pieces).map((value) => JSON.stringify(value))).toEqual([
      "{}",
      '{"byName":{}}',
      '{"byName":{"a":"1"}}',
      '{"byName":{"a":"12","__proto__":"x"}}',
    ]);
  });

  test("9: a list item is validated once", async () => {
    const spec = profileSpec();
    let calls = 0;
    const counting = { ...spec, validate: Object.assign((value: unknown) => (calls++, spec.validate(value)), {}) };
    const items = Array.from({ length: 10 }, (_, at) => ({ name: `n${at}`, age: at }));
    const list = streamList(counting, "text", { client: fakeClient(cut(JSON.stringify({ items }), 9)) });
    let seen = 0;
    for await (const _ of list) if (++seen === 10) expect(calls).toBe(10);
    expect(seen).toBe(10);
  });

  test("11: duplicate keys, __proto__, depth and size by rule", () => {
    expect(snapshots(profilePlan, ['{"age":1,"name":"a","age":2,"__proto__":{"x":1}}']).at(-1)).toStrictEqual(
      JSON.parse('{"age":2,"name":"a","__proto__":{"x":1}}'),
    );
    expect(Object.hasOwn({}, "x")).toBe(false);
  });
});

/** Whether a snapshot is what has arrived of the final value: no other keys, no other scalars, strings that are beginnings. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === undefined) return true;
  if (typeof part === "string" && typeof whole === "string") return whole.startsWith(part);
  if (Array.isArray(part))
    return Array.isArray(whole) && part.length <= whole.length && part.every((item, at) => isPartOf(item, whole[at]));
  if (typeof part === "object" && part !== null) {
    if (typeof whole !== "object" || whole === null) return false;
    return Object.keys(part).every((key) => Object.hasOwn(whole, key) && isPartOf(Reflect.get(part, key), Reflect.get(whole, key)));
  }
  return Object.is(part, whole);
}

/** Counts the subtrees that two snapshots share. @throws where equal ones are not the same object */
function countShared(before: unknown, after: unknown): number {
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) return 0;
  if (before === after) return 1;
  expect(after).not.toStrictEqual(before);
  let shared = 0;
  for (const key of Object.keys(before)) shared += countShared(Reflect.get(before, key), Reflect.get(after, key));
  return shared;
}
