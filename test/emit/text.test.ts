import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { Expression, identifier, isIdentifier, jsDoc, jsDocText, literal, propertyKey, quote } from "../../src/emit/text.js";

/** What JavaScript makes of an expression. */
function evaluate(expression: string): unknown {
  return runInNewContext(`(${expression})`);
}

const hostile = [
  "*/ alert(1) /*",
  "${process.exit()}",
  "`back`",
  '"; evil(); "',
  "a\u2028b\u2029c",
  "\u202Eright to left\u2066",
  "\\",
  "\r\n\t\0",
  "\ud800",
  "\u{E0001}",
  "\uFEFF\u200B\u00AD",
  "</script>",
];

describe("quote", () => {
  test.each(hostile)("%j comes back as it was, on one line, with nothing unseen", (text) => {
    const quoted = quote(text);
    expect(evaluate(quoted)).toBe(text);
    expect(quoted).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
  });
});

describe("propertyKey", () => {
  test("plain keys stand bare, others are quoted, __proto__ is computed", () => {
    expect(["a", "$ref", "class", "a-b", "1", "", "__proto__", "constructor"].map(propertyKey)).toEqual([
      "a",
      "$ref",
      "class",
      '"a-b"',
      '"1"',
      '""',
      '["__proto__"]',
      "constructor",
    ]);
  });
});

describe("identifier", () => {
  test.each([
    ["order-line.v2", "OrderLineV2"],
    ["___traits_trait", "TraitsTrait"],
    ["1st", "_1st"],
    ["日本", "日本"],
    ["été", "Été"],
    ["*/ evil()", "Evil"],
    ["???", ""],
  ])("%s → %s", (text, name) => {
    expect(identifier(text)).toBe(name);
  });
  test("words of the language are no identifiers", () => {
    expect([isIdentifier("class"), isIdentifier("klass"), isIdentifier("a-b")]).toEqual([false, true, false]);
  });
});

describe("jsDocText", () => {
  test.each(hostile)("%j can't leave the comment", (text) => {
    const comment = jsDoc(text, 0);
    expect(comment.slice(0, -1).indexOf("*/")).toBe(comment === "" ? -1 : comment.length - 3);
    expect(comment).toMatch(/^[^\p{Cf}\p{Zl}\p{Zp}\r\0]*$/u);
  });
  test("a compiler directive is only told, not given", () => {
    expect(jsDocText("@ts-ignore")).toBe("\\@ts-ignore");
  });
  test("lines are kept", () => {
    expect(jsDoc("one\r\n\r\ntwo  ", 2)).toBe("  /**\n   * one\n   *\n   * two\n   */\n");
  });
});

describe("literal", () => {
  test("one line as long as it ends before column 100", () => {
    const value = { type: "object", required: ["name", "age"], nested: { a: [], b: {} }, n: -0, x: null };
    expect(literal(value, 0)).toBe('{ type: "object", required: ["name", "age"], nested: { a: [], b: {} }, n: -0, x: null }');
    expect(literal(value, 20).split("\n").length).toBe(7);
  });
  test("evaluates to the value it was made of", () => {
    const value = JSON.parse(
      `{"__proto__":{"a":1},"k":${JSON.stringify(hostile)},"deep":[[[{"x":"${"y".repeat(120)}"}]]],"n":1e21}`,
    ) as unknown;
    const back: unknown = evaluate(literal(value, 0));
    expect(JSON.parse(JSON.stringify(back))).toEqual(value);
    expect(Object.hasOwn(back as object, "__proto__")).toBe(true);
  });
  test("an expression stands for itself", () => {
    expect(literal({ items: new Expression("userTool.parameters") }, 0)).toBe("{ items: userTool.parameters }");
  });
  test("no line of a printed value is wider than 100 unless a single scalar is", () => {
    const value = { a: Array.from({ length: 30 }, (_, i) => ({ id: i, name: "x".repeat(i) })) };
    for (const line of literal(value, 4).split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });
});
