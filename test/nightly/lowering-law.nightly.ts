import * as fc from "fast-check";
import { test } from "vitest";
import { profileFor } from "../../src/profiles/profile-for.js";
import { holdsLaw, holdsLawAsRead, isSettled, readsAllAllowed } from "../lower/law.js";
import { combined } from "../lower/combined-schemas.js";
import { realistic } from "../lower/realistic-schemas.js";
import { samples } from "../lower/schema-arbitrary.js";

// New schemas each night; a failure prints the seed that brings it back.

const choice = { numRuns: 1500 };
const minutes = 15 * 60_000;

test("the law of the lowering", { timeout: minutes }, () => {
  fc.assert(
    fc.property(samples, fc.constantFrom({}, { open: true }, { optional: "nullable" as const }), (sample, options) =>
      holdsLaw(sample, options),
    ),
    choice,
  );
});

test("the law, of schemas as people write them", { timeout: minutes }, () => {
  fc.assert(
    fc.property(realistic, fc.constantFrom({}, { open: true }, { optional: "nullable" as const }), (sample, options) =>
      holdsLawAsRead(sample, options),
    ),
    choice,
  );
});

test("the law, of unusual combinations of keywords", { timeout: minutes }, () => {
  fc.assert(
    fc.property(combined, fc.constantFrom({}, { open: true }, { optional: "nullable" as const }), (sample, options) =>
      holdsLawAsRead(sample, options),
    ),
    choice,
  );
});

test("what a lowered schema allows is decoded, whole and streamed to the same", { timeout: minutes }, () => {
  fc.assert(
    fc.property(fc.oneof(realistic, combined), fc.constantFrom({}, { open: true }, { optional: "nullable" as const }), (sample, options) =>
      readsAllAllowed(sample, options),
    ),
    choice,
  );
});

test("a lowered schema has nothing left to lower", { timeout: minutes }, () => {
  fc.assert(
    fc.property(fc.oneof(samples, realistic, combined), (sample) => isSettled(sample)),
    choice,
  );
  const limits = fc.integer({ min: 200, max: 2000 });
  fc.assert(
    fc.property(fc.oneof(samples, realistic, combined), limits, (sample, characters) =>
      isSettled(sample, profileFor({ extends: "cerebras", limits: { characters } })),
    ),
    choice,
  );
});
