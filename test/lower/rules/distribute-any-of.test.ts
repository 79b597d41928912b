import { describe } from "vitest";
import type { SchemaObject } from "../../../src/read/schema-document.js";
import { type RuleRow, ruleTable } from "../rule-table.js";

describe("distribute-any-of: what stands beside anyOf holds for every branch", () => {
  const a = { type: "string" };
  const object = { type: "object", additionalProperties: false } as const;
  ruleTable(undefined, [
    {
      name: "branches with a form of their own get it",
      schema: {
        type: "object",
        properties: { a },
        required: ["a"],
        anyOf: [
          { properties: { b: { type: "integer" } }, required: ["b"] },
          { properties: { c: { type: "boolean" } }, required: ["c"] },
        ],
      },
      wire: {
        anyOf: [
          { ...object, properties: { a, b: { type: "integer" } }, required: ["a", "b"] },
          { ...object, properties: { a, c: { type: "boolean" } }, required: ["a", "c"] },
        ],
      },
      values: [
        [
          { a: "x", b: 1 },
          { a: "x", b: 1 },
        ],
        [
          { a: "x", c: true },
          { a: "x", c: true },
        ],
      ],
    },
    {
      name: "that undeclared keys are asked for, too, where a branch does not say other",
      schema: {
        type: "object",
        properties: { a },
        anyOf: [
          { properties: { b: { type: "integer" } }, required: ["b"] },
          { properties: { c: { type: "boolean" } }, required: ["c"], "x-extract": { open: false } },
        ],
        "x-extract": { open: true },
      },
      values: [
        [
          { a: "x", b: 1, c: true },
          { a: "x", b: 1, other_properties: [{ key: "c", value: "true" }] },
        ],
        [{ c: true }, { c: true }],
      ],
    },
    {
      name: "branches that only add conditions are said in words",
      schema: { type: "object", properties: { a, b: a }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
      wire: { ...object, description: "A present or b present.", properties: { a, b: a } },
      values: [[{ b: "x" }, { b: "x" }]],
    },
  ]);
});

function row(name: string, schema: SchemaObject, codes: readonly string[] = []): RuleRow {
  return {
    name,
    schema: { type: "object", ...schema },
    codes,
  };
}

describe("keys of several branches, which the model can't be asked for together", () => {
  const text = { type: "string" };
  const email = { properties: { email: text }, required: ["email"] };
  const phone = { properties: { phone: text }, required: ["phone"] };
  const said = ["lower/keys-of-several-branches"];
  const closed = { additionalProperties: false };
  const kind = (name: string, key: string): SchemaObject => ({ properties: { kind: { const: name }, [key]: text } });
  ruleTable(undefined, [
    row("are told", { anyOf: [email, phone] }, said),
    row("also of branches that are references", { anyOf: [{ allOf: [email] }, phone], properties: { id: text } }, said),
    row("also where only keys of branches are allowed", { anyOf: [email, phone], unevaluatedProperties: false }, said),
    row("also in a part of allOf", { allOf: [{ anyOf: [email, phone] }] }, said),
    row(
      "also where a branch forbids what another may leave out",
      { anyOf: [{ properties: { a: text, b: text } }, { properties: { b: false, c: text } }] },
      said,
    ),
    row("not of oneOf", { oneOf: [email, phone] }),
    row("not where branches are closed", {
      anyOf: [
        { ...email, ...closed },
        { ...phone, unevaluatedProperties: false },
      ],
    }),
    row("nor where the object is", {
      properties: { id: text },
      anyOf: [{ properties: { email: text } }, { properties: { phone: text } }],
      ...closed,
    }),
    row("nor where undeclared keys are asked for", { anyOf: [email, phone], "x-extract": { open: true } }),
    row("nor where a constant tells the branches", { anyOf: [kind("a", "b"), kind("c", "d")] }),
    row("nor where one branch has all keys of the other", { anyOf: [email, { properties: { email: text, phone: text } }] }),
    row("nor where a branch forbids the other's key", { anyOf: [email, { ...phone, properties: { phone: text, email: false } }] }),
    row("nor where a shared key is of two types", {
      anyOf: [{ properties: { id: text, b: text }, required: ["id"] }, { properties: { id: { type: "integer" }, c: text } }],
    }),
    row("nor what the object declares itself", { properties: { email: text, phone: text }, anyOf: [email, phone] }),
  ]);
});
