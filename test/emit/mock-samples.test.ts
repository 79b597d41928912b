import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { loadAjv } from "../../src/emit/ajv-library.js";
import { sampleDocument } from "../../src/emit/mock/sample-document.js";
import { lower } from "../../src/lower/lower.js";
import { loweringOptions } from "../../src/lowering-options.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import type { SchemaDocument } from "../../src/read/schema-document.js";
import { documentOf } from "./documents.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = [
  "schemas",
  "examples/monorepo/packages/extractors/schemas",
  "test/fixtures/schemas-of-tools",
  ...readdirSync(join(root, "test/golden/generate")).map((name) => `test/golden/generate/${name}/schemas`),
];
const files = {
  read: (path: string): string | undefined => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined),
};

/** Every schema of this repository, as the reader hands it on. */
const documents: readonly (readonly [string, SchemaDocument])[] = folders.flatMap((folder) => {
  const names = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  const typescript = readTypeScript({ root, sources: names.filter((name) => name.endsWith(".ts")), files });
  const results = names.flatMap((name) => typescript.get(name) ?? (name.endsWith(".json") ? [readJsonSchema(name, files)] : []));
  return results.flatMap((result) => result.documents.map((document) => [`${folder} ${document.name}`, document] as const));
});

const library = await loadAjv();

/** An Ajv of its own over the document's schema, with its own formats: nothing of what makes the samples. */
function oracle({ schema }: SchemaDocument): (value: unknown) => readonly { readonly keyword: string; readonly instancePath: string }[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, discriminator: true, validateFormats: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

describe("samples of every schema in the repository", () => {
  test("there are some", () => expect(documents.length).toBeGreaterThan(30));

  test.each(documents)("%s: valid ones are valid, near misses break the one rule they name", async (_, document) => {
    const { valid, nearMisses } = sampleDocument(document, lower(document, loweringOptions({})), library);
    const judge = oracle(document);
    expect(valid.length).toBeGreaterThan(0);
    // Ajv by itself takes no property of this name for a declared one.
    for (const value of valid) if (!JSON.stringify(value).includes('"__proto__"')) expect(judge(value), JSON.stringify(value)).toEqual([]);
    expect(new Set(valid.map((value) => JSON.stringify(value))).size).toBe(valid.length);
    for (const { value, breaks, path } of nearMisses) {
      if (`${JSON.stringify(value)}${path}`.includes("__proto__")) continue;
      const failures = judge(value);
      const said = failures.find((one) => one.keyword === breaks && path.startsWith(one.instancePath));
      expect(said, `${breaks} at ${path} of ${JSON.stringify(value)}`).toBeDefined();
      // Of a union Ajv tells what is wrong with every branch.
      if (!failures.some((one) => one.keyword === "oneOf" || one.keyword === "anyOf")) expect(failures.length).toBe(1);
    }
    expect(sampleDocument(document, lower(document, loweringOptions({})), library)).toEqual({ valid, nearMisses });
  });
});

test("each keyword that a value can break alone is broken", async () => {
  const document = documentOf({
    type: "object",
    additionalProperties: false,
    required: ["code", "age", "mail", "tags", "pair", "kind"],
    properties: {
      code: { type: "string", minLength: 2, maxLength: 8 },
      age: { type: "integer", minimum: 0, maximum: 130 },
      share: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
      price: { type: "number", multipleOf: 0.25 },
      mail: { type: "string", format: "email" },
      zip: { type: "string", pattern: "^\\d{5}$" },
      tags: { type: "array", items: { enum: ["a", "b", "c", "d"] }, minItems: 1, maxItems: 3, uniqueItems: true },
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "boolean" }], items: false, minItems: 2 },
      kind: { const: "person" },
    },
  });
  const { nearMisses } = sampleDocument(document, lower(document, loweringOptions({})), library);
  expect(nearMisses.map((one) => one.breaks)).toEqual(
    expect.arrayContaining([
      "required",
      "additionalProperties",
      "type",
      "minLength",
      "maxLength",
      "minimum",
      "maximum",
      "format",
      "pattern",
    ]),
  );
  expect(nearMisses.find((one) => one.breaks === "maximum")).toMatchObject({ path: "/age", says: "must be <= 130", value: { age: 131 } });
});

test("a schema that nothing sampled fits has no samples", async () => {
  const document = documentOf({ type: "object", required: ["a"], properties: { a: { type: "string", pattern: "^(?=a)b" } } });
  expect(sampleDocument(document, lower(document, loweringOptions({})), library).valid).toEqual([]);
});
