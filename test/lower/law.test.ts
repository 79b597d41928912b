import { decode } from "@schemacast/runtime/v1";
import * as fc from "fast-check";
import { describe, test } from "vitest";
import { lower } from "../../src/lower/lower.js";
import { profileFor } from "../../src/profiles/profile-for.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { combined } from "./combined-schemas.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { documentOf } from "./document-of.js";
import { holdsLaw, holdsLawAsRead, isSettled, readsAllAllowed } from "./law.js";
import { realistic } from "./realistic-schemas.js";
import { samples } from "./schema-arbitrary.js";

// The same schemas each time; test/nightly takes new ones, and more of them.
const choice = { numRuns: 30, seed: 20261, endOnFailure: true };

describe("law of the lowering", () => {
  test("what is encoded is valid on the wire and comes back as it was", () => {
    fc.assert(
      fc.property(samples, (sample) => holdsLaw(sample)),
      choice,
    );
  });

  test("also where optional properties travel as null", () => {
    fc.assert(
      fc.property(samples, (sample) => holdsLaw(sample, { optional: "nullable" })),
      choice,
    );
  });

  test("also where objects are open", () => {
    fc.assert(
      fc.property(samples, (sample) => holdsLaw(sample, { open: true })),
      choice,
    );
  });

  test("lowering is deterministic, and has nothing to do a second time", () => {
    fc.assert(
      fc.property(samples, (sample) => isSettled(sample)),
      choice,
    );
  });

  test("nor has one that was cut to fit", () => {
    const limits = fc.constantFrom(250, 400, 700);
    fc.assert(
      fc.property(samples, limits, (sample, characters) => isSettled(sample, profileFor({ extends: "cerebras", limits: { characters } }))),
      choice,
    );
  });

  test("of schemas as people write them, as they are read", () => {
    const settings = fc.constantFrom({}, { open: true }, { optional: "nullable" as const });
    fc.assert(
      fc.property(realistic, settings, (sample, options) => {
        holdsLawAsRead(sample, options);
        isSettled(sample);
      }),
      { ...choice, numRuns: 20 },
    );
  });

  test("also where a project says that the provider takes more", () => {
    const more = { numericBounds: true, stringLengths: true, const: true, oneOf: true, typeArrays: true, closedTuples: true };
    const profile = profileFor({ extends: "cerebras", switches: more });
    fc.assert(
      fc.property(fc.oneof(realistic, combined), (sample) => {
        holdsLawAsRead(sample, { profile });
        isSettled(sample, profile);
      }),
      { ...choice, numRuns: 40 },
    );
  });

  test("of unusual combinations of keywords, as they are read", () => {
    const settings = fc.constantFrom({}, { open: true }, { optional: "nullable" as const });
    fc.assert(
      fc.property(combined, settings, (sample, options) => {
        holdsLawAsRead(sample, options);
        readsAllAllowed(sample, options);
        isSettled(sample);
      }),
      { ...choice, numRuns: 40 },
    );
  });

  test("decode never throws, whatever comes", () => {
    fc.assert(
      fc.property(samples, fc.jsonValue(), ({ schema, values }, junk) => {
        const { plan } = lower(documentOf(schema), { profile: cerebras });
        for (const wire of [junk, { value: junk }, ...values, { value: values }]) decode(plan, wire);
      }),
      choice,
    );
  });
});

test("a constant of white space is told in quotes, so that it survives", () => {
  isSettled({
    schema: {
      type: "object",
      properties: { a: { anyOf: [{ const: " ", description: "Said." }, { enum: ["null"] }] } },
      additionalProperties: false,
    },
    values: [],
  });
});

test("enums that only descriptions kept apart are one when these are cut", () => {
  const flags = { type: "array", items: { type: "boolean" }, maxItems: 9 };
  const inner = { type: "object", properties: { a: { enum: [[1], { a: "b" }, "c"] } }, additionalProperties: false, description: "Said." };
  const choice = { anyOf: [inner, { enum: ["a"] }, { enum: [null, "b"], description: "Said." }], description: "Said." };
  const first = { type: "array", prefixItems: [{ type: "array" }], items: flags, minItems: 0 };
  const schema = { type: "array", prefixItems: [first, choice], items: flags, minItems: 0, description: "Said." };
  isSettled({ schema, values: [] }, profileFor({ extends: "cerebras", limits: { characters: 759 } }));
});

function flag(value: boolean): JsonSchema {
  return { enum: [value, null], description: "Said." };
}

test("branches that only the order of their fields tells apart are read alike", () => {
  const either = {
    anyOf: [{ properties: { a: { type: "object", additionalProperties: false } }, required: ["a"] }, { properties: { a: {} } }],
  };
  holdsLawAsRead({ schema: { allOf: [{ properties: { key: {} } }, either] }, values: [{ a: 1 }] }, { open: true });
});

test("enums of one boolean each are a plain boolean together", () => {
  const schema = { type: "object", properties: { a: { anyOf: [flag(true), flag(false)] } }, additionalProperties: false };
  for (let characters = 130; characters < 300; characters += 10) {
    isSettled({ schema, values: [] }, profileFor({ extends: "cerebras", limits: { characters } }));
  }
});

test("a union that comes to stand in a union when a definition is left with one use has no branch twice", () => {
  const some = { type: ["string", "null"], maxLength: 9, description: "Another (text)" };
  const list = { additionalProperties: { type: "array" } };
  const other = { properties: { first: { additionalProperties: false }, second: { enum: [{ a: "b" }, "c"] } } };
  const schema = { anyOf: [some, { anyOf: [some, { type: "null" }], description: "Said." }, list, other] };
  isSettled({ schema, values: [] }, profileFor({ extends: "cerebras", limits: { characters: 911 } }));
});

test("the entries of a map whose values are one constant, defined elsewhere, keep their order", () => {
  isSettled({
    schema: {
      type: "object",
      properties: { a: { type: "object", additionalProperties: { $ref: "#/$defs/only" } }, b: { $ref: "#/$defs/only" } },
      additionalProperties: false,
      $defs: { only: { const: "only, and long enough to be worth a definition of its own" } },
    },
    values: [],
  });
});
