import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { schemaPrompt } from "../../src/runtime/call/schema-prompt.js";
import type { JsonObject } from "../../src/runtime/spec.js";

function prompt(parameters: JsonObject): string {
  return schemaPrompt({ type: "function", function: { name: "extract_thing", strict: false, parameters } });
}

test("a schema as compact TypeScript, with its descriptions", () => {
  const text = prompt({
    type: "object",
    properties: {
      name: { type: "string", description: "Full name,\nas written." },
      "odd key": { type: ["integer", "null"] },
      tags: { type: "array", items: { enum: ["a", "b"] } },
      home: { $ref: "#/$defs/Post Address" },
      pair: { type: "array", prefixItems: [{ type: "number" }, { type: "boolean" }] },
      shape: { anyOf: [{ type: "object", properties: { kind: { const: "dot" } }, required: ["kind"] }, { type: "null" }] },
      more: { type: "object", additionalProperties: { type: "string" } },
      any: {},
    },
    required: ["name", "tags"],
    additionalProperties: false,
    $defs: { "Post Address": { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
  });
  expect(text.slice(text.indexOf("type Post"))).toBe(`type Post_Address = {
  city: string;
};
type Answer = {
  // Full name,
  // as written.
  name: string;
  "odd key"?: number /* whole */ | null;
  tags: ("a" | "b")[];
  home?: Post_Address;
  pair?: [number, boolean];
  shape?: {
    kind: "dot";
  } | null;
  more?: {
    [key: string]: string;
  };
  any?: unknown;
};`);
  const { parseDiagnostics } = ts.createSourceFile(
    "answer.ts",
    text.slice(text.indexOf("type Post")),
    ts.ScriptTarget.Latest,
  ) as unknown as {
    readonly parseDiagnostics: readonly unknown[];
  };
  expect(parseDiagnostics).toEqual([]);
});

test("hostile names and descriptions stay where they are put", () => {
  const text = prompt({
    type: "object",
    properties: { 'a"]; type X = {': { type: "string", description: "*/ } type Y = 1\r\n// z" } },
    required: [],
  });
  expect(text).toContain('  // */ } type Y = 1\n  // // z\n  "a\\"]; type X = {"?: string;\n');
});
