import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "./ajv-of-draft.js";
import { readFiles, reading } from "./reading.js";

test.each([
  ["a pointer to anywhere", "#/properties/b/items", { items: { type: "string" } }],
  ["a pointer with ~1, ~0 and percent signs", "#/properties/b/x~1y/a~0b%25", { "x/y": { "a~b%": { type: "string" } } }],
  ["a pointer through an array", "#/properties/b/anyOf/0", { anyOf: [{ type: "string" }] }],
  ["an anchor", "#here", { items: { $anchor: "here", type: "string" } }],
  ["an anchor of draft 07", "#here", { items: { $id: "#here", type: "string" } }],
  ["an $id", "http://example.com/s", { items: { $id: "http://example.com/s", type: "string" } }],
  ["an $id relative to the file", "elsewhere/s.json", { items: { $id: "elsewhere/s.json", type: "string" } }],
  ["a pointer into an $id", "s.json#/$defs/x", { items: { $id: "s.json", $defs: { x: { type: "string" } } } }],
  ["a URN", "urn:example:s", { items: { $id: "urn:example:s", type: "string" } }],
])("a reference by %s", (_, $ref, b) => {
  const { document, diagnostics } = reading({ "schemas/a.json": { type: "object", properties: { a: { $ref }, b } } });
  expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  const accepts = judge("2020-12", document.schema);
  expect([accepts({ a: "text" }), accepts({ a: 1 })]).toEqual([true, false]);
  expect(JSON.stringify(document.schema)).not.toMatch(/\$id|\$anchor|"definitions"/);
});

test("references to files: beside, below, above, by pointer, by their own $id, in a circle", () => {
  const { document, diagnostics, dependencies } = reading({
    "schemas/a/user.json": {
      $id: "https://example.com/schemas/user.json",
      type: "object",
      properties: {
        home: { $ref: "address.json" },
        tags: { $ref: "../common.json#/definitions/tags" },
        work: { $ref: "https://example.com/schemas/address.json" },
      },
    },
    "schemas/a/address.json": { $id: "https://example.com/schemas/address.json", properties: { zip: { $ref: "sub/zip%20code.json" } } },
    "schemas/common.json": { definitions: { tags: { type: "array", items: { $ref: "#/definitions/tag" } }, tag: { type: "string" } } },
    "schemas/a/sub/zip code.json": { type: "string", description: "Of a place.", not: { $ref: "../user.json#/properties/home" } },
  });
  expect(diagnostics).toEqual([]);
  expect(dependencies).toEqual(["schemas/a/user.json", "schemas/a/address.json", "schemas/common.json", "schemas/a/sub/zip code.json"]);
  expect(document.schema).toEqual({
    type: "object",
    properties: { home: { $ref: "#/$defs/home" }, tags: { $ref: "#/$defs/tags" }, work: { $ref: "#/$defs/address" } },
    $defs: {
      home: { $ref: "#/$defs/address" },
      address: { properties: { zip: { $ref: "#/$defs/zip_code" } } },
      tags: { type: "array", items: { $ref: "#/$defs/tag" } },
      tag: { type: "string" },
      zip_code: { type: "string", description: "Of a place.", not: { $ref: "#/$defs/home" } },
    },
  });
});

test("schemas published together refer to each other by their addresses: the file that says it is what lies there is taken", () => {
  const files = {
    "specs/3.0/order.json": {
      $id: "https://example.com/spec/3.0/order.json",
      properties: {
        line: { $ref: "https://example.com/spec/3.0/line.json#/$defs/Line" },
        meta: { $ref: "https://example.com/spec/meta/base" },
      },
    },
    "specs/3.0/line.json": { $id: "https://example.com/spec/3.0/line.json", $defs: { Line: { type: "string" } } },
    "specs/meta/base.schema.json": { $id: "https://example.com/spec/meta/base", type: "integer" },
  };
  const { document, dependencies } = reading(files);
  expect(dependencies).toEqual(Object.keys(files));
  const accepts = judge("2020-12", document.schema);
  expect([accepts({ line: "a", meta: 1 }), accepts({ line: 1 }), accepts({ meta: "a" })]).toEqual([true, false, false]);
  // A file that only happens to lie there is not what the address means.
  const other = { ...files, "specs/3.0/line.json": { $defs: { Line: { type: "string" } } } };
  expect(readFiles(other).diagnostics.map(({ code }) => code)).toEqual(["read/ref-remote"]);
  // Nor is anything outside the project.
  const above = { "order.json": { $id: "https://example.com/a/b/order.json", $ref: "https://example.com/c/line.json" } };
  expect(readFiles(above).diagnostics.map(({ code }) => code)).toEqual(["read/ref-remote"]);
});

