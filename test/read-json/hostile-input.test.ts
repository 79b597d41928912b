import { expect, test } from "vitest";
import { readFiles, reading } from "./reading.js";

const codes = (files: Readonly<Record<string, unknown>>): readonly string[] => readFiles(files).diagnostics.map(({ code }) => code);

/** What runs longer than this is a hang for the person who waits, on the slowest machine. */
const patience = 5_000;

function timed<T>(action: () => T): T {
  // Of this process alone: the machine may have other things to do.
  const before = process.cpuUsage();
  const result = action();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(patience);
  return result;
}

test.each([
  ["arrays", "[".repeat(10_000) + "]".repeat(10_000)],
  ["objects", '{"not":'.repeat(10_000) + "{}" + "}".repeat(10_000)],
  ["unclosed arrays", "[".repeat(100_000)],
  ["unclosed objects", '{"a":'.repeat(100_000)],
])("10,000 levels of %s are refused at the place where it is too deep", (_, text) => {
  const result = timed(() => readFiles({ "deep.json": text }));
  expect(result.documents).toEqual([]);
  expect(result.diagnostics).toMatchObject([
    { code: "read/too-large", message: "The file has more than 256 levels of objects and arrays.", at: { line: 1 } },
  ]);
});

test("50 MB are refused without being parsed", () => {
  const text = `{"type":"string","description":"${"x".repeat(50_000_000)}"}`;
  expect(timed(() => codes({ "big.json": text }))).toEqual(["read/too-large"]);
});

test("a million enum values are refused", () => {
  const text = `{"enum":[${Array.from({ length: 1_000_000 }, (_, index) => index).join(",")}]}`;
  expect(timed(() => codes({ "enum.json": text }))).toEqual(["read/too-large"]);
});

test("100,000 enum values are read", () => {
  const { document } = timed(() => reading({ "enum.json": { enum: Array.from({ length: 100_000 }, (_, index) => `v${index}`) } }));
  expect(document.schema).toHaveProperty("enum.length", 100_000);
});

test("__proto__, constructor and prototype are keys like any other", () => {
  const text = `{ "type": "object", "required": ["__proto__"], "properties": {
    "__proto__": { "type": "string", "default": { "__proto__": { "polluted": true } } },
    "constructor": { "$ref": "#/$defs/__proto__" }, "hasOwnProperty": { "type": "number" } },
    "$defs": { "__proto__": { "const": 1 } } }`;
  const { document } = reading({ "proto.json": text });
  const { properties, $defs } = document.schema as { properties: Record<string, Record<string, unknown>>; $defs: object };
  expect(Object.keys(properties)).toEqual(["__proto__", "constructor", "hasOwnProperty"]);
  expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
  expect(Object.getOwnPropertyDescriptor(properties, "__proto__")?.value).toMatchObject({ type: "string" });
  expect(JSON.stringify(properties)).toContain('"default":{"__proto__":{"polluted":true}}');
  expect(Object.keys($defs)).toEqual(["proto"]);
  expect(properties["constructor"]).toEqual({ $ref: "#/$defs/proto" });
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect(document.locate("/properties/__proto__/type")).toMatchObject({ line: 2, column: 20 });
});

test("half a surrogate pair is told where it is a key, and is text elsewhere", () => {
  const { diagnostics } = readFiles({ "half.json": '{\n  "properties": { "\\ud800": true } }' });
  expect(diagnostics).toMatchObject([
    {
      code: "read/json-syntax",
      message: "This is not JSON: a key holds half of a surrogate pair, which is no character.",
      at: { line: 2, column: 19 },
    },
  ]);
  const { document } = reading({
    "half.json": '{ "$dynamicAnchor": "\\ud800", "type": "string", "pattern": "^[\\ud800-\\udbff]", "const": "\\udc00" }',
  });
  expect(document.schema).toMatchObject({ pattern: "^[\ud800-\udbff]", const: "\udc00" });
});

