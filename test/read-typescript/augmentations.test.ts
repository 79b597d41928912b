import { describe, expect, test } from "vitest";
import { readAll, readOne, told } from "./read-texts.js";

const order = "export interface Order { id: string }";
const augmentation = 'import type { Order } from "./order.js";\ndeclare module "./order.js" { interface Order { note?: string } }\n';
const models = { "node_modules/models/index.d.ts": "export interface User { name: string }" };

/** Files; the sources among them. What one means must not depend on the others. */
const together: Readonly<Record<string, readonly [Readonly<Record<string, string>>, readonly string[]]>> = {
  "a module of the project": [
    { "order.ts": order, "more.ts": `${augmentation}export interface More { order: Order }` },
    ["order.ts", "more.ts"],
  ],
  "a module that another source imports": [
    {
      "order.ts": order,
      "cart.ts": 'import type { Order } from "./order.js";\nexport interface Cart { order: Order }',
      "more.ts": `${augmentation}export interface More { order: Order }`,
    },
    ["cart.ts", "more.ts"],
  ],
  "a package": [
    {
      ...models,
      "a.ts": 'import type { User } from "models";\nexport interface A { user: User }',
      "b.ts":
        'import type { User } from "models";\ndeclare module "models" { interface User { age: number } }\nexport interface B { user: User }',
    },
    ["a.ts", "b.ts"],
  ],
  globals: [
    {
      "a.ts": "export interface A { tax: Tax }",
      "b.ts": "declare global { interface Tax { rate: number } }\nexport interface B { tax: Tax }",
    },
    ["a.ts", "b.ts"],
  ],
  "the runtime's own types": [
    {
      "a.ts": "export interface A { list: string[]; at: Date }",
      "b.ts": "declare global { interface Date { day: string } interface Array<T> { first: T } }\nexport interface B { n: number }",
    },
    ["a.ts", "b.ts"],
  ],
  "a script, which exports nothing": [
    { "a.ts": "export interface A { tax: Tax }", "script.ts": "interface Tax { rate: number }" },
    ["a.ts", "script.ts"],
  ],
  "a package's global name": [
    {
      "node_modules/models/index.d.ts": "export as namespace Models;\nexport interface User { name: string }",
      "a.ts": "export interface A { user: Models.User }",
      "b.ts": 'import type { User } from "models";\nexport interface B { user: User }',
    },
    ["a.ts", "b.ts"],
  ],
  "what a reference path leads to": [
    {
      "globals.d.ts": "interface Tax { rate: number }",
      "a.ts": "export interface A { tax: Tax }",
      "b.ts": '/// <reference path="./globals.d.ts" />\nexport interface B { tax: Tax }',
    },
    ["a.ts", "b.ts"],
  ],
  "the same two in another order": [
    {
      "order.ts": order,
      "x.ts": 'declare module "./order.js" { interface Order { x: 1 } }\nexport {};',
      "y.ts": 'declare module "./order.js" { interface Order { y: 1 } }\nexport {};',
      "a.ts": 'import "./x.js"; import "./y.js"; import type { Order } from "./order.js";\nexport type A = { order: Order };',
      "b.ts": 'import "./y.js"; import "./x.js"; import type { Order } from "./order.js";\nexport type B = { order: Order };',
    },
    ["a.ts", "b.ts"],
  ],
};

describe("what adds to other modules counts where it is reached", () => {
  test.each(Object.entries(together))("%s", (_what, [texts, sources]) => {
    for (const order of [sources, sources.toReversed()]) {
      const results = readAll(texts, ...order);
      for (const source of sources) {
        const [shared, alone] = [results.get(source), readOne(texts, source)];
        expect(JSON.stringify(shared?.documents), source).toBe(JSON.stringify(alone.documents));
        expect(shared?.diagnostics, source).toEqual(alone.diagnostics);
      }
    }
  });

  test("an import of the file brings it, and the result depends on it", () => {
    const texts = {
      "order.ts": order,
      "note.ts": augmentation,
      "a.ts": 'import "./note.js";\nimport type { Order } from "./order.js";\nexport interface A { order: Order }',
    };
    const result = readOne(texts, "a.ts");
    expect(result.documents[0]?.schema).toMatchObject({ $defs: { Order: { properties: { id: {}, note: {} } } } });
    expect(result.dependencies).toContain("note.ts");
    expect(readOne(texts, "order.ts").documents[0]?.schema).toMatchObject({ properties: { id: {} } });
  });

  test("so does a reference, also by a name of types", () => {
    const texts = {
      "types/globals.d.ts": "interface Tax { rate: number }",
      "node_modules/@types/money/index.d.ts": "interface Money { amount: number }",
      "a.ts": '/// <reference path="types/globals.d.ts" />\n/// <reference types="money" />\nexport interface A { tax: Tax; price: Money }',
    };
    const result = readOne(texts, "a.ts");
    expect(told(result)).toEqual([]);
    expect(result.documents[0]?.schema).toMatchObject({ $defs: { Tax: { required: ["rate"] }, Money: { required: ["amount"] } } });
    expect(result.dependencies).toEqual(expect.arrayContaining(["types/globals.d.ts", "node_modules/@types/money/index.d.ts"]));
  });
});
