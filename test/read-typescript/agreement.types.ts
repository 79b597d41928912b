// Checked by `tsc -p test/tsconfig.json`: a wrong line is a compile error.
import type { Agreement } from "@schemacast/runtime/v1";

declare const brand: unique symbol;
type Id = string & { readonly [brand]: "Id" };
declare enum State {
  Open = "open",
  Closed = "closed",
}
declare enum Level {
  Low = 1,
  High = 2,
}
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonShape = string | number | boolean | null | JsonShape[] | { [key: string]: JsonShape };

interface Base {
  readonly id: Id;
  state: State;
  level?: Level;
}
interface Order extends Base {
  readonly lines: readonly { sku: `sku-${number}`; count: number; note?: string }[];
  placed: Date;
  paid: Date | null;
  pair: [x: number, y?: string, ...rest: boolean[]];
  parent?: Order;
  extra: Record<string, number>;
  json: Json;
  loose: unknown;
  any?: any; // oxlint-disable-line typescript/no-explicit-any
  maybe: string | undefined;
  never?: never;
  only: State.Open;
  skip?: () => void;
}
interface OrderShape {
  id: string;
  state: "open" | "closed";
  level?: 1 | 2;
  lines: { sku: string; count: number; note?: string }[];
  placed: Date;
  paid: Date | null;
  pair: [number, string?, ...boolean[]];
  parent?: OrderShape;
  extra: { [key: string]: number };
  json: JsonShape;
  loose: unknown;
  any?: unknown;
  maybe?: string;
  only: "open";
}

export const orderAgrees: Agreement<Order, OrderShape> = true;
export const openAgrees: Agreement<{ a?: string; [key: string]: unknown }, { a?: string; [key: string]: unknown }> = true;
export const typedOpenAgrees: Agreement<
  { a?: string; [key: string]: string | undefined },
  { a?: string; [key: string]: string | undefined }
> = true;
export const unionAgrees: Agreement<"b" | "a" | 1 | true | null, null | true | 1 | "a" | "b"> = true;
export const atLeastAgrees: Agreement<{ a: string[] & { 0: string } }, { a: string[] }> = true;
export const countedAgrees: Agreement<{ a: string[] & { length: 2 }; b: [] }, { a: string[]; b: [] }> = true;
export const tupleAgrees: Agreement<[a: string, ...rest: number[]], [string, ...number[]]> = true;
export const brandedTupleAgrees: Agreement<[string, Date?, ...number[]] & { readonly [brand]: "P" }, [string, Date?, ...number[]]> = true;
export const brandedListAgrees: Agreement<readonly string[] & { readonly __brand: "L" }, string[]> = true;
export const perhapsAgrees: Agreement<{ a: string } | undefined, { a: string }> = true;
export const voidAgrees: Agreement<{ a: string } | void, { a: string }> = true;

class Point {
  x = 0;
  readonly y: number = 0;
  private readonly secret: string = "";
  protected kept(): string {
    return this.secret;
  }
}
export const classAgrees: Agreement<Point, { x: number; y: number }> = true;

// @ts-expect-error a new optional property
export const newOptional: Agreement<Order & { added?: string }, OrderShape> = true;
// @ts-expect-error a property that is gone
export const gone: Agreement<Omit<Order, "placed">, OrderShape> = true;
// @ts-expect-error a literal that was added
export const literal: Agreement<"a" | "b" | "c", "a" | "b"> = true;
// @ts-expect-error a property that became required
export const required: Agreement<{ a: string }, { a?: string }> = true;
// @ts-expect-error another type deep inside
export const deep: Agreement<{ a: { b: string[] }[] }, { a: { b: number[] }[] }> = true;
// @ts-expect-error another first item
export const tuple: Agreement<[a: string, ...rest: number[]], [number, ...number[]]> = true;
// @ts-expect-error another second item of a branded tuple
export const brandedTuple: Agreement<[string, number] & { readonly __brand: "P" }, [string, string]> = true;
// @ts-expect-error Date and string are two things
export const date: Agreement<{ a: Date }, { a: string }> = true;
// @ts-expect-error opened
export const opened: Agreement<{ a: string; [key: string]: string }, { a: string }> = true;
// @ts-expect-error null was added
export const nulled: Agreement<{ a: string | null }, { a: string }> = true;
// @ts-expect-error another item type of a recursive type
export const recursive: Agreement<Json, string | JsonShape[]> = true;
export const objectAgrees: Agreement<{ a: object; b: {} }, { a: { [key: string]: unknown }; b: {} }> = true; // oxlint-disable-line typescript/no-empty-object-type
