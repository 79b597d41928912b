import { expect, test } from "vitest";
import { codeFrame } from "../../src/cli/code-frame.js";
import { paletteFor } from "../../src/cli/palette.js";
import { renderGithub, renderPretty } from "../../src/cli/render-diagnostics.js";
import { shortDiff } from "../../src/cli/short-diff.js";

const plain = paletteFor({}, {});
const found = {
  code: "read/json-syntax",
  severity: "error",
  message: "This is not JSON: a comma is missing.",
  hint: "Correct it.",
  at: { file: "schemas/a.json", line: 2, column: 3, length: 4 },
} as const;

test("a diagnostic shows place, code, message, frame and hint", () => {
  const text = renderPretty(found, { palette: plain, readFile: () => '{\n  "a" 1\n}\n' });
  expect(text).toBe(`schemas/a.json:2:3 error read/json-syntax
  This is not JSON: a comma is missing.
    1 | {
  > 2 |   "a" 1
      |   ^^^^
    3 | }
    4 |
  → Correct it.`);
});

test("a frame keeps tabs, cuts endless lines around the mark and shows control characters", () => {
  expect(codeFrame("\t\tx", { file: "a", line: 1, column: 3 }, plain)).toBe("> 1 | \t\tx\n    | \t\t^");
  const long = codeFrame(`${"a".repeat(5000)}!${"b".repeat(5000)}`, { file: "a", line: 1, column: 5001 }, plain);
  const [line = "", mark = ""] = long.split("\n");
  expect(line.length).toBeLessThan(180);
  expect(line.indexOf("!")).toBe(mark.indexOf("^"));
  expect(codeFrame("a\u001b[31mb", { file: "a", line: 1, column: 1 }, plain)).not.toContain("\u001b");
  expect(codeFrame("one line", { file: "a", line: 9, column: 1 }, plain)).toBe("");
});

test("GitHub's workflow command is escaped", () => {
  const at = { file: "schemas/a,b:c.json", line: 1, column: 2 };
  expect(renderGithub({ ...found, at, message: "100%\nsure" })).toBe(
    "::error file=schemas/a%2Cb%3Ac.json,line=1,col=2,title=schemacast read/json-syntax::100%25%0Asure%0ACorrect it.",
  );
});

test.each([
  [{}, false, false],
  [{}, true, true],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ TERM: "dumb" }, true, false],
])("colours with %j on a terminal (%j): %j", (environment, isTTY, coloured) => {
  expect(paletteFor({ isTTY }, environment).red("x") !== "x").toBe(coloured);
});

test("a short diff shows the lines that differ", () => {
  expect(shortDiff("a\nb\nc\n", "a\nX\nY\nc\n")).toBe("@@ line 2 @@\n- b\n+ X\n+ Y");
  expect(shortDiff("a\r\nb\r\n", "a\nc\n")).toBe("@@ line 2 @@\n- b\n+ c");
});
