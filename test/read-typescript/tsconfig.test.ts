import { expect, test } from "vitest";
import { readAll, readOne, told, user } from "./read-texts.js";

test("paths and extends of the nearest tsconfig; another package's tsconfig counts for its own sources", () => {
  const results = readAll(
    {
      "packages/a/tsconfig.json": '{ "extends": "../../base.json", "compilerOptions": { "paths": { "#types/*": ["./types/*"] } } }',
      "packages/b/tsconfig.json":
        '{ "extends": "../../base.json", "compilerOptions": { "paths": { "#types/*": ["./other/*"] }, "module": "nodenext", "moduleResolution": "nodenext" } }',
      "base.json": '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }',
      "packages/a/types/user.ts": user,
      "packages/b/other/user.ts": "export type User = { id: number };",
      "packages/a/src/a.ts": 'import type { User } from "#types/user";\nexport interface A { user: User }',
      "packages/b/src/b.ts": 'import type { User } from "#types/user";\nexport interface B { user: User }',
    },
    "packages/a/src/a.ts",
    "packages/b/src/b.ts",
  );
  const [a, b] = [...results.values()];
  expect(a?.documents[0]).toMatchObject({
    typeImport: { extension: "none" },
    schema: { $defs: { User: { required: ["name", "role"] } } },
  });
  expect(b?.documents[0]).toMatchObject({ typeImport: { extension: "js" }, schema: { $defs: { User: { required: ["id"] } } } });
  expect(a?.dependencies).toEqual(["packages/a/src/a.ts", "packages/a/types/user.ts", "packages/a/tsconfig.json", "base.json"]);
});

test("a tsconfig that leaves its files to others: the one that includes the source counts", () => {
  const texts = {
    "tsconfig.json":
      '{ "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" }, { "path": "./lib" }, { "path": "./gone" }] }',
    "tsconfig.node.json":
      '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true }, "include": ["vite.config.ts", "./scripts"] }',
    "tsconfig.app.json":
      '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "paths": { "@/*": ["./src/*"] } }, "include": ["src"], "exclude": ["src/old"] }',
    "lib/tsconfig.json": "{}",
    "src/user.ts": user,
    "src/schemas/a.ts": 'import type { User } from "@/user";\nexport interface A { user: User }',
    "src/old/b.ts": "export interface B { b: 1 }",
    "scripts/c.ts": "export interface C { c: 1 }",
  };
  const results = readAll(texts, "src/schemas/a.ts", "src/old/b.ts", "scripts/c.ts");
  expect([...results.values()].map(told)).toEqual([[], [], []]);
  expect([...results.values()].map(({ documents }) => documents[0]?.typeImport?.extension)).toEqual(["none", "js", "ts"]);
  expect(results.get("src/schemas/a.ts")?.dependencies).toEqual(
    expect.arrayContaining(["src/user.ts", "tsconfig.json", "tsconfig.app.json"]),
  );
});

test.each([
  ["nodenext", '"module": "nodenext"', "js"],
  ["bundler", '"module": "esnext", "moduleResolution": "bundler"', "none"],
  ["TypeScript extensions", '"module": "nodenext", "allowImportingTsExtensions": true', "ts"],
  ["rewritten extensions", '"module": "nodenext", "rewriteRelativeImportExtensions": true', "ts"],
])("specifiers under %s", (_name, options, extension) => {
  const result = readOne({ "a.ts": "export interface A { a: 1 }", "tsconfig.json": `{ "compilerOptions": { ${options} } }` }, "a.ts");
  expect(result.documents[0]?.typeImport?.extension).toBe(extension);
});

test("types of JavaScript's comments, and of JSON files", () => {
  const result = readOne(
    {
      "tsconfig.json":
        '{ "compilerOptions": { "allowJs": true, "resolveJsonModule": true, "module": "esnext", "moduleResolution": "bundler" } }',
      "a.ts":
        'import type { User, State } from "./user.js";\nimport type data from "./data.json";\nexport interface A { user: User; state: State; data: typeof data }',
      "user.js":
        '/**\n * A user.\n * @typedef {object} User\n * @property {string} name\n * @property {number} [age]\n */\n/** @typedef {"b" | "a"} State */\nexport {};',
      "data.json": '{ "title": "x", "list": [1] }',
    },
    "a.ts",
  );
  expect(told(result)).toEqual([]);
  expect(result.documents[0]?.schema).toMatchObject({
    properties: { data: { properties: { title: { type: "string" }, list: { items: { type: "number" } } } } },
    $defs: { User: { required: ["name"], properties: { age: { type: "number" } } }, State: { enum: ["b", "a"] } },
  });
});

test.each([
  ["no JSON", '{ "compilerOptions": {', ["tsconfig.json:1:23 read/ts-config"]],
  ["no JSON in what it extends", '{ "extends": "./base.json" }', ["base.json:2:1 read/ts-config"]],
  [
    "an option we use",
    '{ "compilerOptions": { "module": "newest", "paths": 3 } }',
    ["1:34", "1:53"].map((at) => `tsconfig.json:${at} read/ts-config`),
  ],
  ["options of newer compilers", '{ "compilerOptions": { "target": "es2040", "lib": ["es2040"], "isolatedWorlds": true } }', []],
  ["what we never look at", '{ "include": 3, "files": [], "references": [{ "path": "../nowhere" }] }', []],
])("a tsconfig with %s", (_what, text, expected) => {
  const texts = { "a.ts": 'import type { User } from "#user";\nexport interface A { a: 1 }', "tsconfig.json": text, "base.json": "{\n" };
  const result = told(readOne(texts, "a.ts")).filter((line) => !line.endsWith("read/ts-import"));
  expect(result).toEqual(expected);
});

test("a tsconfig that extends a package's", () => {
  const result = readOne(
    {
      "a.ts": 'import type { User } from "~/user";\nexport interface A { user: User }',
      "user.ts": user,
      "tsconfig.json": '{ "extends": ["@tsconfig/base/tsconfig.json"], "compilerOptions": { "paths": { "~/*": ["./*"] } } }',
      "node_modules/@tsconfig/base/package.json": '{ "name": "@tsconfig/base" }',
      "node_modules/@tsconfig/base/tsconfig.json":
        '{ "compilerOptions": { "module": "preserve", "moduleResolution": "bundler", "lib": ["dom"], "noUnusedLocals": true } }',
    },
    "a.ts",
  );
  expect(told(result)).toEqual([]);
  expect(result.documents[0]?.typeImport?.extension).toBe("none");
  expect(result.dependencies).toContain("node_modules/@tsconfig/base/tsconfig.json");
});
