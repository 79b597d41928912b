import { describe, expect, test } from "vitest";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import { readAll, readOne, told, user } from "./read-texts.js";

describe("where types come from", () => {
  test("a package's declarations, by its exports, types and sub-paths", () => {
    const result = readOne(
      {
        "a.ts":
          'import type { User } from "models"; import type { Sub } from "models/sub"; import type { Old } from "old"; import type { Untyped } from "types-apart";\nexport interface A { user: User; sub: Sub; old: Old; apart: Untyped }',
        "tsconfig.json": '{ "compilerOptions": { "module": "nodenext" } }',
        "node_modules/models/package.json":
          '{ "name": "models", "exports": { ".": { "types": "./lib/index.d.ts" }, "./sub": "./lib/sub.js" } }',
        "node_modules/models/lib/index.d.ts": user,
        "node_modules/models/lib/sub.d.ts": 'import { User } from "./index.js"; export type Sub = Pick<User, "role">;',
        "node_modules/old/package.json": '{ "name": "old", "typings": "types" }',
        "node_modules/old/types.d.ts": 'export type Old = { x: Map<string, string>["size"] | 1 };',
        "node_modules/@types/types-apart/index.d.ts": "export interface Untyped { y: 1 }",
      },
      "a.ts",
    );
    expect(told(result)).toEqual([]);
    expect(result.documents[0]?.schema).toMatchObject({
      properties: { user: { $ref: "#/$defs/User" }, apart: { $ref: "#/$defs/Untyped" } },
      $defs: { Sub: { properties: { role: { enum: ["b", "a"] } } } },
    });
    expect(result.dependencies).toContain("node_modules/models/lib/index.d.ts");
    expect(result.dependencies).toContain("tsconfig.json");
  });

  test("a package installed above the root of the project", () => {
    const result = readOne(
      { "a.ts": 'import type { User } from "models";\nexport type A = { user: User };', "../node_modules/models/index.d.ts": user },
      "a.ts",
    );
    expect(told(result)).toEqual([]);
    expect(result.dependencies).toContain("../node_modules/models/index.d.ts");
  });

  test("a package's comments: of its data, not of its tools; code as an example is passed over", () => {
    const result = readOne(
      {
        "a.ts":
          'import type { Loose, User } from "models";\n/** Mine. */\nexport type A = Loose<{ user: User; list: Loose<User>[] }>;\nexport type B = Loose<User>;',
        "node_modules/models/index.d.ts": [
          "/** Makes all optional. @example\n * ```\n * Loose<User>\n * ``` */",
          "export type Loose<T> = { [K in keyof T]?: T[K] };",
          "/** A user. @example\n * ```\n * const user: User = get();\n * ``` */",
          "export interface User { name: string }",
        ].join("\n"),
      },
      "a.ts",
    );
    expect(told(result)).toEqual([]);
    const [a, b] = result.documents;
    expect(a?.schema).toMatchObject({ description: "Mine.", $defs: { User: { description: "A user." } } });
    expect(JSON.stringify([a, b])).not.toMatch(/Makes|const user|Loose<User>/);
  });

  test("re-exports: a package's types count where they are named, a project's own where they are declared", () => {
    const texts = {
      "schemas/index.ts":
        'export * from "./user.js"; export type { User } from "./user.js"; export type { Thing } from "things"; export * from "others";',
      "schemas/user.ts": user,
      "node_modules/things/index.d.ts": "export interface Thing { t: 1 }",
      "node_modules/others/index.d.ts": "export interface Other { o: 1 }",
    };
    expect(readOne(texts, "schemas/index.ts").documents.map(({ name }) => name)).toEqual(["Thing"]);
    const tagged = { ...texts, "schemas/index.ts": '/** @extract name=Renamed */\nexport type { User as U } from "./user.js";' };
    expect(readOne(tagged, "schemas/index.ts").documents.map(({ name, typeImport }) => [name, typeImport?.exportName])).toEqual([
      ["Renamed", "U"],
    ]);
  });

  test("only what is reached is read", () => {
    const asked: string[] = [];
    const texts: Readonly<Record<string, string>> = {
      "a.ts": 'import type { User } from "./user.js";\nexport interface A { u: User }',
      "user.ts": user,
      "unrelated.ts": "syntax error (",
    };
    const files = { read: (file: string) => (asked.push(file), texts[file]) };
    expect(readTypeScript({ root: "/project", sources: ["a.ts"], files }).get("a.ts")?.dependencies).toEqual(["a.ts", "user.ts"]);
    expect(asked.filter((file) => file.endsWith("unrelated.ts"))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

test("what is to be said of a package's type is told where the source comes to it", () => {
  const texts = {
    "a.ts": 'import type { User } from "models";\nexport interface A {\n  user: User;\n}',
    "node_modules/models/index.d.ts": "export interface User { name: string }",
  };
  const [document] = readOne(texts, "a.ts").documents;
  expect(document?.locate("/$defs/User/properties/name")).toMatchObject({ file: "a.ts", line: 3, column: 9 });
});

describe("faults", () => {
  test("a declaration file, a file that is not there, a broken tsconfig", () => {
    const results = readAll(
      { "a.d.ts": user, "b.ts": user, "tsconfig.json": '{ "extends": "./nowhere.json" }' },
      "a.d.ts",
      "gone.ts",
      "b.ts",
    );
    expect([...results.values()].map(told)).toEqual([
      ["a.d.ts:1:1 read/ts-declaration-file"],
      ["read/ts-missing-file"],
      ["tsconfig.json:1:1 read/ts-config"],
    ]);
    expect([...results.keys()]).toEqual(["a.d.ts", "gone.ts", "b.ts"]);
  });

  test("a fault of one source leaves the others whole", () => {
    const results = readAll({ "a.ts": "export interface A { x: Nowhere }", "b.ts": user }, "a.ts", "b.ts");
    expect([...results.values()].map(({ documents }) => documents.length)).toEqual([0, 1]);
    expect(told(results.get("a.ts") ?? { documents: [], diagnostics: [], dependencies: [] })).toEqual(["a.ts:1:25 read/ts-unknown-name"]);
  });

  test("types the small lib lacks come from TypeScript's own", () => {
    const text =
      "export interface A { a: ReturnType<typeof Number.parseInt>; e: Parameters<string['startsWith']>[0] }\ninterface Unused { on(event: MouseEvent): void }";
    const result = readOne({ "a.ts": text }, "a.ts");
    expect(told(result)).toEqual([]);
    expect(result.documents[0]?.schema).toMatchObject({ properties: { a: { type: "number" }, e: { type: "string" } } });
  });

  test("values are not judged, types are", () => {
    const text = "/** @extract */\nexport interface A { a: 1 }\nexport const wrong: number = document.title;\nconst other = missing();\n";
    expect(told(readOne({ "a.ts": text }, "a.ts"))).toEqual([]);
  });
});

test("a pointer leads to where its part was written", () => {
  const text = `import type { User } from "./user.js";
/** A list. */
export interface Team {
  lead: User;
  members?: { since: number; user: User }[];
}
`;
  const result = readOne({ "team.ts": text, "user.ts": `\n${user}` }, "team.ts");
  const locate = result.documents[0]?.locate ?? ((): never => expect.unreachable());
  expect(locate("")).toEqual({ file: "team.ts", line: 3, column: 18, length: 4 });
  expect(locate("/properties/lead")).toEqual({ file: "team.ts", line: 4, column: 3, length: 4 });
  expect(locate("/properties/members/items/properties/since/type")).toEqual({ file: "team.ts", line: 5, column: 15, length: 5 });
  expect(locate("/$defs/User")).toEqual({ file: "user.ts", line: 2, column: 18, length: 4 });
  expect(locate("/$defs/User/properties/role/enum/0")).toMatchObject({ file: "user.ts", line: 2, column: 39 });
  expect(locate("/nowhere/at/all")).toMatchObject({ file: "team.ts", line: 3 });
});

test.each([
  ["a.mts", "mts"],
  ["a.cts", "cts"],
  ["a.tsx", "tsx"],
])("%s is a source", (source) => {
  const result = readOne({ [source]: "/** @extract */\nexport default interface Main { a: 1 }" }, source);
  expect(told(result)).toEqual([]);
  expect(result.documents.map(({ name, typeImport }) => [name, typeImport?.exportName, typeImport?.file])).toEqual([
    ["Main", "default", source],
  ]);
});

test("hostile names and comments stay data", () => {
  const text = [
    "export interface A {",
    '  "__proto__": string; "constructor"?: number; "a*/b": boolean; "\\u2028": 1; "${x}": "`";',
    '  /** ends *\\/ and $& and `code` @default "*\\/" */ x: string;',
    "}",
  ].join("\n");
  const result = readOne({ "a.ts": text }, "a.ts");
  expect(told(result)).toEqual([]);
  const schema = result.documents[0]?.schema;
  const properties = typeof schema === "object" ? (schema["properties"] as object) : {};
  expect(Object.keys(properties)).toEqual(["__proto__", "constructor", "a*/b", "\u2028", "${x}", "x"]);
  expect(Object.getOwnPropertyDescriptor(properties, "x")?.value).toMatchObject({
    description: "ends */ and $& and `code`",
    default: "*/",
  });
});

describe("faults of types that come from elsewhere", () => {
  const files = {
    "node_modules/made/package.json": '{ "name": "made", "types": "./index.d.ts" }',
    "node_modules/made/index.d.ts":
      "export interface Loose { any: unknown }\n/** @minimum none */\nexport type Age = number;\nexport interface Client { send(): void }\n",
  };

  test("are told where the user came to them, with the place that holds them", () => {
    const source =
      'import type { Client, Loose } from "made";\nexport interface A {\n  loose: Loose;\n  client: Client;\n  names: Partial<Set<string>>;\n}';
    const result = readOne({ ...files, "a.ts": source }, "a.ts");
    expect(result.diagnostics.map(({ at, message }) => `${at?.file}:${at?.line}:${at?.column} ${message}`)).toEqual([
      "a.ts:3:10 unknown lets any JSON through; the model gets no guidance here (node_modules/made/index.d.ts:1:31).",
      "a.ts:4:11 send is a method: an extracted value is plain data and has none (node_modules/made/index.d.ts:4:27).",
      "a.ts:5:10 Partial<Set<string>> has no JSON form.",
    ]);
  });

  test("tags of a package's comments are not the user's to correct; a re-export has a place too", () => {
    const source = 'import type { Age } from "made";\nexport interface A { age: Age }\nexport { type Client } from "made";';
    expect(told(readOne({ ...files, "a.ts": source }, "a.ts"))).toEqual(["a.ts:3:10 read/ts-method"]);
  });
});

test("a generic type whose instances take turns has an end, however many they are", () => {
  const things = Array.from({ length: 20 }, (_, index) => `interface T${index} { next: Page<T${(index + 1) % 20}> | null }`).join("\n");
  const source = `interface Page<T> { items: T[] }\n${things}\nexport interface A { page: Page<T0> }`;
  expect(told(readOne({ "a.ts": source }, "a.ts"))).toEqual([]);
});
