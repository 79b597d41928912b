import { describe } from "vitest";
import { ruleTable } from "../rule-table.js";

describe("drop-annotation and constraint-to-description", () => {
  ruleTable("constraint-to-description", [
    { name: "bounds", schema: { type: "integer", minimum: 0, maximum: 150 }, wire: { type: "integer", description: "From 0 to 150." } },
    {
      name: "bounds that contradict each other",
      schema: { type: "integer", minimum: 5, maximum: 1 },
      wire: { type: "integer", description: "No number is valid." },
    },
    {
      name: "lengths that contradict each other",
      schema: { type: "string", minLength: 2, maxLength: 1 },
      wire: { type: "string", description: "No number of characters is valid." },
    },
    {
      name: "format",
      schema: { type: "string", format: "email", description: "Where to write." },
      wire: { type: "string", description: "Where to write. (format: e-mail address)" },
      plan: { kind: "atom" },
    },
    {
      name: "items",
      schema: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2, uniqueItems: true },
      wire: { type: "array", description: "Exactly 2 items, no duplicates.", items: { type: "string" } },
    },
  ]);
  ruleTable(undefined, [
    {
      name: "a title that tells more than the key",
      schema: { type: "string", title: "Postal code" },
      wire: { type: "string", description: "Postal code" },
    },
    { name: "a title that repeats the key", schema: { type: "string", title: "P" }, wire: { type: "string" } },
    {
      name: "examples after a description",
      schema: { type: "string", description: "Two letters", examples: ["DE"] },
      wire: { type: "string", description: 'Two letters. E.g. "DE".' },
    },
    {
      name: "examples",
      schema: { type: "string", examples: ["DE", "FR", "IT"], default: "DE" },
      wire: { type: "string", description: 'E.g. "DE", "FR".' },
    },
  ]);
});
