import { revive } from "@schemacast/runtime/v1";
import { describe, expect, test } from "vitest";
import { revivePlan } from "../../src/emit/revive-plan.js";
import type { SchemaObject } from "../../src/read/schema-document.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import { memoryReader } from "./disk-reader.js";

const day = "2024-02-29T12:00:00Z";
const date = new Date(day);

function planOf(text: string): ReturnType<typeof revivePlan> {
  const result = readTypeScript({ root: "/p", sources: ["a.ts"], files: memoryReader({ "a.ts": text }) }).get("a.ts");
  expect(result?.diagnostics).toEqual([]);
  return revivePlan(result?.documents[0]?.schema ?? {});
}

function revived(text: string, value: unknown): unknown {
  const plan = planOf(text);
  expect(plan).toBeDefined();
  const before = JSON.stringify(value);
  const made: unknown = plan && revive(plan, value);
  expect(JSON.stringify(value), "the value itself is left as it is").toBe(before);
  return made;
}

describe("revive", () => {
  test.each<[string, string, unknown, unknown]>([
    ["a property", "export interface A { at: Date; name: string }", { at: day, name: day }, { at: date, name: day }],
    ["optional and null", "export interface A { a?: Date; b: Date | null }", { b: null }, { b: null }],
    [
      "lists, tuples and maps",
      "export interface A { l: Date[]; t: [string, Date, ...Date[]]; m: Record<string, Date> }",
      { l: [day], t: [day, day, day], m: { x: day } },
      { l: [date], t: [day, date, date], m: { x: date } },
    ],
    [
      "recursion",
      "export interface A { at?: Date; children: A[] }",
      { children: [{ at: day, children: [] }] },
      { children: [{ at: date, children: [] }] },
    ],
    ["a tagged union", "export type A = { k: 'a'; v: Date } | { k: 'b'; v: string }", { k: "b", v: day }, { k: "b", v: day }],
    ["the other branch", "export type A = { k: 'a'; v: Date } | { k: 'b'; v: string }", { k: "a", v: day }, { k: "a", v: date }],
    [
      "a union told by keys",
      "export interface A { x: { from: Date } | { name: string } | null }",
      { x: { from: day } },
      { x: { from: date } },
    ],
    ["Date or text, a date", "export interface A { x: string | Date }", { x: day }, { x: date }],
    ["Date or text, a text", "export interface A { x: string | Date }", { x: "soon" }, { x: "soon" }],
    ["a date or dates", "export interface A { x: Date | Date[] }", { x: [day] }, { x: [date] }],
    ["beside an index signature", "export interface A { x: Date; [key: string]: Date }", { x: day, y: day }, { x: date, y: date }],
    ["a leap second", "export interface A { x: Date }", { x: "2016-12-31T23:59:60Z" }, { x: new Date("2016-12-31T23:59:59Z") }],
  ])("%s", (_name, text, value, expected) => {
    expect(revived(text, value)).toEqual(expected);
  });

  test("nothing to revive, no plan", () => {
    expect(planOf("export interface A { x: string; y?: A }")).toBeUndefined();
  });

  test("a hostile key is an own member", () => {
    const schema: SchemaObject = { type: "object", properties: Object.fromEntries([["__proto__", { "x-revive": "Date" }]]) };
    const plan = revivePlan(schema);
    const made: unknown = plan && revive(plan, JSON.parse(`{"__proto__":"${day}"}`));
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(made, "__proto__")?.value).toEqual(date);
  });
});
