import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../../src/runtime/decode.js";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import { fitting, layouts, misfit, split, splits } from "./arbitraries.js";
import { readPieces, REFUSED, shapeWithMakers, snapshots, unlessRefused } from "./read-pieces.js";

const hard = process.env["TEST_HARDER"] === "1";
const numRuns = hard ? 50_000 : 5000;

describe("promise 2: any split gives decode(JSON.parse(text))", () => {
  test("of a value that fits its plan", () => {
    fc.assert(
      fc.property(fitting, layouts, splits, fc.boolean(), fc.boolean(), ({ plan, wire }, layout, lengths, live, made) => {
        const text = layout(wire);
        const expected = decode(plan, JSON.parse(text));
        const last = unlessRefused(() =>
          snapshots(plan, split(text, lengths), { live }, made ? shapeWithMakers(plan) : compilePlan(plan, [], rareKinds)).at(-1),
        );
        // Generated keys can clash, which makes a list of entries of what is none; it happens to one in thousands.
        fc.pre(last !== REFUSED);
        expect(last).toEqual(expected);
      }),
      { numRuns },
    );
  });

  test("of a value that does not fit: what is no list of entries is refused, as a map can't become valid then", () => {
    fc.assert(
      fc.property(misfit, splits, ({ plan, wire }, lengths) => {
        const text = JSON.stringify(wire);
        const value = unlessRefused(() => readPieces(plan, split(text, lengths)));
        if (value !== REFUSED) expect(value).toEqual(decode(plan, JSON.parse(text)));
      }),
      { numRuns },
    );
  });
});
