import { expect, test } from "vitest";
import { typeImportSpecifier } from "../../src/emit/type-import.js";

test.each([
  ["generated/order.ts", "schemas/order.ts", "js", "../schemas/order.js"],
  ["generated/order.ts", "schemas/order.ts", "none", "../schemas/order"],
  ["generated/order.ts", "schemas/order.ts", "ts", "../schemas/order.ts"],
  ["generated/a/b/order.ts", "schemas/a/b/order.ts", "js", "../../../schemas/a/b/order.js"],
  ["src/order.gen.ts", "src/order.ts", "js", "./order.js"],
  ["generated/view.ts", "schemas/view.tsx", "js", "../schemas/view.js"],
  ["generated/m.ts", "schemas/m.mts", "js", "../schemas/m.mjs"],
  ["generated/m.ts", "schemas/m.mts", "none", "../schemas/m.mjs"],
  ["generated/c.ts", "schemas/c.cts", "none", "../schemas/c.cjs"],
  ["generated/order.types.ts", "schemas/order.types.ts", "none", "../schemas/order.types"],
] as const)("%s imports %s (%s)", (from, file, extension, specifier) => {
  expect(typeImportSpecifier({ from, file, extension })).toBe(specifier);
});
