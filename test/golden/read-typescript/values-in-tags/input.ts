/**
 * A reading.
 *
 * @example
 * ```ts
 * const reading: Reading = { sensor: "a", value: 1 };
 * ```
 */
export interface Reading {
  /** A number in quotes or not: the type has texts. @example 12 @example "13" @default 0 */
  sensor: string;
  /** @example about seven @example 7 @default Number.NaN */
  value: number;
  /** @default undefined */
  note?: string;
  /** @default @example true */
  valid: boolean;
  /** @example {"a": [1]} @example fast */
  mode: "fast" | { a: number[] };
  /** @example 2026-01-01T00:00:00Z */
  at: Date;
}