test.each(["$id", "$ref"])("half a surrogate pair in an address ends in no crash: %s", (keyword) => {
  const { diagnostics } = readFiles({
    "half.json": `{ "type": "object", "properties": { "a": { "${keyword}": "\\ud83d.json", "type": "string" } } }`,
  });
  expect(diagnostics.some(({ code }) => code === "read/ref-not-found")).toBe(keyword === "$ref");
});

test("names that are code stay text", () => {
  const hostile = '"];process.exit(1);//\u2028${x}`*/';
  const { document } = reading({
    "code.json": {
      properties: { [hostile]: { $ref: `#/$defs/${encodeURIComponent(hostile.replaceAll("/", "~1"))}` } },
      $defs: { [hostile]: { type: "null" } },
    },
  });
  expect(document.schema).toEqual({
    properties: { [hostile]: { $ref: "#/$defs/process.exit_1_x" } },
    $defs: { "process.exit_1_x": { type: "null" } },
  });
});

test("references that multiply are kept as references", () => {
  const definitions: Record<string, unknown> = { l0: { type: "string" } };
  for (let level = 1; level <= 200; level++) {
    definitions[`l${level}`] = {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`p${index}`, { $ref: `#/definitions/l${level - 1}` }])),
    };
  }
  const { document } = timed(() => reading({ "laughs.json": { $ref: "#/definitions/l200", definitions } }));
  expect(JSON.stringify(document.schema).length).toBeLessThan(100_000);
});

test("dynamic scopes that multiply end in a diagnostic", () => {
  const $defs: Record<string, unknown> = { end: { $id: "end", $dynamicRef: "#a0", $defs: { a0: { $dynamicAnchor: "a0" } } } };
  for (let level = 0; level < 40; level++) {
    for (const side of ["l", "r"]) {
      const next = level === 39 ? [{ $ref: "end" }] : [{ $ref: `l${level + 1}` }, { $ref: `r${level + 1}` }];
      $defs[`${side}${level}`] = {
        $id: `${side}${level}`,
        properties: { a: next[0], b: next.at(-1) },
        $defs: { anchor: { $dynamicAnchor: `a${level}`, title: side } },
      };
    }
  }
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", anyOf: [{ $ref: "l0" }, { $ref: "r0" }], $defs };
  expect(timed(() => codes({ "scopes.json": schema }))).toContain("read/too-large");
});

test("a chain of 10,000 definitions is followed without recursion", () => {
  const definitions = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [
      `d${index}`,
      { properties: { next: { $ref: `#/definitions/d${(index + 1) % 10_000}` } } },
    ]),
  );
  const { document } = timed(() =>
    reading({ "chain.json": { allOf: [{ $ref: "#/definitions/d0" }], definitions } }, { limits: { definitions: 20_000 } }),
  );
  expect(Object.keys((document.schema as { $defs: object }).$defs)).toHaveLength(10_000);
});

test.each<[string, unknown]>([
  ["a reference to itself", { $defs: { a: { $ref: "#/$defs/a" } }, properties: { x: { $ref: "#/$defs/a" } } }],
  [
    "two that refer to each other",
    { definitions: { a: { allOf: [{ $ref: "#/definitions/b" }] }, b: { not: { $ref: "#/definitions/a" } } }, $ref: "#/definitions/a" },
  ],
  ["the root", { anyOf: [{ type: "string" }, { $ref: "#" }] }],
])("a loop without structure is told: %s", (_, schema) => {
  expect(codes({ "loop.json": schema })).toContain("read/ref-loop");
});

test("a chain of 5,000 references in place is no loop, and no overflow", () => {
  const definitions = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [
      `d${index}`,
      index === 4_999 ? { type: "string" } : { $ref: `#/definitions/d${index + 1}` },
    ]),
  );
  const schema = { type: "object", properties: { a: { $ref: "#/definitions/d0" } }, definitions };
  const result = timed(() => readFiles({ "chain.json": schema }, { limits: { definitions: 5_000 } }));
  expect(result.diagnostics).toEqual([]);
});

