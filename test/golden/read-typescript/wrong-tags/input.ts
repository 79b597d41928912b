/** @extract */
export interface Wrong {
  /** @minimum abc */
  a: number;
  /** @minLength -1 */
  b: string;
  /** @pattern [a- */
  c: string;
  /** @minimum 3 */
  d: string;
  /** @minItems 1 */
  e: { x: number };
  /** @stream always */
  f: string;
  /** @unroll many */
  g: string;
  /** @uniqueItems maybe */
  h: string[];
}
/** @extract mode=chat nam=X */
export interface Settings {
  a: string;
}
/** @extract */
export interface WrongToo {
  /** @multipleOf 0 */
  a: number;
  /** @multipleOf -2 */
  b: number;
  /** @pattern /^a$/i */
  c: string;
  /** @pattern /^a$/u */
  d: string;
  /** @pattern ^/usr/b */
  e: string;
}
