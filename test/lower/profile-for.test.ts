import { expect, test } from "vitest";
import { lower } from "../../src/lower/lower.js";
import { loweringOptions } from "../../src/lowering-options.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { profileFor } from "../../src/profiles/profile-for.js";
import { documentOf } from "./document-of.js";

const schema = {
  type: "object",
  properties: {
    age: { type: "integer", minimum: 0 },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
    nick: { type: "string" },
  },
  required: ["age", "pair"],
  additionalProperties: false,
};

test("a project's own facts take the place of the profile's", () => {
  const profile = { extends: "cerebras", switches: { numericBounds: true, closedTuples: true }, limits: { depth: 1 } } as const;
  const { one, plan } = lower(documentOf(schema), loweringOptions({ profile, optional: "nullable" }));
  expect(one.schema["properties"]).toEqual({
    age: { type: "integer", minimum: 0 },
    pair: { type: "array", description: "At least 2 items.", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
    nick: { anyOf: [{ type: "string" }, { type: "null" }] },
  });
  expect(one.reasons).toEqual(["lower/too-deep"]);
  expect(plan.root).toMatchObject({ fields: { pair: { node: { kind: "tuple" } }, nick: { nullIsAbsent: true } } });
});

test("the profile itself stays as it is", () => {
  profileFor({ extends: "cerebras", limits: { characters: 1 } });
  expect(cerebras.tools.limits.characters.value).toBe(5000);
  expect(profileFor()).toBe(cerebras);
});

test("every fact has evidence and a date", () => {
  for (const rules of [cerebras.tools, cerebras.json_schema]) {
    const facts = [
      rules.types,
      rules.keywords,
      rules.root,
      rules.closedObjects,
      rules.refForm,
      ...Object.values(rules.switches),
      ...Object.values(rules.limits),
    ];
    for (const fact of facts) {
      expect(fact.evidence.length).toBeGreaterThan(10);
      expect(fact.date).toMatch(/^20\d\d(-\d\d){0,2}$/);
    }
  }
});
