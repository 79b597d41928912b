import { describe, expect, test } from "vitest";
import { explain, promptTokens } from "../../src/lower/explain.js";
import { explainText } from "../../src/lower/explain-text.js";
import { lower } from "../../src/lower/lower.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";

const source = `{
  "title": "Order",
  "type": "object",
  "properties": {
    "lines": { "type": "array", "items": { "type": "string" }, "maxItems": 5 },
    "prices": { "type": "object", "additionalProperties": { "type": "number" } }
  },
  "additionalProperties": false
}`;

describe("explain", () => {
  const document = readJsonSchema("schemas/order.json", { read: (path) => (path === "schemas/order.json" ? source : undefined) })
    .documents[0];
  if (document === undefined) throw new Error("the schema is not read");
  const explanation = explain(document, lower(document, { profile: cerebras }), cerebras);

  test("names each change with its rule and its place in the file", () => {
    expect(explanation.changes.map(({ rule, at, detail }) => [rule, at.line, detail])).toEqual([
      ["constraint-to-description", 5, "at most 5 items"],
      ["map-to-entries", 6, "the map is sent as a list of keys and values"],
    ]);
  });

  test("measures both forms against the limits", () => {
    const [one, list] = explanation.forms;
    expect(one).toMatchObject({ form: "one", strict: true, reasons: [] });
    expect(one?.limits.find(({ limit }) => limit === "depth")).toEqual({ limit: "depth", actual: 3, allowed: 10 });
    expect(list?.limits.find(({ limit }) => limit === "depth")?.actual).toBe(5);
    expect(one?.limits.find(({ limit }) => limit === "characters")?.actual).toBe(JSON.stringify(one?.schema).length);
    expect(list?.promptTokens.tools).toBeGreaterThan(one?.promptTokens.tools ?? 0);
  });

  test("estimates the tokens of recorded calls within a tenth", () => {
    const titles = { type: "array", items: { type: "string", description: "A concise, descriptive title for the conversation" } };
    const recorded = {
      type: "object",
      properties: { titles: { ...titles, description: "{maxItems: 1, minItems: 1}" } },
      required: ["titles"],
      additionalProperties: false,
    };
    // 233 tokens of which the same prompt without a schema takes 69.
    expect(Math.abs(promptTokens(recorded).json_schema / (233 - 69) - 1)).toBeLessThan(0.1);
  });

  test("as text: the verdict, the changes, both schemas", () => {
    const text = explainText(explanation);
    expect(text).toContain("Order (schemas/order.json), by the rules of cerebras of 2026-10");
    expect(text).toContain("One object: strict");
    expect(text).toContain("       3 of    10 levels");
    expect(text).toContain("  schemas/order.json:6:");
    expect(text).toContain("map-to-entries");
    expect(text).toContain('"maxItems": 5');
    expect(text).toContain('"description": "At most 5 items."');
  });

  test("wide terminals get the schemas side by side, no line longer than the terminal", () => {
    const lines = explainText(explanation, { width: 140 }).split("\n");
    expect(lines.some((line) => /as it is written +│ as it is sent/.test(line))).toBe(true);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
  });
});