test("more definitions than any extractor can be made of are refused", () => {
  const definitions = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`d${index}`, {}]));
  const properties = Object.fromEntries(Object.keys(definitions).map((name) => [name, { $ref: `#/definitions/${name}` }]));
  expect(timed(() => codes({ "many.json": { type: "object", properties, definitions } }))).toEqual(["read/too-large"]);
});

test("hundreds of extractors that would each hold all the others are refused; a file that asks for one of them is read", () => {
  const names = Array.from({ length: 490 }, (_, index) => `R${index}`);
  const definitions = Object.fromEntries(
    names.map((name, index) => {
      const fields = names.slice(index % 460, (index % 460) + 30).map((other) => [`to${other}`, { $ref: `#/definitions/${other}` }]);
      return [name, { type: "object", properties: Object.fromEntries([...fields, ["any", { $ref: "#/definitions/All" }]]) }];
    }),
  );
  const bundle = { definitions: { ...definitions, All: { oneOf: names.map((name) => ({ $ref: `#/definitions/${name}` })) } } };
  const result = timed(() => readFiles({ "bundle.json": bundle }));
  expect(result.documents).toEqual([]);
  expect(result.diagnostics).toMatchObject([
    {
      code: "read/too-large",
      message: "The file has more than 250,000 schemas in its 491 extractors together, counted after references are followed.",
      at: { file: "bundle.json", line: 1 },
    },
  ]);
  const one = timed(() => readFiles({ "one.json": { $ref: "bundle.json#/definitions/R0" }, "bundle.json": bundle }));
  expect(one.diagnostics).toEqual([]);
});

test.each(["allOf", "anyOf", "oneOf"])(
  "definitions that include each other twice by %s are refused before anybody merges them",
  (keyword) => {
    const definitions: Record<string, unknown> = { l0: { type: "object" } };
    for (let level = 1; level <= 40; level++) {
      definitions[`l${level}`] = { [keyword]: [{ $ref: `#/definitions/l${level - 1}` }, { $ref: `#/definitions/l${level - 1}` }] };
    }
    const result = timed(() => readFiles({ "laughs.json": { $ref: "#/definitions/l40", definitions } }));
    expect(result.documents).toEqual([]);
    expect(result.diagnostics).toMatchObject([
      {
        code: "read/too-large",
        message: "The file has more than 20,000 schemas that apply to one value, counted after references are followed.",
      },
    ]);
  },
);

test("files that refer to each other are read once each", () => {
  const { document, dependencies } = reading({
    "a.json": { title: "A", type: "object", properties: { b: { $ref: "b.json" } } },
    "b.json": { type: "object", properties: { a: { $ref: "./a.json" }, again: { $ref: "sub/../b.json#" } } },
  });
  expect(dependencies).toEqual(["a.json", "b.json"]);
  expect(document.schema).toEqual({
    $ref: "#/$defs/A",
    $defs: {
      A: { title: "A", type: "object", properties: { b: { $ref: "#/$defs/b" } } },
      b: { type: "object", properties: { a: { $ref: "#/$defs/A" }, again: { $ref: "#/$defs/b" } } },
    },
  });
});

test("more files than the limit allows are not read", () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`f${index}.json`, { properties: { next: { $ref: `f${index + 1}.json` } } }]),
  );
  const result = readFiles(files, { limits: { files: 10 } });
  expect(result.documents).toEqual([]);
  expect(result.dependencies).toHaveLength(10);
});

test.each([
  "../outside.json",
  "../../../../etc/passwd",
  "%2e%2e/%2e%2e/outside.json",
  "..%2F..%2Foutside.json",
  "..\\..\\outside.json",
  "file:///etc/passwd",
  "C:\\x.json",
  "//host/share.json",
])("a reference out of the project is refused: %s", (reference) => {
  const read: string[] = [];
  const result = readFiles({ "root.json": { $ref: reference } });
  expect(result.diagnostics).toMatchObject([{ code: "read/ref-outside-root", at: { file: "root.json", line: 1, column: 2 } }]);
  expect(read).toEqual([]);
});
