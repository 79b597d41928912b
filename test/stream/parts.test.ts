import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { contactStreamSpec, streamContact } from "../../generated/contact.js";
import { decode } from "../../src/runtime/decode.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import type { CompleteField, ExtractionStream } from "../../src/runtime/results.js";
import type { PlanNode, StreamSpec, Validator } from "../../src/runtime/spec.js";
import { stream } from "../../src/runtime/stream.js";
import { events, loopback, toolStream } from "../runtime/loopback.js";
import { fitting, hasEqualKeys } from "./arbitraries.js";
import { fakeClient } from "./fake-client.js";
import { all, cut, scannerOf } from "./read-pieces.js";

describe("text", () => {
  test("a surrogate pair that two events share comes whole", async () => {
    const pieces = ['{"name":"A', "\ud83d", "\ude00", "b", "\\ud8", "3d", '\\ude00","age":1}'];
    await using server = await loopback(events(toolStream(pieces, "extract_contact")));
    const contact = streamContact("…", { client: server.client });
    const deltas = await all(contact.text("name"));
    expect(deltas.join("")).toBe("A😀b😀");
    for (const delta of deltas) expect(delta).not.toMatch(/[\ud800-\udbff]$|^[\udc00-\udfff]/);
    await contact.result;
  });

  test("a string that does not grow comes when it is complete; so does one whose place is known late", async () => {
    const atom = { kind: "atom" } as const;
    const branch = { kind: "object", fields: { label: { node: { kind: "text" } }, kind: { node: atom } } } as const;
    const spec: StreamSpec<{ date: string; shape: { label: string; kind: string }; byName: Record<string, string> }, unknown> = {
      ...bare(),
      handler: {
        rare: rareKinds,
        plan: {
          root: {
            kind: "object",
            fields: {
              date: { node: atom },
              shape: { node: { kind: "union", branches: [branch, branch], byTag: { key: "kind", cases: { a: 0, b: 1 } } } },
              byName: { node: { kind: "entries", value: { kind: "text" } } },
            },
          },
        },
      },
    };
    const wire = {
      date: "2026-01-01",
      shape: { label: "round", kind: "a" },
      byName: [
        { key: "x", value: "one" },
        { key: "y", value: "two" },
      ],
    };
    for (let size = 1; size < 20; size++) {
      const read = stream(spec, "…", { client: fakeClient(cut(JSON.stringify(wire), size)) });
      const [date, label, one, fields] = await Promise.all([
        all(read.text("date")),
        all(read.text("shape.label")),
        all(read.text("byName.y")),
        all(read.fields()),
      ]);
      expect([date.join(""), label.join(""), one.join("")]).toEqual(["2026-01-01", "round", "two"]);
      expect(fields.map(({ path }) => path.join("."))).toEqual([
        "date",
        "shape.label",
        "shape.kind",
        "shape",
        "byName.x",
        "byName.y",
        "byName",
      ]);
    }
  });
});

