import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nearestPassage } from "../../src/runtime/checks/nearest-passage.js";

/** Row by row, as the textbook has it: edits of the pattern against the best passage that ends at each place. */
function leastEdits(text: string, pattern: string, anchored: boolean): readonly number[] {
  let row = Array.from({ length: text.length + 1 }, (_, at) => (anchored ? at : 0));
  for (let rows = 1; rows <= pattern.length; rows++) {
    const next = [rows];
    for (let at = 1; at <= text.length; at++) {
      const same = pattern[rows - 1] === text[at - 1] ? 0 : 1;
      next.push(Math.min((row[at - 1] ?? 0) + same, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row;
}

const letters = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom("a", "b", "c", " "), { minLength: 1, maxLength }).map((all) => all.join(""));

test("the passage is as near as the textbook's, and its edits are its own", () => {
  const pattern = fc.oneof(letters(40), letters(100));
  fc.assert(
    fc.property(letters(150), pattern, (text, wanted) => {
      const effort = { steps: 0 };
      const { start, end, edits } = nearestPassage(text, wanted, effort);
      expect(edits).toBe(Math.min(wanted.length, ...leastEdits(text, wanted, false)));
      expect(leastEdits(text.slice(start, end), wanted, true).at(-1)).toBe(edits);
      expect(effort.steps).toBeLessThanOrEqual((text.length + wanted.length * 2) * Math.ceil(wanted.length / 32));
    }),
    { numRuns: 500, seed: 5 },
  );
});