test("a fault in a file that is referred to is told at its place there", () => {
  const result = readFiles({ "a.json": { properties: { b: { $ref: "b.json" } } }, "b.json": '{\n "type": "objekt" }' });
  expect(result.documents).toEqual([]);
  expect(result.diagnostics).toMatchObject([{ code: "read/keyword-value", at: { file: "b.json", line: 2, column: 2 } }]);
  const broken = readFiles({ "a.json": { properties: { b: { $ref: "b.json" } } }, "b.json": "{ nonsense" });
  expect(broken.diagnostics[0]).toMatchObject({ code: "read/json-syntax", at: { file: "b.json", line: 1, column: 3 } });
  expect(broken.diagnostics.some(({ code }) => code === "read/ref-not-found")).toBe(false);
});

test("of two definitions with one name, the one nearer to its file's root keeps it", () => {
  const files = {
    "a.json": {
      properties: { x: { $ref: "b.json#/$defs/item" }, y: { $ref: "#/$defs/item" }, z: { $ref: "#/$defs/list/$defs/item" } },
      $defs: { list: { $defs: { item: { const: 3 } } }, item: { const: 1 } },
    },
    "b.json": { $defs: { item: { const: 2 } } },
  };
  expect(reading(files).document.schema).toEqual({
    properties: { x: { $ref: "#/$defs/b_item" }, y: { $ref: "#/$defs/item" }, z: { $ref: "#/$defs/list_item" } },
    $defs: { list_item: { const: 3 }, item: { const: 1 }, b_item: { const: 2 } },
  });
});

test("names of definitions do not depend on the order of properties and references", () => {
  const keys = ["Ünï", "a b", "a_b", "a/b", "x.y", "日本", "1st", "item", "items", "__proto__"];
  const permutation = fc.shuffledSubarray(keys, { minLength: keys.length });
  fc.assert(
    fc.property(permutation, permutation, (properties, definitions) => {
      const $defs = Object.fromEntries(definitions.map((key) => [key, { const: key }]));
      const text = `{"properties":{${properties.map((key) => `${JSON.stringify(key)}:{"$ref":${JSON.stringify(`#/$defs/${encodeURIComponent(key.replaceAll("/", "~1"))}`)}}`).join()}},"$defs":{${definitions.map((key) => `${JSON.stringify(key)}:{"const":${JSON.stringify(key)}}`).join()}}}`;
      expect(Object.keys($defs).length).toBeGreaterThan(0);
      const { document } = reading({ "names.json": text });
      const { $defs: named } = document.schema as { $defs: Record<string, { const: string }> };
      const names = Object.fromEntries(Object.entries(named).map(([name, { const: key }]) => [key === "__proto__" ? "proto" : key, name]));
      expect(names).toEqual({
        Ünï: "Uni",
        "1st": "1st",
        "a b": "names_a_b",
        "a/b": "a_b_2",
        a_b: "a_b",
        item: "item",
        items: "items",
        proto: "proto",
        "x.y": "x.y",
        日本: "schema",
      });
    }),
    { numRuns: 30, seed: 7 },
  );
});

test("$dynamicRef is resolved for each way it is reached", () => {
  const { document, diagnostics } = reading({
    "list.json": {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      properties: { texts: { $ref: "texts" }, numbers: { $ref: "numbers" } },
      $defs: {
        list: { $id: "list", type: "array", items: { $dynamicRef: "#item" }, $defs: { any: { $dynamicAnchor: "item" } } },
        texts: { $id: "texts", $ref: "list", $defs: { item: { $dynamicAnchor: "item", type: "string" } } },
        numbers: { $id: "numbers", $ref: "list", $defs: { item: { $dynamicAnchor: "item", type: "number" } } },
      },
    },
  });
  expect(diagnostics).toEqual([]);
  const accepts = judge("2020-12", document.schema);
  expect([{ texts: ["a"] }, { numbers: [1] }, { texts: [1] }, { numbers: ["a"] }].map(accepts)).toEqual([true, true, false, false]);
  expect(JSON.stringify(document.schema)).not.toContain("dynamic");
});

test("$recursiveRef leads to the outermost schema that allows it", () => {
  const tree = {
    $id: "http://example.com/tree",
    $recursiveAnchor: true,
    type: "object",
    properties: { children: { type: "array", items: { $recursiveRef: "#" } } },
  };
  const { document, diagnostics } = reading({
    "strict.json": {
      $schema: "https://json-schema.org/draft/2019-09/schema",
      $id: "http://example.com/strict",
      $recursiveAnchor: true,
      $ref: "tree",
      unevaluatedProperties: false,
      $defs: { tree },
    },
  });
  expect(diagnostics).toEqual([]);
  const accepts = judge("2020-12", document.schema);
  expect([{ children: [{ children: [] }] }, { children: [{ childern: [] }] }].map(accepts)).toEqual([true, false]);
});

test("the metaschemas of the drafts are known without the network", () => {
  for (const uri of [
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2020-12/schema",
  ]) {
    const { document } = reading({ "any.json": { type: "object", properties: { schema: { $ref: uri } } } });
    const accepts = judge("2020-12", document.schema);
    expect([accepts({ schema: { type: "object" } }), accepts({ schema: { type: "objekt" } })]).toEqual([true, false]);
  }
});
