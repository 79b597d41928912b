import { expect, test } from "vitest";
import { readMessages } from "../../src/diagnostics/read.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { readFiles } from "./reading.js";

/** One sample for each code, and what a person is told about it. */
interface Sample {
  /** The file; `«…»` marks what is underlined. */
  readonly text: string;
  readonly message: string;
  readonly hint: string;
}

const samples: Readonly<Record<string, Sample>> = {
  "read/json-syntax": {
    text: '{ "type": "object",\n  "properties": «}»',
    message: 'This is not JSON: a value is expected (found "}").',
    hint: "Correct the text at the mark; nothing of this file is generated until it parses.",
  },
  "read/json-comment": {
    text: '{\n  «// A person.»\n  "type": "string" }',
    message: "The file holds comments, which JSON does not have.",
    hint: "Move the text into `description` or `$comment`, so that every other tool can read the file too.",
  },
  "read/json-trailing-comma": {
    text: '{ "type": ["string", "null"«,»] }',
    message: "A comma stands before a closing bracket, which JSON does not allow.",
    hint: "Remove the comma, so that every other tool can read the file too.",
  },
  "read/json-duplicate-key": {
    text: '{ "type": "string",\n  «"type"»: "number" }',
    message: "The key `type` stands twice in the same object; the last one counts.",
    hint: "Remove or rename one of the two.",
  },
  "read/not-utf-8": {
    text: '{ "enum": ["k«\uFFFD»hl", "hei\uFFFD"] }',
    message: "The file holds the sign U+FFFD: most likely these bytes are no UTF-8, and the character that was meant is lost.",
    hint: "Save the file as UTF-8.",
  },
  "read/too-large": {
    text: `${'{ "not": '.repeat(256)}«{»}${" }".repeat(256)}`,
    message: "The file has more than 256 levels of objects and arrays.",
    hint: 'Point schemacast at the part that is to be extracted, by a file of its own that holds { "$ref": "./this.json#/definitions/Name" }, or split the file.',
  },
  "read/not-a-schema": {
    text: '«{» "name": "app", "version": "1.0.0", "type": "module", "dependencies": { "left-pad": "^1" }, "private": true }',
    message:
      "This file is JSON, but not a JSON Schema: its root has `name`, `version`, `type`, `dependencies`, … and no keyword of a schema.",
    hint: "A schema is an object with keywords such as `type` and `properties`, or `true` or `false`. Leave other JSON files out of the input with the `exclude` setting.",
  },
  "read/keyword-value": {
    text: '{ "properties": { "age": { "type": "integer", «"minimum"»: "3" } } }',
    message: '`minimum` must be a number, but is the string "3".',
    hint: 'Write it without quotes: "minimum": 3.',
  },
  "read/annotation-value": {
    text: '{ "type": "string", «"title"»: 5 }',
    message: "`title` must be a string, but is the number 5; it is left out.",
    hint: "Put the text into double quotes, or remove the keyword.",
  },
  "read/keyword-of-later-draft": {
    text: '{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "array", «"prefixItems"»: [true] }',
    message: "`prefixItems` came with 2020-12 and means nothing in draft-07, the draft of this schema.",
    hint: "Set `$schema` to https://json-schema.org/draft/2020-12/schema, or remove the keyword.",
  },
  "read/items-array": {
    text: '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", «"items"»: [true] }',
    message: "`items` is an array, which 2020-12 calls `prefixItems`; it is read as that.",
    hint: "Rename `items` to `prefixItems`, and `additionalItems` to `items`.",
  },
  "read/nullable-refused": {
    text: '{ "type": "string", "enum": ["a"], «"nullable"»: true }',
    message: "`nullable` has no effect here: the `enum` beside it does not allow null.",
    hint: "Add null to `enum`.",
  },
  "read/misspelt-keyword": {
    text: '{ "type": "object", «"requried"»: ["a"] }',
    message: "`requried` is no keyword of JSON Schema; it is ignored.",
    hint: "Did you mean `required`? Give a keyword of your own a name that begins with `x-`.",
  },
  "read/unknown-keyword": {
    text: '{ "type": "string", «"markdownDescription"»: "**a**" }',
    message: "`markdownDescription` is no keyword of JSON Schema; it is ignored.",
    hint: "Nothing needs to be done. A name that begins with `x-` is passed on silently.",
  },
  "read/unknown-setting": {
    text: '{ "type": "string", "x-extract": { «"nmae"»: "User" } }',
    message: "`x-extract` has no setting `nmae`; it is ignored.",
    hint: "Did you mean `name`?",
  },
  "read/setting-value": {
    text: '{ "type": "array", «"x-stream"»: true }',
    message: '`x-stream` must be "atomic", but is true; it is ignored.',
    hint: 'Write "atomic".',
  },
  "read/setting-at-root-only": {
    text: '{ "items": { "x-extract": { «"name"»: "Item" } } }',
    message: "`x-extract.name` counts at the root of a schema only; here it is ignored.",
    hint: "Move it to the `x-extract` at the root.",
  },
  "read/empty-enum": {
    text: '{ «"enum"»: [] }',
    message: "`enum` is empty: no value is allowed here.",
    hint: "List the values that are allowed, or remove the keyword.",
  },
  "read/contradicting-bounds": {
    text: '{ "properties": { "age": { "type": "integer", "minimum": 5, «"maximum"»: 1 } } }',
    message: "`minimum` 5 and `maximum` 1 leave nothing between them: no number is valid here.",
    hint: "Correct one of the two; most likely they were swapped.",
  },
  "read/empty-schema": {
    text: '«{» "title": "Anything" }',
    message: "The schema allows any value: it has no keyword that says what is wanted.",
    hint: 'Describe the value, for example with `"type": "object"` and `properties`.',
  },
  "read/never": {
    text: "«false»",
    message: "The schema is `false`: no value is valid.",
    hint: "Describe the value that is to be extracted.",
  },
  "read/unknown-draft": {
    text: '{ «"$schema"»: "https://example.com/meta", "type": "string" }',
    message: "`$schema` names no draft this reader knows: https://example.com/meta.",
    hint: "The keywords decide: this file is read as draft-07. Name a draft to be sure, for example https://json-schema.org/draft/2020-12/schema.",
  },
  "read/ref-not-found": {
    text: '{ "properties": { "home": { «"$ref"»: "#/$defs/Adress" } }, "$defs": { "Address": {} } }',
    message: 'The reference `#/$defs/Adress` leads nowhere: `#/$defs` has no "Adress".',
    hint: "Did you mean `#/$defs/Address`? `#/$defs` holds: Address.",
  },
  "read/ref-not-a-schema": {
    text: '{ "properties": { "a": { «"$ref"»: "#/required" } }, "required": ["a"] }',
    message: "The reference `#/required` leads to an array, not to a schema.",
    hint: "Let it point at an object (or `true` or `false`).",
  },
  "read/ref-siblings": {
    text: '{ "$schema": "http://json-schema.org/draft-07/schema#", "properties": { "a": { "$ref": "#/definitions/a", «"minLength"»: 2 } }, "definitions": { "a": {} } }',
    message: "`minLength` stands beside `$ref`, where draft-07 ignores it; here it is applied, as Ajv does.",
    hint: "Set `$schema` to https://json-schema.org/draft/2020-12/schema, where both count, or put the reference into `allOf`.",
  },
  "read/ref-outside-root": {
    text: '{ «"$ref"»: "../../shared/user.json" }',
    message: "The reference `../../shared/user.json` leads outside the project root.",
    hint: "Copy the file into the project, or run schemacast from a folder that holds both.",
  },
  "read/ref-remote": {
    text: '{ «"$ref"»: "https://example.com/user.json" }',
    message: "The reference `https://example.com/user.json` leads to https://example.com, and remote references are off.",
    hint: "Copy that schema into the project and refer to the file, or allow this one origin with `--allow-remote https://example.com`.",
  },
  "read/ref-loop": {
    text: '{ "properties": { "a": { "$ref": "#/$defs/a" } }, "$defs": { "a": { "anyOf": [{ «"$ref"»: "#/$defs/a" }] } } }',
    message: "`#/$defs/a` leads back to itself without any structure between: no value can be checked against it.",
    hint: "Put the recursion below `properties` or `items`, or remove the reference.",
  },
};

