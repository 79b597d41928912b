/**
 * A person, as {@link Contact} and `@mentions` know them.
 *
 * Second paragraph
 * - with a list
 *
 * @see elsewhere
 * @title Person of interest
 */
export interface Person {
  /** Full name. @minLength 1 @maxLength 80 */
  name: string;
  /**
   * Years.
   * @minimum 0
   * @maximum 150
   * @asType integer
   * @example 42
   * @default 18
   */
  age?: number;
  /** @type integer @exclusiveMinimum 0 @exclusiveMaximum 10 @multipleOf 2 */ even: number;
  /** @pattern ^[^@\s]+@[^@\s]+\.[a-z]{2,}$ */
  mail: string;
  /** @format uri */
  site: string | null;
  /**
   * @minItems 1
   * @maxItems 5
   * @uniqueItems
   * @minLength 2
   */
  tags: string[];
  /** @type {integer} */
  counts: number[];
  /** @example {"a": 1} @deprecated */
  map: Record<string, number>;
  /** @default {"city": "Berlin"} */
  address?: { /** City, same line. */ city: string; zip?: string /** Trailing, before the brace. */ };
  /** First block. */
  /** The last block counts. */
  twice: string;
  /** the *\/ end */
  escaped: string;
  // not a doc comment
  plain: string;
  /** mail me @ home, or at a@b.c: no tags */
  at: string;
  same: string; /** Of the line it ends. */
  /** @default "x" */ quoted: string;
  /** @default it's text */ text: string;
  /** @default -1.5 @minimum -2 */ negative: number;
  /** @format uuid */ id: Id;
}
/** An identifier. */
type Id = string;
interface Contact {
  /** @internal */
  hidden: string;
}
