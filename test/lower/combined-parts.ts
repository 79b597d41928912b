import * as fc from "fast-check";
import type { SchemaObject } from "../../src/read/schema-document.js";
import type { Sample } from "./schema-arbitrary.js";

// What the schemas of combined-schemas.ts are put together from.

const long = `long_${"name_".repeat(12)}`;
export const names = fc.constantFrom("a", "b", "c", "kind", "key", "value", "items", "json", "text", "item1", "rest", "ünï~/", long);
export const tags = ["x", "y"] as const;

export const scalars: readonly Sample[] = [
  { schema: { type: "string" }, values: ["s", ""] },
  { schema: { type: "string", minLength: 2 }, values: ["st"] },
  { schema: { minLength: 2 }, values: ["st", 1, null, {}] },
  { schema: { minLength: 2, minimum: 1 }, values: ["st", 1, null, { a: 1 }, [true]] },
  { schema: { minimum: 1, properties: { a: { type: "integer" } } }, values: [1, { a: 2 }, "s", [1]] },
  { schema: { items: { type: "string" } }, values: [["s"], 1, { a: 1 }] },
  { schema: { pattern: "^s" }, values: ["s", false] },
  { schema: { type: "integer" }, values: [1, 0] },
  { schema: { type: "number", exclusiveMinimum: 0 }, values: [1, 0.5] },
  { schema: { type: "null" }, values: [null] },
  { schema: { type: ["string", "null"], enum: ["s", null, 3] }, values: ["s", null] },
  {
    schema: { type: ["integer", "string", "object"], properties: { a: { type: "boolean" } }, minLength: 1 },
    values: [1, "s", { a: true }],
  },
  { schema: { enum: [{ a: 1 }, [1], "s", 1, null] }, values: [{ a: 1 }, [1], "s", 1, null] },
  { schema: { const: { kind: "x", list: [1] } }, values: [{ kind: "x", list: [1] }] },
  { schema: { const: null }, values: [null] },
  { schema: { const: "x" }, values: ["x"] },
  { schema: { enum: ["x", "y"] }, values: ["x", "y"] },
  { schema: { enum: [true, 1, "x"] }, values: [true, 1, "x"] },
  { schema: true, values: [null, "s", { a: [1] }] },
  { schema: {}, values: [1, [[]], {}] },
  { schema: { not: { type: "string" } }, values: [1, {}, [1]] },
  { schema: { type: "object" }, values: [{}, { a: 1 }] },
  { schema: { type: "object", additionalProperties: false }, values: [{}] },
  { schema: { type: "object", additionalProperties: { type: "integer" } }, values: [{}, { a: 1, key: 2 }] },
  { schema: { type: "array" }, values: [[], [1, "s", null]] },
  { schema: { type: "array", maxItems: 0 }, values: [[]] },
];

type Three = readonly [Sample, Sample, Sample];
type Keys = readonly [string, string, string];

export interface Parts {
  readonly of: Three;
  readonly keys: Keys;
  readonly closed: boolean;
  readonly type: boolean;
}

export function at({ values }: Sample, round: number): unknown {
  return values[round % values.length];
}

/** Objects of some of the keys, with values of one of the samples that may stand there. */
export function objects(
  members: readonly (readonly [string, readonly Sample[]])[],
  more: Readonly<Record<string, unknown>> = {},
): readonly unknown[] {
  return Array.from({ length: 6 }, (_none, round) => ({
    ...more,
    ...Object.fromEntries(
      members.flatMap(([key, samples], index) => {
        const sample = samples[(round + index) % samples.length];
        return (round + index) % 4 === 3 || sample === undefined ? [] : [[key, at(sample, round)] as const];
      }),
    ),
  }));
}

export function object(parts: Parts, body: SchemaObject): SchemaObject {
  return { ...(parts.type && { type: "object" }), ...body, ...(parts.closed && { additionalProperties: false }) };
}

export type Form = (parts: Parts) => Sample;
