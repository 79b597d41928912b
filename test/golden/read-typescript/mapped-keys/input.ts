/** The checker meets these keys here first: the order of keys below must not follow from that. */
export interface First {
  seen: "zip" | "street" | "city" | "note" | "id" | `x-${string}` | `b-${string}` | `a-${string}`;
}

interface Person {
  id: number;
  /** As in the passport. */
  firstName: string;
  /** @minimum 0 */
  age: number;
  mail?: string;
}

/** Renamed keys keep the place and the comment of what they rename. */
export type Renamed = { [K in keyof Person as K extends `${infer Start}Name` ? `${Start}_name` : K]: Person[K] };
export type Getters = { [K in keyof Person as `get${Capitalize<K>}`]: Person[K] };
export type Swapped = { [K in keyof Person as K extends "id" ? "age" : K extends "age" ? "id" : never]: Person[K] };

export type Joined = { country: string } & Partial<Record<"city" | "street" | "zip", string>>;
export type Patterns = Record<`b-${string}` | `x-${string}` | `a-${string}`, number>;

const table = {
  city: { kind: "text", optional: false },
  street: { kind: "text", optional: true },
  zip: { kind: "number", optional: false },
  note: { kind: "text", optional: true },
} as const;
type Columns = Record<string, { readonly kind: "text" | "number"; readonly optional: boolean }>;
type Value<C extends Columns[string]> = C["kind"] extends "text" ? string : number;
type Simplify<T> = { [K in keyof T]: T[K] } & {};
/** As libraries infer the rows of a table. */
type Infer<T extends Columns> = Simplify<
  { [K in keyof T & string as T[K]["optional"] extends true ? never : K]: Value<T[K]> } & {
    [K in keyof T & string as T[K]["optional"] extends true ? K : never]?: Value<T[K]>;
  }
>;
export type Row = Infer<typeof table>;
