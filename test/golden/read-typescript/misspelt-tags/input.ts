/**
 * Tags that are nearly ones that are read.
 * @Title Order
 */
export interface Misspelt {
  /** @maxlength 20 */
  code: string;
  /**
   * A name. @minlength 2
   * @maxLenght 20
   */
  name: string;
  /**
   * A count.
   * @min 1
   * @max 9
   */
  count: number;
  /** @min 2 */
  short: string;
  /** From 1. @min 1 */
  list: { a: string }[];
  /** @min 1 */
  ofNullable: string | null;
  /** @examples ["a", "b"] */
  examples: string;
  /** @Pattern ^a$ */
  pattern: string;
  /** @regex ^a$ */
  regex: string;
  /** @length 5 */
  length: string;
  /** @maxLen 5 */
  maxLen: string;
  /** @formats email */
  format: string;
  /** @deprecate */
  old: string;
}

/**
 * Tags of other tools, and what is no tag: nothing is told.
 * @category Orders
 * @remarks Of a shop.
 * @typeParam T - None.
 * @see {@link Misspelt}
 * @internal
 */
export interface OfOthers {
  /** @type {string} */
  type: string;
  /** @readonly @since 1.0 @todo */
  tags: string;
  /** @default "a" */
  value: string;
  /** @examiner Bob */
  far: string;
  /** @minProperties 2 @nullable */
  schemaWords: Record<string, string>;
  /** Ask @min or @max, or write to a@min.example. */
  people: string;
  /**
   * @example
   * @Min(1)
   * @MaxLength(20)
   * @Type(() => String)
   */
  decorators: string;
  /** @types for people @opens @skips @file a */
  short: string;
}
