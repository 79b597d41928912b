import { expect, test } from "vitest";
import { fillTemplate } from "../src/emit/fill-template.js";
import { functionNames } from "../src/emit/naming.js";
import { readTemplates } from "../src/emit/templates.js";
import { eraseTypes } from "../src/read/typescript/erase-types.js";
import { isSample } from "./helpers/sample-template.js";

test("the unfilled template runs", () => {
  expect(isSample({ sample: "yes" })).toBe(true);
  expect(isSample({ sample: 1 })).toBe(false);
});

test("filling drops imports and replaces every placeholder", () => {
  const text = fillTemplate(readTemplates().extractor.ts, {
    Type: "User",
    name: "user",
    validate: "validateUser",
    ...functionNames("User"),
  });
  expect(text).toContain("export function extractUserList<C = unknown>");
  expect(text).not.toMatch(/^import /m);
  expect(text).not.toMatch(/\$[A-Za-z]+\$/);
});

test("templates/plain/ is what the compiler makes of the template", async () => {
  for (const name of ["extractor", "mock"] as const) {
    const { javascript, declarations } = eraseTypes(readTemplates()[name].ts);
    await expect(javascript.replace(/^ {4}/gm, "  ")).toMatchFileSnapshot(`../templates/plain/${name}.js`);
    await expect(declarations).toMatchFileSnapshot(`../templates/plain/${name}.d.ts`);
  }
});

test("inserted text is not scanned again and $& means nothing", () => {
  expect(fillTemplate("/** $description$ */", { description: "$& $name$ $1" })).toBe("/** $& $name$ $1 */");
});

test("an unknown placeholder and an unused value are faults", () => {
  expect(() => fillTemplate("$typo$", { name: "x" })).toThrow(/\$typo\$/);
  expect(() => fillTemplate("nothing", { name: "x" })).toThrow(/leaves out \$name\$/);
});
