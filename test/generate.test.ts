import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { GenerateSettings } from "../src/config/generate-settings.js";
import { generate, type GeneratedSource } from "../src/index.js";

const golden = fileURLToPath(new URL("golden/generate/", import.meta.url));
const cases = readdirSync(golden).filter((name) => !name.includes("."));

/** Generates one golden folder as if it were a project's. */
async function generateCase(name: string): Promise<GeneratedSource> {
  const root = `${golden}${name}`;
  const source = `schemas/${readdirSync(`${root}/schemas`)[0] ?? ""}`;
  const read = (path: string): string | undefined => (existsSync(`${root}/${path}`) ? readFileSync(`${root}/${path}`, "utf8") : undefined);
  const settings = JSON.parse(read("settings.json") ?? "{}") as GenerateSettings;
  const files = { read };
  const [result] = await generate({
    root,
    sources: [source],
    inputFolder: "schemas",
    outputFolder: "generated",
    files,
    settingsFor: () => settings,
  });
  if (result === undefined) throw new Error("generate() returned nothing for its one source");
  return result;
}

const render = (result: GeneratedSource): string =>
  result.diagnostics
    .map(
      (one) =>
        `${one.at?.file ?? ""}:${one.at?.line ?? 0}:${one.at?.column ?? 0} ${one.severity} ${one.code}\n  ${one.message}\n  → ${one.hint}\n`,
    )
    .join("");

describe("golden folders: a schema and all that becomes of it", () => {
  test.each(cases)("%s", async (name) => {
    const result = await generateCase(name);
    expect(result.files.length).toBeGreaterThanOrEqual(2);
    for (const file of result.files) await expect(file.text).toMatchFileSnapshot(`golden/generate/${name}/generated/${file.path}`);
    await expect(render(result)).toMatchFileSnapshot(`golden/generate/${name}/diagnostics.txt`);
  });

  test.each(cases)("%s: the same bytes again", async (name) => {
    expect((await generateCase(name)).files).toEqual((await generateCase(name)).files);
  });
});

test.each([
  '{ "type": "object", "if": { "required": ["a"] }, "then": { "type": "null" }, "else": { "type": "string" } }',
  '{ "$ref": "#/$defs/A", "enum": [1], "$defs": { "A": { "items": { "$ref": "#/$defs/A" }, "if": { "minItems": 1 }, "then": false, "else": false } } }',
])("a type that only its conditions leave without a value is an error, not code that does not compile: %s", async (schema) => {
  const [result] = await generate({
    root: golden,
    sources: ["schemas/a.json"],
    inputFolder: "schemas",
    outputFolder: "generated",
    files: { read: () => schema },
  });
  expect(result?.files).toEqual([]);
  expect(result?.diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([{ code: "lower/nothing-valid" }]);
});
