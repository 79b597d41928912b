import { expect, test } from "vitest";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { documentOf } from "../document-of.js";

test("definitions that only their words kept apart are one when these are left out", () => {
  const properties = Object.fromEntries(
    Array.from({ length: 140 }, (_none, index) => [`p${index}`, { type: ["string", "null"], maxLength: 1 + Math.floor(index / 2) }]),
  );
  const { one } = lower(documentOf({ type: "object", properties, additionalProperties: false }), { profile: cerebras });
  expect(one.reasons).toEqual([]);
  expect(Object.keys(Object(one.schema["$defs"]))).toHaveLength(1);
});
