/** What the server does with one response, in order. Data, so that a fault is a change of this list. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly steps: readonly WireStep[];
}

export type WireStep =
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "headers" }
  | { readonly kind: "write"; readonly bytes: Uint8Array }
  /** The body ends as it should. */
  | { readonly kind: "end" }
  /** The connection is closed without the end of the body. */
  | { readonly kind: "close" }
  /** TCP reset. */
  | { readonly kind: "reset" }
  /** Nothing, until the client leaves or the emulator closes. */
  | { readonly kind: "hang" };

/** A body in the parts that count as events. */
export interface WireBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly events: readonly Uint8Array[];
  /** The connection is closed behind the last of them, without the end of the body. */
  readonly cut?: true;
}
