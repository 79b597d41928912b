declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };
export type UserId = Brand<string, "UserId">;
type Cents = number & { readonly __brand: "Cents" };
type Plain = string & {};
export interface Payment {
  user: UserId;
  amount: Cents;
  other?: Cents | null;
  list: UserId[];
  plain: Plain;
  flag: boolean & { readonly __brand: "Flag" };
  lines: string[] & { readonly __brand: "Lines" };
  whole: { a: string } & { readonly [brand]: "Whole" };
  named: { a: string } & { readonly __brand: "Named" };
  generic: Brand<number, "Generic">;
}
