/** As libraries of validators are made: a type is inferred from a value. */
export interface Schema<T> {
  readonly output: T;
}
export type Infer<S extends Schema<unknown>> = S["output"];
export declare function text(): Schema<string>;
export declare function choice<const T extends string>(values: readonly T[]): Schema<T>;
export declare function list<T>(item: Schema<T>): Schema<T[]>;
export declare function nullable<T>(inner: Schema<T>): Schema<T | null>;
export declare function object<T extends Record<string, Schema<unknown>>>(fields: T): Schema<{ [K in keyof T]: T[K]["output"] }>;
export declare function literal<T extends string>(value: T): Schema<T>;
export declare function union<T extends readonly Schema<unknown>[]>(options: [...T]): Schema<T[number]["output"]>;
export declare function extend<A, T extends Record<string, Schema<unknown>>>(
  base: Schema<A>,
  more: T,
): Schema<A & { [K in keyof T]: T[K]["output"] }>;
