import { Ajv } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient/read-lenient.js";
import type { JsonObject } from "../../src/runtime/spec.js";
import { habits, mess } from "./mess.js";

// A value, its schema, and the ways in which models write such a value when nobody holds them to JSON (mess.ts).

const names = ["name", "age", "street", "is_active", "tags", "note", "total", "kind"] as const;

/** A schema of closed objects, with a value that is valid under it. */
interface Case {
  readonly schema: JsonObject;
  readonly value: unknown;
}

const word = fc.constantFrom(
  "Ada",
  "it's",
  'say "hi"',
  "a, b",
  "a: b",
  "{x}",
  "[1]",
  "//no",
  "#1",
  "é",
  "",
  " ",
  "true",
  "12",
  "null",
  "line\nbreak",
  "tab\there",
  "back\\slash",
  "C:\\dir",
  "😀",
  "```",
  "</think>",
  "'",
  "“q”",
  "https://a.b/c?d=e,f",
);
const text: fc.Arbitrary<Case> = fc.oneof(word, fc.string({ maxLength: 12 })).map((value) => ({ schema: { type: "string" }, value }));
const scalar: fc.Arbitrary<Case> = fc.oneof(
  text,
  fc.integer({ min: -1000, max: 100000 }).map((value): Case => ({ schema: { type: "integer" }, value })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .map((value): Case => ({ schema: { type: "number" }, value: value === 0 ? 0 : value })),
  fc.boolean().map((value): Case => ({ schema: { type: "boolean" }, value })),
  fc.constantFrom("red", "dark green").map((value): Case => ({ schema: { type: "string", enum: ["red", "dark green", "blue"] }, value })),
);
const tree: fc.Arbitrary<Case> = fc.letrec<{ node: Case; object: Case }>((tie) => ({
  node: fc.oneof({ maxDepth: 3, depthSize: "small" }, scalar, tie("object"), list(scalar), list(tie("object"))),
  object: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 5 }).chain((keys) =>
    fc.tuple(...keys.map(() => tie("node"))).map((members): Case => ({
      schema: {
        type: "object",
        properties: Object.fromEntries(keys.map((key, at) => [key, members[at]?.schema])),
        required: keys,
        additionalProperties: false,
      },
      value: Object.fromEntries(keys.map((key, at) => [key, members[at]?.value])),
    })),
  ),
})).object;

/** A list repeats one item: its items have one schema. */
function list(item: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return fc
    .tuple(item, fc.integer({ min: 0, max: 3 }))
    .map(([one, count]): Case => ({ schema: { type: "array", items: one.schema }, value: Array.from({ length: count }, () => one.value) }));
}

const ajv = new Ajv({ strict: false });
const numRuns = process.env["TEST_HARDER"] ? 5000 : 400;

test("a value that was written in any of these ways is read whole, and nothing had to be guessed", { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(tree, habits, ({ schema, value }, how) => {
      const validate = ajv.compile(schema);
      const reading = readLenient(mess(value, how), { schema, policy: "safe", accept: (found) => validate(found) });
      expect(reading).toMatchObject({ ok: true, value });
      if (reading.ok) expect(JSON.stringify(reading.value)).toBe(JSON.stringify(value));
    }),
    { numRuns },
  );
});

test("as JSON alone it needs no repair", () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(undefined, 2), ({ schema, value }, indent) => {
      const reading = readLenient(JSON.stringify(value, undefined, indent), { schema, policy: "safe" });
      expect(reading).toEqual({ ok: true, value, repairs: [] });
    }),
    { numRuns: 300 },
  );
});

/** What is shown of a value while it arrives: strings may be shorter, lists and objects may lack what comes later. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === "string" && typeof whole === "string") return whole.startsWith(part);
  if (typeof part !== "object" || part === null || typeof whole !== "object" || whole === null) return part === whole;
  const members = new Map<string, unknown>(Object.entries(whole));
  return Object.entries(part).every(([key, member]) => members.has(key) && isBeginning(member, members.get(key)));
}

test("while it arrives, what is shown is a beginning of it", { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(tree, habits, ({ schema, value }, how) => {
      const whole = mess(value, { ...how, twice: false, closed: true }).slice(0, 400);
      for (let length = 0; length <= whole.length; length++) {
        const reading = readLenient(whole.slice(0, length), { schema, policy: "safe", partial: true });
        if (reading.ok) expect(isBeginning(reading.value, value), `${whole.slice(0, length)}\n${JSON.stringify(reading.value)}`).toBe(true);
      }
    }),
    { numRuns: numRuns / 4 },
  );
});
