import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { PastLimit } from "../../src/runtime/json/past-limit.js";
import { IN_STRING } from "../../src/runtime/json/scan-state.js";
import { split, splits } from "./arbitraries.js";
import { chanceOf } from "./mutate.js";
import { oddly } from "./odd-text.js";
import { anyPlan } from "./read-pieces.js";

const hard = Number(process.env["TEST_HARDER"] ?? 0);
const numRuns = hard > 1 ? hard : hard === 1 ? 20_000 : 500;

test("11: limits hold however the text is cut: exactly what is beyond one is refused", () => {
  const bound = fc.integer({ min: 1, max: 6 });
  const texts = fc.oneof(
    fc.string({ maxLength: 8, unit: "binary" }),
    fc.stringMatching(/^[\n"\\]{0,8}$/),
    fc.constantFrom("\ud83d", "😀😀😀"),
  );
  const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      texts,
      fc.integer(),
      fc.array(tie("value"), { maxLength: 8 }),
      fc.dictionary(
        texts.filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  }));
  fc.assert(
    fc.property(
      values,
      fc.record({ depth: bound, stringLength: bound, listLength: bound, textLength: fc.integer({ min: 1, max: 300 }) }),
      splits,
      fc.nat(),
      (value, limits, lengths, seed) => {
        const text = oddly(value, chanceOf(seed));
        const scanner = new JsonScanner(compilePlan(anyPlan), { limits });
        let error: unknown;
        try {
          for (const piece of split(text, lengths)) {
            scanner.write(piece);
            // What is open is bound as well, or a text without end would take all memory; within an escape, once it is complete.
            if (scanner["state"] === IN_STRING) expect(scanner["text"].length).toBeLessThanOrEqual(limits.stringLength);
          }
        } catch (thrown) {
          error = thrown;
        }
        const isBeyond = reach(value, limits) || text.length > limits.textLength;
        if (isBeyond) expect(error).toBeInstanceOf(PastLimit);
        else expect(error).toBeUndefined();
      },
    ),
    { numRuns },
  );
});

interface Limits {
  readonly depth: number;
  readonly stringLength: number;
  readonly listLength: number;
}

function reach(value: unknown, limits: Limits, depth = 1): boolean {
  if (typeof value === "string") return value.length > limits.stringLength;
  if (typeof value !== "object" || value === null) return false;
  if (depth > limits.depth) return true;
  if (Array.isArray(value) && value.length > limits.listLength) return true;
  return Object.entries(value).some(
    ([key, member]) => (!Array.isArray(value) && key.length > limits.stringLength) || reach(member, limits, depth + 1),
  );
}
