/** Optional, undefined and null are three things to TypeScript, two to JSON. */
export interface Absence {
  a: string;
  b?: string;
  c: string | undefined;
  d: string | null;
  e?: string | null;
  f?: string | undefined;
  g?: never;
}
/** As what a look-up gives: the value itself is asked for. */
export type Perhaps = { found: string } | undefined;
