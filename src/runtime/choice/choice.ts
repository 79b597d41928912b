import type { Spec, StreamSpec } from "../spec.js";

/** The specs a model may choose from, by the name that tells them apart in the result. */
export type Choices = { readonly [name: string]: Spec<unknown> };
export type StreamChoices = { readonly [name: string]: StreamSpec<unknown, unknown> };

/** What a spec extracts. */
type Extracted<S> = S extends Spec<infer T> ? T : never;
type Growing<S> = S extends StreamSpec<unknown, infer P> ? P : never;

/** One of the choices, told by `type`: `{ type: "user", value: User } | { type: "order", value: Order }`. */
export type Choice<S extends Choices> = { [K in keyof S & string]: { readonly type: K; readonly value: Extracted<S[K]> } }[keyof S &
  string];

/** A choice while it arrives: `type` first, then the growing value. */
export type ChoicePartial<S extends StreamChoices> = {
  [K in keyof S & string]: { readonly type: K; readonly value?: Growing<S[K]> };
}[keyof S & string];
