export interface Holder {
  big: bigint;
  map: Map<string, number>;
  set: Set<string>;
  fn: () => void;
  sym: symbol;
  bytes: Uint8Array;
  regexp: RegExp;
  promise: Promise<string>;
  nothing: undefined;
  method(): string;
  url: URL;
  list: Map<string, number>[];
}
