export type LSPAny = LSPObject | LSPArray | string | number | boolean | null;
export interface LSPObject { [key: string]: LSPAny }
export type LSPArray = LSPAny[];
export namespace Severity { export const Error: 1 = 1; export const Warning: 2 = 2 }
export type Severity = 1 | 2;
export interface Diagnostic { severity?: Severity; range: Range; data?: LSPAny; code: number | string; related: DiagnosticRelated[] | null }
interface Range { start: Position; end: Position }
interface Position { line: number; character: number }
interface DiagnosticRelated extends Omit<Diagnostic, "related" | "data">, Partial<Extra> { more: true }
interface Extra { x: string; y?: number }
type DeepReadonly<T> = T extends (infer U)[] ? readonly DeepReadonly<U>[] : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Frozen = DeepReadonly<Diagnostic>;
export interface Nested { a: { b: { c: Nested | null }[] } | undefined; self: Partial<Nested>; pick: Pick<Nested, "a"> }
type Prettify<T> = { [K in keyof T]: T[K] } & {};
export type Pretty = Prettify<Range & { label: string }>;
export type Either = { a: 1 } | ({ b: 2 } & { c: 3 });
export type Opt = Partial<Record<"x" | "y", { n: number }>>;
export interface Callbacks { name: string; /** @skip */ on?: (e: string) => void }
export type FromConst = { [K in keyof typeof table]: (typeof table)[K] };
const table = { a: 1, b: "x", c: [1, 2], d: { e: true } };
export type Un<T extends string = "a"> = { k: T };
export interface UsesUn { u: Un; v: Un<"b" | "c"> }
export interface Weird { "a-b": string; 1: number; [Symbol.iterator]?: string; get: string; set?: number; type: "x" }
export type Opaque<T> = T & { readonly __opaque__: "o" };
export interface O { id: Opaque<string>; l: Opaque<string>[] }