test("a file that is not there", () => {
  expect(readJsonSchema("nowhere.json", { read: () => undefined }).diagnostics).toMatchObject([
    { code: "read/file-not-found", message: "There is no file `nowhere.json`." },
  ]);
});

test.each([
  ['{ "type": "string", "minLength": 3, "maxLength": 2 }', "`minLength` 3 and `maxLength` 2", "string"],
  ['{ "type": "array", "items": {}, "minItems": 1, "maxItems": 0 }', "`minItems` 1 and `maxItems` 0", "array"],
  ['{ "type": "object", "minProperties": 2, "maxProperties": 1 }', "`minProperties` 2 and `maxProperties` 1", "object"],
  ['{ "type": "number", "exclusiveMinimum": 1, "maximum": 1 }', "`exclusiveMinimum` 1 and `maximum` 1", "number"],
  ['{ "type": "number", "exclusiveMinimum": 2, "exclusiveMaximum": 1, "maximum": 0 }', "`exclusiveMinimum` 2 and `maximum` 0", "number"],
  [
    '{ "$schema": "http://json-schema.org/draft-04/schema#", "type": "number", "minimum": 1, "maximum": 1, "exclusiveMaximum": true }',
    "`minimum` 1 and `exclusiveMaximum` 1",
    "number",
  ],
])("%s contradicts itself", (text, bounds, kind) => {
  const told = readFiles({ "schemas/sample.json": text }).diagnostics.map(({ message }) => message);
  expect(told).toEqual([`${bounds} leave nothing between them: no ${kind} is valid here.`]);
});

