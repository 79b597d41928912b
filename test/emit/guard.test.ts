import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { build, type Plugin } from "esbuild";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emitGuard } from "../../src/emit/guard.js";
import { loadAjv } from "../../src/emit/ajv-library.js";
import { emitValidator } from "../../src/emit/validator.js";
import { generate } from "../../src/index.js";
import type { JsonSchema, SchemaObject } from "../../src/read/schema-document.js";
import { documentOf } from "./documents.js";
import { loadGuard, loadValidator } from "./load-validator.js";

// The oracle is Ajv itself, which the text of neither validator was made to please.

const library = loadAjv();

async function both(schema: JsonSchema): Promise<{ collecting: (value: unknown) => boolean; guard: (value: unknown) => boolean }> {
  const validator = await emitValidator(documentOf(schema), "User", () => library);
  const guard = emitGuard(validator);
  if (guard === undefined) throw new Error(`no guard of ${validator.code}`);
  return { collecting: loadValidator(validator).root, guard: loadGuard(validator, guard) };
}

const key = fc.constantFrom("a", "b", "errors", "instancePath", "vErrors", "x y", '"', "constructor");

/** JSON that schemas of these few words have something to say about. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    fc.constantFrom<unknown>(null, true, 0, 1, 2, 3, 2.5, "", "a", "ab", "vErrors", "2024-01-31"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const type = fc.constantFrom("string", "number", "integer", "boolean", "null", "array", "object");

/** Every keyword that the projection for Ajv knows, alone and beside others, also where they make no sense together. */
const { schema } = fc.letrec<{ schema: JsonSchema; object: SchemaObject }>((tie) => {
  const part = tie("schema");
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  const members = fc.dictionary(key, part, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const names = fc.uniqueArray(key, { minLength: 1, maxLength: 2 });
  const keywords: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    const: value,
    enum: fc.array(value, { minLength: 1, maxLength: 3 }),
    minimum: fc.integer({ min: 0, max: 3 }),
    multipleOf: fc.constantFrom(1, 2),
    minLength: fc.nat(2),
    pattern: fc.constantFrom("^a", "Errors$"),
    format: fc.constantFrom("date", "email"),
    minItems: fc.nat(2),
    uniqueItems: fc.boolean(),
    items: part,
    prefixItems: parts,
    contains: part,
    minContains: fc.nat(2),
    maxContains: fc.nat(2),
    properties: members,
    patternProperties: fc.dictionary(fc.constantFrom("^a", "r"), part, { minKeys: 1, noNullPrototype: true }),
    additionalProperties: part,
    propertyNames: part,
    required: names,
    minProperties: fc.nat(2),
    dependentRequired: fc.dictionary(key, names, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    dependentSchemas: members,
    allOf: parts,
    anyOf: parts,
    oneOf: parts,
    not: part,
    if: part,
    else: part,
    unevaluatedProperties: part,
    unevaluatedItems: part,
    $ref: fc.constantFrom("#/$defs/A", "#/$defs/B"),
  };
  const usual = [...Object.entries(keywords), ["then", part] as const].map(([name, arbitrary]) =>
    arbitrary.map((given) => [name, given] as const),
  );
  return {
    object: fc
      .uniqueArray(fc.oneof(...usual), { selector: ([name]) => name, minLength: 1, maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
    schema: fc.oneof(
      { maxDepth: 3, depthIdentifier: "schema" },
      { weight: 1, arbitrary: fc.constantFrom<JsonSchema>(true, false, {}, { type: "string" }, { type: "integer" }) },
      { weight: 5, arbitrary: tie("object") },
    ),
  };
});

const recursive: SchemaObject = {
  $defs: { A: { type: "object", properties: { a: { $ref: "#/$defs/B" } } }, B: { anyOf: [{ $ref: "#/$defs/A" }, { type: "string" }] } },
};

/** Ajv's verdicts in both of its modes: in some corners (`contains` beside `prefixItems`, `unevaluatedProperties`) they differ, or one throws. */
function oraclesOf(given: JsonSchema): (value: unknown) => ReadonlySet<boolean> {
  const oracles = [false, true].map((allErrors) => {
    const ajv = new Ajv2020({ allErrors, strict: false, logger: false, ownProperties: true, validateSchema: false, meta: false });
    addFormats.default(ajv);
    return ajv.compile(given);
  });
  return (one) => {
    const verdicts = new Set<boolean>();
    for (const oracle of oracles) {
      try {
        verdicts.add(oracle(one));
      } catch {
        continue;
      }
    }
    return verdicts;
  };
}

describe("a first-error validator", () => {
  test("gives the verdict of the validator that collects, and of Ajv, under any schema", async () => {
    let [accepted, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(schema, fc.array(value, { minLength: 4, maxLength: 12 }), async (given, values) => {
        const whole = typeof given === "boolean" ? given : { ...given, ...recursive };
        const { collecting, guard } = await both(whole);
        const oracle = oraclesOf(whole);
        for (const one of values) {
          const verdict = collecting(one);
          expect(guard(one)).toBe(verdict);
          const oracles = oracle(one);
          if (oracles.size > 0) expect(oracles).toContain(verdict);
          if (verdict) accepted += 1;
          else refused += 1;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(500);
  });

  test("stops at the first fault", async () => {
    const { guard } = await both({
      type: "object",
      properties: { a: { type: "string" }, b: { anyOf: [{ type: "string" }, { type: "null" }] }, c: { type: "string" } },
    });
    const seen: string[] = [];
    const noting = (given: Record<string, unknown>): unknown =>
      Object.defineProperties(
        {},
        Object.fromEntries(Object.entries(given).map(([name, held]) => [name, { enumerable: true, get: () => (seen.push(name), held) }])),
      );
    expect(guard(noting({ a: "x", b: 1, c: 1 }))).toBe(false);
    expect(new Set(seen)).toEqual(new Set(["a", "b"]));
  });

  test("is made only on demand; a bundle has the functions that it needs", async () => {
    const text = JSON.stringify({
      title: "User",
      type: "object",
      properties: { mail: { type: "string", format: "email" }, tags: { type: "array", items: { enum: ["a", "b"] } } },
    });
    const bundled = async (guards: "all-errors" | "first-error", name: string): Promise<string> => {
      const files = { read: (path: string) => (path === "schemas/user.json" ? text : undefined) };
      const [made] = await generate({
        root: "/",
        sources: ["schemas/user.json"],
        inputFolder: "schemas",
        outputFolder: "generated",
        files,
        settingsFor: () => ({ guards }),
      });
      return bundle(made?.files ?? [], name);
    };
    const guard = await bundled("first-error", "isUser");
    const collecting = await bundled("all-errors", "isUser");
    expect(guard).toContain("admitsUser");
    expect(guard).not.toMatch(/validate|vErrors/);
    expect(guard.length).toBeLessThan(collecting.length * 0.6);
    expect(await bundled("first-error", "extractUser")).not.toContain("admits");
    expect(await bundled("first-error", "streamUser")).not.toContain("admits");
    expect(collecting).not.toContain("admits");
  });
});

/** What of generated files an application has in its bundle that imports one name. */
async function bundle(files: readonly { readonly path: string; readonly text: string }[], name: string): Promise<string> {
  const plugin: Plugin = {
    name: "generated",
    setup(setup) {
      setup.onResolve({ filter: /^\./ }, ({ path }) => ({ path: path.replace(/^\.\//, "").replace(/js$/, "ts"), namespace: "generated" }));
      setup.onLoad({ filter: /.*/, namespace: "generated" }, ({ path }) => ({
        contents: files.find((file) => file.path === path)?.text ?? "",
        loader: "ts",
      }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from "./user.js"; console.log(${name});`, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
    external: ["@schemacast/*"],
    plugins: [plugin],
  });
  return outputFiles[0]?.text ?? "";
}
