/** Where the small lib file lives in the program's file system; it is on no disk. */
export const miniLibPath = "/__schemacast__/lib.d.ts";

/**
 * The globals that types describing JSON can need, and those we refuse by name. The compiler's own lib costs 300 to 1,600 ms
 * and up to 63 files; a source that needs more gets it in a second program (`read-typescript.ts`).
 */
export const miniLibText = `
interface Array<T> { length: number; [n: number]: T; map<U>(f: (value: T, index: number, array: T[]) => U): U[]; }
interface ReadonlyArray<T> { readonly length: number; readonly [n: number]: T; map<U>(f: (value: T, index: number, array: readonly T[]) => U): U[]; }
interface ConcatArray<T> { readonly length: number; readonly [n: number]: T; }
interface Boolean { valueOf(): boolean; }
interface Number { toFixed(fractionDigits?: number): string; valueOf(): number; }
interface BigInt { valueOf(): bigint; }
interface BigIntConstructor { (value: string | number | bigint): bigint; }
interface String { readonly length: number; readonly [index: number]: string; valueOf(): string; }
interface Symbol { readonly description: string | undefined; valueOf(): symbol; }
interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol; readonly toStringTag: unique symbol; (description?: string): symbol; }
declare var Symbol: SymbolConstructor;
interface Object { constructor: Function; toString(): string; valueOf(): Object; }
interface Function { readonly name: string; readonly length: number; apply(self: any, args?: any): any; call(self: any, ...args: any[]): any; }
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface IArguments { [index: number]: any; length: number; }
interface RegExp { readonly source: string; test(text: string): boolean; }
interface Date { getTime(): number; toISOString(): string; }
interface Error { name: string; message: string; stack?: string; }
interface Iterator<T, R = any, N = any> { next(value?: N): unknown; }
interface Iterable<T, R = any, N = any> { [Symbol.iterator](): Iterator<T, R, N>; }
interface AsyncIterable<T, R = any, N = any> { [Symbol.asyncIterator](): unknown; }
interface PromiseLike<T> { then(f: (value: T) => unknown): PromiseLike<unknown>; }
interface Promise<T> { then(f: (value: T) => unknown): Promise<unknown>; }
interface Map<K, V> { get(key: K): V | undefined; set(key: K, value: V): this; }
interface ReadonlyMap<K, V> { get(key: K): V | undefined; }
interface WeakMap<K, V> { get(key: K): V | undefined; set(key: K, value: V): this; }
interface Set<T> { has(value: T): boolean; add(value: T): this; }
interface ReadonlySet<T> { has(value: T): boolean; }
interface WeakSet<T> { has(value: T): boolean; add(value: T): this; }
interface ArrayBuffer { readonly byteLength: number; slice(begin?: number, end?: number): ArrayBuffer; }
interface Uint8Array { readonly byteLength: number; [index: number]: number; fill(value: number): this; }
interface Int32Array { readonly byteLength: number; [index: number]: number; fill(value: number): this; }
interface Float64Array { readonly byteLength: number; [index: number]: number; fill(value: number): this; }
interface TemplateStringsArray extends ReadonlyArray<string> { readonly raw: readonly string[]; }
interface ThisType<T> {}
interface ImportMeta {}
interface ImportAttributes { [key: string]: string; }
type PropertyKey = string | number | symbol;
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Parameters<T extends (...args: any) => any> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T extends (...args: any) => any> = T extends (...args: any) => infer R ? R : any;
type ConstructorParameters<T extends abstract new (...args: any) => any> = T extends abstract new (...args: infer P) => any ? P : never;
type InstanceType<T extends abstract new (...args: any) => any> = T extends abstract new (...args: any) => infer R ? R : any;
type Awaited<T> = T extends null | undefined ? T : T extends object & { then(onfulfilled: infer F, ...args: infer _): any } ? F extends (value: infer V, ...args: infer _) => any ? Awaited<V> : never : T;
type Uppercase<S extends string> = intrinsic;
type Lowercase<S extends string> = intrinsic;
type Capitalize<S extends string> = intrinsic;
type Uncapitalize<S extends string> = intrinsic;
type NoInfer<T> = intrinsic;
`;
