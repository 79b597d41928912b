/** @extract */
interface Hidden {
  a: string;
}
/** @extract */
export interface Shown {
  a: Hidden;
}
/** @extract */
export interface Generic<T> {
  a: T;
}
