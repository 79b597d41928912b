import * as fc from "fast-check";
import type { JsonType, Plan, PlanNode } from "../../src/runtime/spec.js";

/** A plan and a wire value that mostly fits it. */
export interface Case {
  readonly plan: Plan;
  readonly wire: unknown;
}

const keys = fc.oneof(
  fc.constantFrom("a", "b", "c", "key", "value", "items", "__proto__", "0", 'q"\\', "\u00e9", "\ud83d\ude00", ""),
  fc.string({ maxLength: 4 }),
);
const texts = fc.oneof(
  fc.string({ maxLength: 8, unit: "binary" }),
  fc.constantFrom(
    "",
    "plain text that is a little longer",
    'quote " back \\ slash / new \n line',
    "\ud83d\ude00\ud83d",
    "\udc00",
    "\u2028",
  ),
);
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 1.5e-7, 123456789012345680),
);
const atoms = fc.oneof(numbers, fc.boolean(), fc.constant(null), texts);
const jsonValues = fc.jsonValue({ maxDepth: 2 });

type Pair = fc.Arbitrary<{ readonly node: PlanNode; readonly wire: fc.Arbitrary<unknown> }>;

const leaf: Pair = fc.constantFrom<{ node: PlanNode; wire: fc.Arbitrary<unknown> }>(
  { node: { kind: "text" }, wire: texts },
  { node: { kind: "text" }, wire: texts },
  { node: { kind: "atom" }, wire: atoms },
  { node: { kind: "any" }, wire: jsonValues },
  {
    node: { kind: "json" },
    wire: fc.oneof(
      jsonValues.map((value) => JSON.stringify(value)),
      texts,
    ),
  },
);

/** Nodes with values that fit them, nested up to `depth`. */
function pairs(depth: number): Pair {
  if (depth === 0) return leaf;
  const inner = pairs(depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: objects(inner) },
    {
      weight: 3,
      arbitrary: inner.map(({ node, wire }) => ({ node: { kind: "list", item: node } as const, wire: fc.array(wire, { maxLength: 4 }) })),
    },
    { weight: 1, arbitrary: tuples(inner) },
    { weight: 1, arbitrary: members(inner) },
    { weight: 2, arbitrary: inner.map(({ node, wire }) => ({ node: { kind: "entries", value: node } as const, wire: entryLists(wire) })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(keys, inner)
        .map(([key, { node, wire }]) => ({ node: { kind: "unwrap", key, node } as const, wire: wire.map((value) => own([[key, value]])) })),
    },
    { weight: 2, arbitrary: unions(inner) },
  );
}

function objects(inner: Pair): Pair {
  const field = fc.record({ key: keys, inner, nullIsAbsent: fc.boolean(), aside: fc.boolean().map((aside) => aside), missing: fc.nat(5) });
  return fc
    .tuple(fc.uniqueArray(field, { maxLength: 5, selector: ({ key }) => key }), fc.option(inner, { freq: 4, nil: undefined }))
    .map(([fields, extra]) => {
      const declared = own(
        fields.map(({ key, inner: { node }, nullIsAbsent, aside, missing }) => [
          key,
          { node, ...(nullIsAbsent && { nullIsAbsent }), ...(aside && missing === 0 && { aside }) },
        ]),
      );
      const values = fields.map(({ key, inner: { wire }, missing }) =>
        fc.tuple(fc.constant(key), missing === 1 ? fc.constant(null) : wire, fc.nat(6)),
      );
      const members = fc
        .tuple(...values)
        .map((list) => list.filter(([, , skip]) => skip > 0).map(([key, value]): [string, unknown] => [key, value]));
      const others = fc.array(fc.tuple(keys, jsonValues), { maxLength: 1 });
      const extras = extra === undefined ? fc.constant([]) : entryLists(extra.wire).map((list): [string, unknown][] => [["extras", list]]);
      return {
        node: { kind: "object", fields: declared as never, ...(extra && { extras: { key: "extras", value: extra.node } }) },
        wire: fc.tuple(members, others, extras, fc.nat(4)).chain(([own1, other, more, shuffle]) => {
          const all = [...own1, ...more, ...(shuffle === 0 ? other : [])];
          return (shuffle < 2 ? fc.shuffledSubarray(all, { minLength: all.length }) : fc.constant(all)).map(own);
        }),
      } as const;
    });
}

function tuples(inner: Pair): Pair {
  return fc.tuple(fc.array(inner, { maxLength: 3 }), fc.option(inner, { nil: undefined })).map(([items, rest]) => ({
    node: { kind: "tuple", items: items.map(({ node }) => node), ...(rest && { rest: rest.node }) } as const,
    wire: fc
      .tuple(fc.tuple(...items.map(({ wire }) => wire)), fc.array(rest?.wire ?? jsonValues, { maxLength: 2 }))
      .map(([first, more]) => [...first, ...more]),
  }));
}

