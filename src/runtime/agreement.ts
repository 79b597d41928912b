/**
 * `true` where a schema's shape and the type it was made from describe the same JSON; else a sentence that says what to do.
 * Generated code holds a constant of this type, so that a plain `tsc` tells when a type has changed since its schema was made.
 *
 * What JSON can't tell apart counts as equal: `readonly`, brands, `?` beside `| undefined`, enum members beside their values,
 * template literal types beside `string`, `undefined` beside a whole type, and methods and symbols, which no schema holds.
 *
 * @typeParam T the type in the source
 * @typeParam Shape the schema of that type, as a type
 */
export type Agreement<T, Shape> = [JsonForm<Present<T>>] extends [JsonForm<Shape>]
  ? [JsonForm<Shape>] extends [JsonForm<Present<T>>]
    ? true
    : "The type has become narrower than its schema: run `schemacast generate`."
  : "The type allows what its schema does not: run `schemacast generate`.";

/** `true` while each type agrees with its shape: parts are proved apart, because the compiler takes for granted what stands deep in a type. */
export type Agreements<Pairs extends readonly (readonly [type: unknown, shape: unknown])[]> =
  Exclude<{ [Index in keyof Pairs]: Agreement<Pairs[Index][0], Pairs[Index][1]> }[number], true> extends infer Faults
    ? [Faults] extends [never]
      ? true
      : Faults
    : never;

/** The objects of a union that must have a key, and there, of an enum too, a value. */
export type Branch<Union, Key extends PropertyKey, Value = unknown> = Union extends string | readonly unknown[]
  ? never
  : Union extends { readonly [K in Key]: infer Member }
    ? HasValue<Member, Value> extends true
      ? Union
      : never
    : never;

/** A key that is there and `undefined`, or can't be there (`b: never`), is as good as none. */
type HasValue<Member, Value> = unknown extends Member
  ? true
  : [Member] extends [undefined]
    ? false
    : unknown extends Value
      ? true
      : `${Member & (string | number | boolean)}` extends `${Value & (string | number | boolean)}`
        ? true
        : false;

/** What is extracted of `User | undefined`. */
type Present<T> = Exclude<T, undefined | void>;

declare const absent: unique symbol;

/** Stands for a property that may be missing, so that `?` and `| undefined` are one thing and a new optional property is noticed. */
type Absent = typeof absent;

/** A type reduced to what JSON can tell apart. */
export type JsonForm<T> = unknown extends T
  ? unknown
  : T extends Date
    ? Date
    : T extends string
      ? StringForm<Unbranded<T, string>>
      : T extends number
        ? NumberForm<Unbranded<T, number>>
        : T extends boolean | null | undefined
          ? BooleanForm<T>
          : T extends readonly unknown[]
            ? // As a property, so that the items of a recursive type are not looked at before they are compared.
              { readonly items: ItemsForm<T> }
            : T extends object
              ? DateForm<T>
              : T;

/** What `DeepPartial` and its like make of a date, an object with each of its methods changed, is a date. */
type DateForm<T extends object> = string extends keyof T ? ObjectForm<T> : [keyof Date] extends [keyof T] ? Date : ObjectForm<T>;

/** A list with a brand or a tag is taken as the list it brands. */
type ItemsForm<T extends readonly unknown[]> = [ExtraKey<T>] extends [never]
  ? PlainItems<T>
  : T extends (infer Plain extends readonly unknown[]) & Pick<T, ExtraKey<T>>
    ? PlainItems<Plain>
    : readonly JsonForm<Exclude<T[number], undefined>>[];

type ExtraKey<T extends readonly unknown[]> = Exclude<keyof T, keyof unknown[] | `${number}`>;

/** An interface that extends a list is that list, as is one that says what it has at least (`string[] & { 0: string }`, `& { length: 2 }`). */
type PlainItems<T extends readonly unknown[]> = T[number][] extends T
  ? readonly JsonForm<Exclude<T[number], undefined>>[]
  : IsList<T> extends true
    ? readonly JsonForm<Exclude<T[number], undefined>>[]
    : { readonly [K in keyof T]: JsonForm<Exclude<T[K], undefined>> };

/** Only tuples have keys such as `"0"`. */
type IsList<T extends readonly unknown[]> = "0" extends keyof T ? false : T extends readonly [] ? false : true;

interface ObjectForm<T> {
  readonly members: [keyof Members<T>] extends [never] ? { readonly [key: string]: unknown } : Members<T>;
  /** Apart, because an object type without an index signature may be assigned to one with it. `object` and `{}` are open to everything. */
  readonly open: string extends keyof Members<T> ? true : [keyof Members<T>] extends [never] ? true : false;
}

type Members<T> = { readonly [K in keyof T as DataKey<T, K>]-?: MemberForm<T, K> };

type MemberForm<T, K extends keyof T> =
  IsOpen<K> extends true
    ? JsonForm<Exclude<T[K], undefined>>
    : undefined extends T[K]
      ? JsonForm<Exclude<T[K], undefined | void>> | Absent
      : JsonForm<T[K]>;

/** Keys that stand for data: no symbols, functions, brands, and of index signatures only those over all keys. */
type DataKey<T, K extends keyof T> = K extends
  | symbol
  | "typia.tag"
  | "__brand"
  | "_brand"
  | "__tag"
  | "__type"
  | "__flavor"
  | "__opaque"
  | "__opaque__"
  ? never
  : IsOpen<K> extends true
    ? // A branded text as a key (`Record<UserId, User>`) is any text.
      string extends Unbranded<K, string>
      ? [T[K]] extends [never]
        ? never
        : string
      : never
    : IsAny<T[K]> extends true
      ? K
      : [Exclude<T[K], undefined | void>] extends [never]
        ? never
        : [Extract<T[K], (...args: never) => unknown>] extends [never]
          ? K
          : never;

/** A literal of an enum or with a brand → the literal itself. */
type NumberForm<T> = IsOpen<T> extends true ? number : `${T & number}` extends `${infer N extends number}` ? N : number;

type StringForm<T> = IsOpen<T> extends true ? string : T extends string ? `${T}` : never;

type BooleanForm<T> = T extends true ? true : T extends false ? false : T;

/** `"a" & { __brand: "x" }` → `"a"`: what a type adds to its base is found by its keys, and taken away by inference. */
type Unbranded<T, Base> = [Exclude<keyof T, keyof Base>] extends [never]
  ? T
  : T extends (infer Plain) & Pick<T, Exclude<keyof T, keyof Base>>
    ? Plain
    : T;

/** Whether a key or a text stands for endlessly many: `string`, a template with `${string}`, a branded one; not a literal. */
type IsOpen<K> = K extends string | number ? ({} extends Record<K, 1> ? true : false) : false;

type IsAny<T> = 0 extends 1 & T ? true : false;