test("any plan, value and split: fields, texts and elements are those of the whole value, each once", async () => {
  await fc.assert(
    fc.asyncProperty(fitting, fc.integer({ min: 1, max: 20 }), async ({ plan, wire }, size) => {
      // What does not fit its plan is not told of, and of equal keys the last wins.
      const scanner = scannerOf(plan);
      try {
        scanner.write(JSON.stringify(wire));
      } catch (error) {
        expect(error).toBeInstanceOf(Misfit);
        return;
      }
      fc.pre(!hasEqualKeys(wire) && !scanner.frozen);
      const value = decode(plan, JSON.parse(JSON.stringify(wire)));
      const members = membersOf(value, []);
      // Such a key can't be told in a name.
      fc.pre(members.every(({ path }) => !path.includes("")));
      const pieces = cut(JSON.stringify(wire), size);
      // Paths are lists of keys here, whatever TypeScript makes of a value of which nothing is known.
      const read = stream<Known, unknown, unknown>({ ...bare(), handler: { plan, rare: rareKinds } }, "…", {
        client: fakeClient(pieces),
        maxRetries: 0,
      });
      const texts = members.filter(
        ({ path, value: found }) => typeof found === "string" && path.every((step) => !String(step).includes(".")),
      );
      // Of a tuple whose first members the model leaves out, the others are told and then dropped; out of order it is no list to be read.
      const isWhole = !JSON.stringify(plan).includes('"members"');
      const lists = (isWhole ? members : []).filter(
        ({ path, value: found }) => Array.isArray(found) && path.every((step) => typeof step === "string" && !step.includes(".")),
      );
      const reading = Promise.all([
        all(read.fields()),
        Promise.all(texts.map(async ({ path }) => (await all(read.text(path.join(".") as "a"))).join(""))),
        Promise.all(lists.map(({ path }) => all(read.elements(path.join(".") as "b")))),
      ]);
      const [fields, strings, elements] = await reading;
      const wanted = members.filter(({ path }) => typeof path.at(-1) === "string");
      expect(sorted(fields)).toEqual(isWhole ? sorted(wanted) : expect.arrayContaining([...sorted(wanted)]));
      expect(new Set(fields.map(({ path }) => JSON.stringify(path))).size).toBe(fields.length);
      expect(strings).toEqual(texts.map(({ value: found }) => found));
      expect(elements).toEqual(lists.map(({ value: found }) => found));
    }),
    { numRuns: process.env["TEST_HARDER"] === "1" ? 5000 : 200 },
  );
});

interface Known {
  a: string;
  b: unknown[];
}

function sorted(fields: readonly CompleteField[]): readonly string[] {
  return fields.map(({ path, value }) => JSON.stringify([path, value])).toSorted();
}

/** Everything in a value. */
function membersOf(value: unknown, path: CompleteField["path"]): readonly CompleteField[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const inner = [...path, Array.isArray(value) ? Number(key) : key];
    return [...membersOf(member, inner), { path: inner, value: member }];
  });
}

interface Order {
  readonly id: string;
  readonly customer?: { readonly name: string; readonly emails: readonly string[] } | null;
  readonly orders: { readonly items: readonly { readonly tags: string[]; readonly note: string | null }[]; readonly at: Date }[];
  readonly matrix: number[][];
}

/** Only for the type checker. */
function checkPaths(
  read: ExtractionStream<Order, unknown>,
  rows: ExtractionStream<readonly Order[] | null, unknown>,
  word: ExtractionStream<"a" | "b", unknown>,
): void {
  expectTypeOf(read.elements("orders")).toEqualTypeOf<AsyncIterableIterator<Order["orders"][number]>>();
  expectTypeOf(read.elements("orders.items")).toEqualTypeOf<AsyncIterableIterator<Order["orders"][number]["items"][number]>>();
  expectTypeOf(read.elements("orders.items.tags")).toEqualTypeOf<AsyncIterableIterator<string>>();
  expectTypeOf(read.elements("customer.emails")).toEqualTypeOf<AsyncIterableIterator<string>>();
  expectTypeOf(read.elements("matrix")).toEqualTypeOf<AsyncIterableIterator<number[]>>();
  expectTypeOf(read.fields()).toEqualTypeOf<AsyncIterableIterator<CompleteField>>();
  read.text("id");
  read.text("customer.name");
  read.text("orders.0.items.12.note");
  read.text("customer.emails.3");
  expectTypeOf(rows.elements("")).toEqualTypeOf<AsyncIterableIterator<Order>>();
  expectTypeOf(rows.elements("orders.items")).toEqualTypeOf<AsyncIterableIterator<Order["orders"][number]["items"][number]>>();
  rows.text("0.id");
  word.text("");
  // @ts-expect-error a text is no list
  word.elements("");
  // @ts-expect-error a list is no text
  rows.text("");
  // @ts-expect-error an object is no list
  read.elements("");
  // @ts-expect-error a string is no list
  read.elements("id");
  // @ts-expect-error there is no such key
  read.elements("orders.lines");
  // @ts-expect-error a list is no text
  read.text("orders");
  // @ts-expect-error indexes are part of the way to a text
  read.text("orders.items.note");
}

