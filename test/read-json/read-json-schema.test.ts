import { expect, test } from "vitest";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { reading } from "./reading.js";

test("a draft-07 schema becomes a self-contained 2020-12 one", () => {
  const { document, diagnostics } = reading({
    "schemas/order.json": {
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "Order",
      type: "object",
      properties: {
        lines: { type: "array", items: { $ref: "#/definitions/line" } },
        range: { items: [{ type: "number" }, { type: "number" }], additionalItems: false },
      },
      dependencies: { card: ["address"], gift: { required: ["note"] } },
      definitions: { line: { type: "object", properties: { sku: { type: "string" } } }, unused: { type: "null" } },
    },
  });
  expect(diagnostics).toEqual([]);
  expect(document.name).toBe("Order");
  expect(document.schema).toEqual({
    title: "Order",
    type: "object",
    properties: {
      lines: { type: "array", items: { $ref: "#/$defs/line" } },
      range: { prefixItems: [{ type: "number" }, { type: "number" }], items: false },
    },
    dependentRequired: { card: ["address"] },
    dependentSchemas: { gift: { required: ["note"] } },
    $defs: { line: { type: "object", properties: { sku: { type: "string" } } } },
  });
});

test("a root that refers to itself stands in $defs under the document's name", () => {
  const { document } = reading({
    "schemas/tree-node.schema.json": { type: "object", properties: { children: { type: "array", items: { $ref: "#" } } } },
  });
  expect(document.name).toBe("TreeNode");
  expect(document.schema).toEqual({
    $ref: "#/$defs/TreeNode",
    $defs: { TreeNode: { type: "object", properties: { children: { type: "array", items: { $ref: "#/$defs/TreeNode" } } } } },
  });
});

test("a fault is told at its keyword, and nothing is generated", () => {
  const text = '{\n  "type": "object",\n  "properties": {\n    "age": { "type": "strng" }\n  }\n}\n';
  const result = readJsonSchema("schemas/user.json", { read: () => text });
  expect(result.documents).toEqual([]);
  expect(result.diagnostics).toEqual([
    expect.objectContaining({
      code: "read/keyword-value",
      hint: 'Did you mean "string"?',
      at: { file: "schemas/user.json", line: 4, column: 14, length: 6 },
    }),
  ]);
});

test("locate finds the keyword a part of the normalised schema was written as, in whichever file", () => {
  const { document, dependencies } = reading({
    "schemas/user.json": '{ "properties": {\n  "home": { "$ref": "shared/address.json" } } }',
    "schemas/shared/address.json": '{\n  "type": "object",\n  "properties": { "zip": {\n    "maxLength": 5 } }\n}',
  });
  expect(dependencies).toEqual(["schemas/user.json", "schemas/shared/address.json"]);
  expect(document.locate("/properties/home/$ref")).toMatchObject({ file: "schemas/user.json", line: 2, column: 13 });
  expect(document.locate("/$defs/address/properties/zip/maxLength")).toMatchObject({
    file: "schemas/shared/address.json",
    line: 4,
    column: 5,
  });
  expect(document.locate("/$defs/address/nowhere")).toMatchObject({ file: "schemas/shared/address.json", line: 1, column: 1 });
});
