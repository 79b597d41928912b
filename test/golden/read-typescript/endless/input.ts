interface Loop<T> {
  value: T;
  next?: Loop<T[]>;
}
export interface Start {
  loop: Loop<string>;
}
