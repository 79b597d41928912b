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
  const alone = new Map<string, string>();

  test.each(cases.map((entry) => entry.name))("%s", async (name) => {
    const root = path.join(golden, name);
    const result = readTypeScript({ root, sources: ["input.ts"], files: diskReader(root) }).get("input.ts");
    alone.set(name, print(result, ""));
    await expect(print(result, "")).toMatchFileSnapshot(path.join(root, "expected.json"));
  });

  test("what a source gives does not depend on those read with it", () => {
    const sources = cases.map((entry) => `${entry.name}/input.ts`);
    const together = readTypeScript({ root: golden, sources, files: diskReader(golden) });
    for (const { name } of cases) expect(print(together.get(`${name}/input.ts`), `${name}/`), name).toBe(alone.get(name));
  });
});

/** @param folder begins the paths of the files, and is left out */
function print(result: ReadResult | undefined, folder: string): string {
  const inFolder = (file: string | undefined): string | undefined => file?.slice(file.startsWith(folder) ? folder.length : 0);
  const documents = result?.documents.map(({ name, settings, schema, typeImport }) => ({
    name,
    settings,
    typeImport: typeImport && { ...typeImport, file: inFolder(typeImport.file) },
    schema,
  }));
  const diagnostics = result?.diagnostics.map(
    ({ code, at, message }) => `${inFolder(at?.file)}:${at?.line}:${at?.column} ${code} ${message}`,
  );
  const dependencies = result?.dependencies.filter((file) => !file.endsWith("tsconfig.json")).map(inFolder);
  return `${JSON.stringify({ documents, diagnostics, dependencies }, null, 2)}\n`;
}
