import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { ReadResult } from "../../src/read/schema-document.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import { diskReader } from "./disk-reader.js";

const golden = fileURLToPath(new URL("../golden/read-typescript", import.meta.url));
const cases = readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** `input.ts` of each folder is read; other files there are what it imports. `expected.json` is updated by `vitest -u`. */
describe("golden", () => {
  test.each(cases.map((entry) => entry.name))("%s", async (name) => {
    const root = path.join(golden, name);
    const results = readTypeScript({ root, sources: ["input.ts"], files: diskReader(root) });
    const result = results.get("input.ts");
    expect(result).toBeDefined();
    if (result) await expect(print(result)).toMatchFileSnapshot(path.join(root, "expected.json"));
  });

  test("two runs in one program give what single runs give", () => {
    const sources = cases.map((entry) => `${entry.name}/input.ts`);
    const together = readTypeScript({ root: golden, sources, files: diskReader(golden) });
    for (const entry of cases) {
      const source = `${entry.name}/input.ts`;
      const alone = readTypeScript({ root: golden, sources: [source], files: diskReader(golden) }).get(source);
      expect(print(together.get(source)), entry.name).toBe(print(alone));
    }
  });
});

function print(result: ReadResult | undefined): string {
  const documents = result?.documents.map(({ name, settings, schema, typeImport }) => ({ name, settings, typeImport, schema }));
  const diagnostics = result?.diagnostics.map(({ code, at, message }) => `${at?.file}:${at?.line}:${at?.column} ${code} ${message}`);
  return `${JSON.stringify({ documents, diagnostics, dependencies: result?.dependencies.filter((file) => !file.startsWith("../")) }, null, 2)}\n`;
}