function members(inner: Pair): Pair {
  return fc
    .tuple(
      fc.uniqueArray(fc.tuple(keys, inner), { minLength: 1, maxLength: 3, selector: ([key]) => key }),
      fc.option(inner, { nil: undefined }),
    )
    .map(([items, rest]) => ({
      node: {
        kind: "members",
        keys: items.map(([key]) => key),
        items: items.map(([, { node }]) => node),
        ...(rest && { rest: { key: "the rest", item: rest.node } }),
      } as const,
      wire: fc
        .tuple(
          fc.tuple(...items.map(([key, { wire }]) => wire.map((value): [string, unknown] => [key, value]))),
          fc.array(rest?.wire ?? jsonValues, { maxLength: 2 }),
        )
        .chain(([first, more]) => {
          const all: [string, unknown][] = [...first, ...(rest ? ([["the rest", more]] as [string, unknown][]) : [])];
          return fc.oneof(fc.constant(all), fc.shuffledSubarray(all)).map(own);
        }),
    }));
}

function entryLists(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  const entry = fc
    .tuple(keys, value, fc.nat(5))
    .map(([key, wire, order]) => (order === 0 ? { value: wire, key } : order === 1 ? { key, note: 1, value: wire } : { key, value: wire }));
  return fc.array(entry, { maxLength: 4 });
}

function unions(inner: Pair): Pair {
  const byType: Pair = fc.tuple(inner, inner).map(([first, second]) => {
    const types = [typesOf(first.node), typesOf(second.node)];
    const decided = Object.fromEntries(
      (["string", "number", "boolean", "null", "array", "object"] as const)
        .map((type) => [type, types.map((list, index) => (list.includes(type) ? index : -1)).filter((index) => index >= 0)] as const)
        .flatMap(([type, branches]) => (branches.length === 1 ? [[type, branches[0]]] : [])),
    );
    return {
      node: { kind: "union", branches: [first.node, second.node], byType: decided } as const,
      wire: fc.oneof(first.wire, second.wire),
    };
  });
  const tagged: Pair = fc.tuple(objects(inner), objects(inner), fc.boolean()).map(([first, second, byTag]) => {
    const branch = ({ node, wire }: typeof first, name: string) => ({
      node:
        node.kind === "object"
          ? { ...node, fields: { ...node.fields, [byTag ? "tag" : `only ${name}`]: { node: { kind: "atom" } as const } } }
          : node,
      wire: fc.tuple(wire, fc.nat(2)).map(([value, place]) => {
        const list = Object.entries(value as object);
        list.splice(place * list.length, 0, byTag ? ["tag", name] : [`only ${name}`, 1]);
        return own(list as [string, unknown][]);
      }),
    });
    const [one, two] = [branch(first, "x"), branch(second, "y")];
    return {
      node: {
        kind: "union",
        branches: [one.node, two.node],
        ...(byTag ? { byTag: { key: "tag", cases: { x: 0, y: 1 } } } : { byKey: { "only x": 0, "only y": 1 } }),
      } as const,
      wire: fc.oneof(one.wire, two.wire),
    };
  });
  return fc.oneof(byType, tagged);
}

function typesOf(node: PlanNode): readonly JsonType[] {
  switch (node.kind) {
    case "text":
      return ["string"];
    case "object":
    case "members":
    case "unwrap":
      return ["object"];
    case "list":
    case "tuple":
    case "entries":
      return ["array"];
    default:
      return ["string", "number", "boolean", "null", "array", "object"];
  }
}

/** An object with these own members, `__proto__` among them. */
export function own(members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object = {};
  for (const [key, value] of members) Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  return object;
}

/** Plans with values that fit them. */
export const fitting: fc.Arbitrary<Case> = pairs(3).chain(({ node, wire }) => wire.map((value) => ({ plan: { root: node }, wire: value })));

/** Plans with values that may have nothing to do with them. */
export const misfit: fc.Arbitrary<Case> = fc
  .tuple(pairs(2), pairs(2))
  .chain(([{ node }, { wire }]) => wire.map((value) => ({ plan: { root: node }, wire: value })));

/** Lengths of pieces. */
export const splits = fc.oneof(
  fc.constant([1]),
  fc.constant([4]),
  fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }),
);

/** A text in pieces of these lengths, over and over. */
export function split(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** JSON text as different models write it. */
export const layouts = fc.constantFrom<(value: unknown) => string>(
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 2),
  (value) => JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
);

/** Two entries of one list have the same key. */
export function hasEqualKeys(wire: unknown): boolean {
  if (typeof wire !== "object" || wire === null) return false;
  const keys = Array.isArray(wire)
    ? wire.map((entry: unknown) => (typeof entry === "object" && entry !== null ? Reflect.get(entry, "key") : undefined))
    : [];
  const named = keys.filter((key) => typeof key === "string");
  // Undeclared keys and those of the extras list may meet.
  const extras: unknown = Reflect.get(wire, "extras");
  if (
    Array.isArray(extras) &&
    extras.some((entry: { key?: unknown } | null) => typeof entry?.key === "string" && Object.hasOwn(wire, entry.key))
  )
    return true;
  return new Set(named).size < named.length || Object.values(wire).some(hasEqualKeys);
}
