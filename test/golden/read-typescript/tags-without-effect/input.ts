interface Address {
  street: string;
}

/** What a type with a name is can't be changed where it is used. */
export interface Person {
  /** @open */
  home: Address;
  /** @reasoning */
  work: Address | null;
  /** @open */
  name: string;
  /** @reasoning */
  tags: string[];
  /** @open @reasoning */
  inPlace: { a: string };
  /** @open */
  maybe: { a: string } | null;
}

/** @open @reasoning */
export type Renamed = Address;

/** @open */
export interface Open {
  a: string;
}

/** @reasoning */
export type Words = { words: string[] } | { none: true };
