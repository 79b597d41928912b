import { describe, expect, test } from "vitest";
import type { SchemaDocument, SchemaObject } from "../../src/read/schema-document.js";
import { fileShapes } from "../../src/emit/file-shapes.js";
import { emitPartialTypes } from "../../src/emit/partial-types.js";
import { typeNames } from "../../src/emit/type-names.js";
import { quote } from "../../src/emit/text.js";
import { emitTypes } from "../../src/emit/types.js";
import { documentOf } from "./documents.js";
import { typeCheck } from "./type-check.js";

async function types(...documents: readonly SchemaDocument[]): Promise<string> {
  return emitTypes(fileShapes(documents, typeNames(documents)));
}

function partials(...documents: readonly SchemaDocument[]): string {
  const names = typeNames(documents);
  return emitPartialTypes(fileShapes(documents, names), new Set(documents.map((document) => names.of(document).root)));
}

const named = (document: SchemaDocument): unknown => [...typeNames([document]).of(document).definitions];

const clash = (first: string, second: string): unknown =>
  typeNames([documentOf({}, first), documentOf({}, second)]).diagnostics.map((one) => one.code);

const object = (properties: SchemaObject, more: SchemaObject = {}): SchemaObject => ({ type: "object", properties, ...more });

describe("emitTypes", () => {
  test("an object with its docs, references and names, as a person would write it", async () => {
    const schema = object(
      {
        name: { type: "string", description: "Full name,\nas written." },
        "e-mail": { type: "string", format: "email", default: "a@b.co" },
        homes: { type: "array", items: { $ref: "#/$defs/street-address" } },
        old: { type: ["integer", "null"], deprecated: true },
      },
      {
        description: "A person.",
        required: ["name"],
        $defs: {
          "street-address": object(
            { city: { type: "string" }, of: { $ref: "#/$defs/street-address", description: "The one before." } },
            { required: ["city"] },
          ),
        },
      },
    );
    expect(await types(documentOf(schema))).toBe(`/** A person. */
export interface User {
  /**
   * Full name,
   * as written.
   */
  name: string;
  /**
   * @default "a@b.co"
   * @format email
   */
  "e-mail"?: string;
  homes?: StreetAddress[];
  /** @deprecated */
  old?: number | null;
}

export interface StreetAddress {
  city: string;
  /** The one before. */
  of?: StreetAddress;
}
`);
  });

  // What json-schema-to-typescript 16 prints for these by itself is wrong; see src/emit/for-types.ts.
  test.each<[string, SchemaObject | boolean, string]>([
    ["prefixItems", { prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 }, "[string, number]"],
    [
      "prefixItems that may be missing",
      { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
      "[] | [string] | [string, number]",
    ],
    [
      "prefixItems with a rest",
      { type: "array", prefixItems: [{ type: "string" }], items: { type: "number" }, minItems: 1 },
      "[string, ...number[]]",
    ],
    ["bounds of lists", { type: "array", items: { type: "string" }, minItems: 1, maxItems: 20 }, "string[]"],
    ["true", true, "unknown"],
    ["false", false, "never"],
    ["not a type", { not: { type: "string" } }, "number | boolean | null | unknown[] | { [key: string]: unknown }"],
    ["no type, a string's bound", { minLength: 3 }, "unknown"],
    ["no type, properties: the type itself", { properties: { a: { type: "string" } } }, "{\n  a?: string;\n}"],
    [
      "no type, properties: a part",
      { type: "array", items: { properties: { a: { type: "string" } } } },
      "({\n  a?: string;\n} | unknown[] | string | number | boolean | null)[]",
    ],
    [
      "no type beside one that has it",
      { type: "array", items: { allOf: [{ type: "object" }, { properties: { a: { type: "string" } } }] } },
      "{\n  a?: string;\n}[]",
    ],
    ["const object", { const: { a: [1, "x"] } }, '{\n  a: [1, "x"];\n}'],
    ["enum and type", { type: "string", enum: ["a", 1, "b"] }, '"a" | "b"'],
    ["nullable enum", { type: ["string", "null"], enum: ["a", null] }, '"a" | null'],
    ["true and false", { enum: [true, false, "maybe"] }, 'boolean | "maybe"'],
    ["a map", { type: "object", additionalProperties: { type: "number" } }, "{\n  [key: string]: number;\n}"],
    ["any object", { type: "object" }, "{ [key: string]: unknown }"],
    ["no property allowed", { type: "object", additionalProperties: false }, "{ [key: string]: never }"],
    [
      "a map with listed keys",
      { type: "object", propertyNames: { enum: ["a", "b"] }, additionalProperties: { type: "number" }, required: ["a"] },
      "{\n  a: number;\n  b?: number;\n}",
    ],
    [
      "allOf of objects",
      { allOf: [object({ a: { type: "string" } }, { required: ["a"] }), object({ b: { type: "number" } })] },
      "{\n  a: string;\n  b?: number;\n}",
    ],
    [
      "one of two required",
      { ...object({ a: { type: "string" }, b: { type: "number" } }), anyOf: [{ required: ["a"] }, { required: ["b"] }] },
      "{\n  a: string;\n  b?: number;\n} | {\n  a?: string;\n  b: number;\n}",
    ],
    [
      "if, then, else",
      { ...object({ a: { type: "string" } }), if: { required: ["a"] }, ["then" as string]: object({ b: { type: "number" } }) },
      "{\n  a?: string;\n  b?: number;\n}",
    ],
    [
      "oneOf",
      { oneOf: [{ type: "string" }, { type: "array", items: { oneOf: [{ type: "number" }, { type: "null" }] } }] },
      "string | (number | null)[]",
    ],
    [
      "properties and a map",
      { ...object({ a: { type: "string" } }), additionalProperties: { type: "number" } },
      "{\n  a?: string;\n  [key: string]: number | string | undefined;\n}",
    ],
    [
      "declared open",
      { ...object({ a: { type: "string" } }), "x-extract": { open: true } },
      "{\n  a?: string;\n  [key: string]: unknown;\n}",
    ],
    ["not declared open", { ...object({ a: { type: "string" } }), additionalProperties: true }, "{\n  a?: string;\n}"],
    ["left off the wire", object({ a: { type: "string", "x-skip": true } }), "{\n  a?: string;\n}"],
    [
      "an alias of itself",
      { anyOf: [{ $ref: "#/$defs/A" }, { type: "number" }], $defs: { A: { anyOf: [{ $ref: "#/$defs/A" }, { type: "string" }] } } },
      "A | number",
    ],
    ["text for the package", { type: "string", tsType: "evil()", tsEnumNames: ["a"], title: "Other" }, "string"],
  ])("%s", async (_, schema, expected) => {
    const text = await types(documentOf(schema));
    const type = text
      .replace(/\n\nexport type A[^]*$/, "\n")
      .replace(/^[^]*?export (?:type User = |interface User )/, "")
      .replace(/;?\n$/, "");
    expect(type).toBe(expected);
  });

  test("a root that only refers to a definition is that definition", async () => {
    const schema = { $ref: "#/$defs/Person", $defs: { Person: object({ parent: { $ref: "#/$defs/Person" } }) } };
    expect(await types(documentOf(schema))).toBe("export interface User {\n  parent?: User;\n}\n");
  });

  test("names don't depend on the order of references", async () => {
    const defs = {
      "a b": { type: "string", enum: ["1"] },
      "a-b": { type: "string", enum: ["2"] },
      Array: { type: "number" },
      User: object({}),
    };
    const properties = Object.fromEntries(Object.keys(defs).map((key) => [`to ${key}`, { $ref: `#/$defs/${key}` }]));
    const forwards = documentOf(object(properties, { $defs: defs }));
    const backwards = documentOf(object(Object.fromEntries(Object.entries(properties).toReversed()), { $defs: defs }));
    expect(named(forwards)).toEqual(named(backwards));
    expect(named(forwards)).toEqual([
      ["Array", "UserArray"],
      ["User", "UserUser"],
      ["a b", "AB"],
      ["a-b", "UserAB"],
    ]);
  });

  test("roots that would export the same name are told", () => {
    expect([clash("User", "User"), clash("User", "UserList"), clash("User", "Order")]).toEqual([
      ["emit/name-clash"],
      ["emit/name-clash"],
      [],
    ]);
  });

  test("documents of one file share a definition that is the same, and only that", () => {
    const [same, other] = [{ Money: object({ a: { type: "number" } }) }, { Money: object({ b: { type: "number" } }) }];
    const imported = { typeImport: { exportName: "X", file: "x.ts" } };
    const documents = [
      documentOf({ $defs: same }, "A", imported),
      documentOf({ $defs: same }, "B", imported),
      documentOf({ $defs: other }, "D", imported),
    ];
    const names = typeNames(documents);
    expect(documents.map((document) => names.of(document).definitions.get("Money"))).toEqual(["Money", "Money", "DMoney"]);
  });

  test("a definition that is another root of the file has the root's name", () => {
    const imported = { typeImport: { exportName: "X", file: "x.ts" } };
    const customer = object({ name: { type: "string" }, pays: { $ref: "#/$defs/Money" } });
    const money = object({ amount: { type: "number" } });
    const order = documentOf(
      object({ by: { $ref: "#/$defs/Customer" } }, { $defs: { Customer: customer, Money: money } }),
      "Order",
      imported,
    );
    const root = documentOf({ ...customer, $defs: { Money: money } }, "Customer", imported);
    expect([...typeNames([order, root]).of(order).definitions.values()]).toEqual(["Customer", "Money"]);
    expect(partials(order, root).match(/export interface \w+/g)).toEqual([
      "export interface OrderPartial",
      "export interface CustomerPartial",
      "export interface MoneyPartial",
    ]);
  });

  test("keys of which nothing is valid", async () => {
    const document = documentOf({ type: "object", additionalProperties: { type: "integer", enum: ["a"] } });
    expect(await types(document)).toContain("[key: string]: never");
    expect(partials(document)).toContain("readonly [key: string]: never;");
  });

  test("a type that is imported is not printed, but its partial type is", async () => {
    const document = documentOf(object({ level: { $ref: "#/$defs/Level" } }, { $defs: { Level: { enum: ["low", "high"] } } }), "User", {
      typeImport: { exportName: "User", file: "u.ts" },
    });
    expect(await types(document)).toBe("");
    expect(partials(document)).toContain('readonly level?: "low" | "high";');
  });
});

describe("emitPartialTypes", () => {
  test("properties come and go, lists and objects grow, the rest is whole", () => {
    const schema = object(
      {
        name: { type: "string" },
        kind: { enum: ["a", "b"] },
        tags: { type: "array", items: { type: ["string", "null"] } },
        pair: {
          type: "array",
          prefixItems: [{ type: "string" }, object({ x: { type: "number" } })],
          items: { type: "boolean" },
          minItems: 2,
        },
        map: { type: "object", additionalProperties: { $ref: "#/$defs/Node" } },
        any: {},
      },
      {
        required: ["name"],
        $defs: { Node: object({ next: { $ref: "#/$defs/Node" }, id: { $ref: "#/$defs/Id" } }), Id: { type: "integer" } },
      },
    );
    expect(partials(documentOf(schema))).toBe(`/** A User while it arrives: strings grow, everything else is complete or absent. */
export interface UserPartial {
  readonly name?: string;
  readonly kind?: "a" | "b";
  readonly tags?: readonly (string | null)[];
  readonly pair?: readonly [string?, {
    readonly x?: number;
  }?, ...boolean[]];
  readonly map?: {
    readonly [key: string]: NodePartial;
  };
  readonly any?: unknown;
}

/** A Node while it arrives: strings grow, everything else is complete or absent. */
export interface NodePartial {
  readonly next?: NodePartial;
  readonly id?: number;
}
`);
  });
});

test("hostile text stays text, and the types compile and mean what they say", async () => {
  const hostile = [
    "*/ export const evil = 1; /*",
    "${evil}",
    "`",
    '"',
    "\\",
    "\u2028",
    "\u202E",
    "__proto__",
    "constructor",
    "[k: string]",
    "",
    "a\nb",
    "$ref",
    "T0_",
    "C0_",
    "\uE000x",
    "@ts-ignore",
  ];
  const properties = JSON.parse(
    `{${hostile.map((text) => `${JSON.stringify(text)}: ${JSON.stringify({ enum: [text], description: text, title: text, default: text })}`).join(",")}}`,
  ) as SchemaObject;
  const document = documentOf(object(properties, { required: hostile, description: hostile.join("\n"), $defs: {} }));
  const text = `${await types(document)}\n${partials(document)}`;
  expect(text).not.toMatch(/[\u2028\u202E\uE000]/);
  const value = `{${hostile.map((key) => `[${quote(key)}]: ${quote(key)}`).join(", ")}}`;
  const wrong = value.replace('__proto__"]: "__proto__', '__proto__"]: "other');
  const faults = await typeCheck(
    new Map([
      [
        "user.ts",
        `${text}\nexport const right: User = ${value};\nexport const growing: UserPartial = right;\nexport const wrong: User = ${wrong};\n`,
      ],
    ]),
  );
  const lines = text.split("\n").length;
  expect(faults.map((fault) => `${fault.line - lines} ${fault.text}`)).toEqual([expect.stringMatching(/^3 .*"other/)]);
});
