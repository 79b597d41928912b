export interface Relative {
  inner: { a: string };
}