describe("paths", () => {
  test("TypeScript knows what stands at a path, however deep, and refuses others", () => {
    expect(checkPaths).toBeTypeOf("function");
  });

  test("lists in lists of lists, each element once, in the order in which they close", async () => {
    const wire = {
      id: "1",
      orders: [{ items: [{ tags: ["a", "b"] }, { tags: [] }] }, { items: [{ tags: ["c"] }] }],
      matrix: [[1, 2], [3]],
    };
    for (let size = 1; size < 12; size++) {
      const read = stream(orderSpec(), "…", { client: fakeClient(cut(JSON.stringify(wire), size)) });
      const [tags, items, orders, rows] = await Promise.all([
        all(read.elements("orders.items.tags")),
        all(read.elements("orders.items")),
        all(read.elements("orders")),
        all(read.elements("matrix")),
      ]);
      expect(tags).toEqual(["a", "b", "c"]);
      expect(items).toEqual([{ tags: ["a", "b"] }, { tags: [] }, { tags: ["c"] }]);
      expect(orders).toEqual(wire.orders);
      expect(rows).toEqual(wire.matrix);
    }
  });
});

describe("a value that is itself a list or a text", () => {
  const item = { kind: "object", fields: { name: { node: { kind: "text" } } } } as const;
  const roots: readonly (readonly [name: string, node: PlanNode, value: unknown])[] = [
    ["a list", { kind: "list", item }, [{ name: "Ada" }, { name: "Bo" }]],
    ["a list of lists", { kind: "list", item: { kind: "list", item: { kind: "text" } } }, [["a", "b"], [], ["c"]]],
    ["a text", { kind: "text" }, "as long as it is wide"],
    ["a text that does not grow", { kind: "atom" }, "2026-01-01"],
  ];

  test.each(roots)('%s is read by the path ""', async (_, node, value) => {
    const spec: StreamSpec<string | unknown[], unknown> = {
      ...bare(),
      decode: (wire) => (wire as { readonly value: unknown }).value,
      handler: { plan: { root: { kind: "unwrap", key: "value", node } } },
    };
    for (let size = 1; size < 12; size++) {
      const read = stream(spec, "…", { client: fakeClient(cut(JSON.stringify({ value }), size)) });
      const parts = (): Promise<unknown> =>
        typeof value === "string" ? all(read.text("")).then((texts) => texts.join("")) : all(read.elements(""));
      expect(await parts()).toEqual(value);
      expect(await read.result).toEqual(value);
      // Who comes late misses nothing.
      expect(await parts()).toEqual(value);
    }
  });
});

const anything: Validator = () => true;

/** A spec that takes any value as it is. */
function bare(): Omit<StreamSpec<never, never>, "handler"> {
  return { name: "Any", wire: contactStreamSpec.wire, instructions: "Extract.", decode: (wire) => wire, validate: anything };
}

function orderSpec(): StreamSpec<Order, unknown> {
  const tags = { kind: "list", item: { kind: "text" } } as const;
  const items = { kind: "list", item: { kind: "object", fields: { tags: { node: tags }, note: { node: { kind: "text" } } } } } as const;
  const orders = { kind: "list", item: { kind: "object", fields: { items: { node: items } } } } as const;
  const matrix = { kind: "list", item: { kind: "list", item: { kind: "atom" } } } as const;
  return {
    ...bare(),
    handler: {
      rare: rareKinds,
      plan: { root: { kind: "object", fields: { id: { node: { kind: "text" } }, orders: { node: orders }, matrix: { node: matrix } } } },
    },
  };
}
