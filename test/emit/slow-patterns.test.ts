import { expect, test } from "vitest";
import { loadAjv } from "../../src/emit/ajv-library.js";
import { emitDefaults } from "../../src/emit/emit-defaults.js";
import { sampleDocument } from "../../src/emit/mock/sample-document.js";
import { withinTime } from "../../src/read/within-time.js";
import { lower } from "../../src/lower/lower.js";
import { loweringOptions } from "../../src/lowering-options.js";
import { documentOf } from "./documents.js";

// Every further character doubles the time: 64 of them take longer than the sun will shine.
const endless = { pattern: "^(a+)+$", text: `${"a".repeat(64)}!` };

test("what takes too long ends, and what is thrown is thrown", () => {
  expect(withinTime(() => new RegExp(endless.pattern).test(endless.text), 50)).toBeUndefined();
  expect(withinTime(() => 5, 50)).toEqual({ value: 5 });
  expect(() => withinTime(() => JSON.parse("x"), 50)).toThrow(SyntaxError);
});

test("a default that can't be matched in time is told and not applied, and only that one", { timeout: 60_000 }, async () => {
  const text = { type: "string", pattern: endless.pattern };
  const document = documentOf({
    type: "object",
    properties: { slow: { ...text, default: endless.text }, right: { ...text, default: "aaa" }, wrong: { ...text, default: "b" } },
  });
  const { plan, diagnostics } = await emitDefaults(document);
  expect(diagnostics.map(({ message }) => message).toSorted()).toEqual([
    expect.stringContaining('it breaks "pattern"'),
    expect.stringContaining('to match it against a "pattern" takes too long'),
  ]);
  expect(JSON.stringify(plan)).toContain("aaa");
  expect(JSON.stringify(plan)).not.toContain(endless.text);
});

test("samples that can't be judged in time are none", { timeout: 60_000 }, async () => {
  const document = documentOf({
    type: "object",
    properties: { slow: { type: "string", pattern: endless.pattern, enum: [endless.text, "b"] } },
    required: ["slow"],
  });
  expect(sampleDocument(document, lower(document, loweringOptions({})), await loadAjv()).valid).toEqual([]);
});

test("lowering ends where keys would be matched for ever", { timeout: 60_000 }, () => {
  const keys = Array.from({ length: 100 }, (_, index) => `${endless.text}${index}`);
  const document = documentOf({ type: "object", required: keys, patternProperties: { [endless.pattern]: { type: "number" } } });
  const { diagnostics } = lower(document, loweringOptions({}));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