test.each([
  '{ "type": "number", "minimum": 1, "maximum": 1 }',
  '{ "type": "string", "minLength": 0, "maxLength": 0 }',
  '{ "anyOf": [{ "type": "number", "minimum": 5 }, { "type": "number", "maximum": 1 }] }',
])("%s does not", (text) => {
  expect(readFiles({ "schemas/sample.json": text }).diagnostics).toEqual([]);
});

function yamlTold(path: string): readonly object[] {
  const hint = `Convert it, for example with \`npx js-yaml ${path}.yaml > ${path}.json\`, and name or refer to the JSON file instead.`;
  return [{ code: "read/yaml", message: "This file is YAML, which is not read.", hint, at: { file: `${path}.yaml`, line: 1 } }];
}

test("YAML is not read: as a source and behind a reference", () => {
  const yaml = "type: object\nproperties:\n  a: { type: string }\n";
  expect(readFiles({ "schemas/a.yaml": yaml }).diagnostics).toMatchObject(yamlTold("schemas/a"));
  expect(readFiles({ "a.json": { properties: { b: { $ref: "b.yaml" } } }, "b.yaml": yaml }).diagnostics).toMatchObject(yamlTold("b"));
  expect(readFiles({ "a.yml": '{ "type": "string" }' }).diagnostics).toEqual([]);
});

test.each([
  ["definitions/A", "#/definitions/A"],
  ["/definitions/A", "#/definitions/A"],
  ["./definitions/A", "#/definitions/A"],
  ["#definitions/A", "#/definitions/A"],
  ["#A", "#/definitions/A"],
  ["A", "#/definitions/A"],
])("a reference %s that forgot its #/", ($ref, meant) => {
  const schema = { properties: { a: { $ref } }, definitions: { A: { type: "string" } } };
  for (const $id of $ref === "A" ? [undefined] : [undefined, "https://example.com/s.json"]) {
    const { diagnostics } = readFiles({ "a.json": { $id, ...schema } });
    expect(diagnostics).toMatchObject([
      { code: "read/ref-not-found", hint: `Did you mean \`${meant}\`? A place in this file begins with #/.` },
    ]);
  }
});

test("every code of the reader has its sample", () => {
  const codes = Object.keys(readMessages).filter(
    (code) =>
      !code.startsWith("read/ts-") && !["read/file-not-found", "read/dangling-link", "read/remote-failed", "read/yaml"].includes(code),
  );
  expect(Object.keys(samples).sort()).toEqual(codes.sort());
});

test.each(Object.entries(samples))("%s", (code, { text, message, hint }) => {
  const offset = text.indexOf("«");
  const before = text.slice(0, offset).split("\n");
  const source = text.replace(/[«»]/g, "");
  const { diagnostics } = readFiles({ "schemas/sample.json": source });
  const found = diagnostics.find((entry) => entry.code === code);
  expect(found).toMatchObject({
    message,
    hint,
    at: { file: "schemas/sample.json", line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  });
  expect(found?.at?.length).toBe(text.indexOf("»") - offset - 1);
});
