import type { Spec, StreamSpec } from "../spec.js";

/** The specs a model may choose from: a list, told apart by their names, or under names of the caller's own. */
export type Choices = readonly Spec<unknown>[] | { readonly [name: string]: Spec<unknown> };
export type StreamChoices = readonly StreamSpec<unknown, unknown>[] | { readonly [name: string]: StreamSpec<unknown, unknown> };

/** Choices by the name that tells them apart in the result. */
export type NamedChoices = { readonly [name: string]: Spec<unknown> };

type Named<S> = S extends readonly unknown[] ? { [K in Extract<S[number], Spec<unknown>> as K["name"]]: K } : S;

/** What a spec extracts. */
type Extracted<S> = S extends Spec<infer T> ? T : never;
type Growing<S> = S extends StreamSpec<unknown, infer P> ? P : never;

type ChoiceOf<S> = { [K in keyof S & string]: { readonly type: K; readonly value: Extracted<S[K]> } }[keyof S & string];
type PartialOf<S> = { [K in keyof S & string]: { readonly type: K; readonly value?: Growing<S[K]> } }[keyof S & string];

/** One of the choices, told by `type`: `{ type: "User", value: User } | { type: "Order", value: Order }`. */
export type Choice<S extends Choices> = ChoiceOf<Named<S>>;

/** A choice while it arrives: `type` first, then the growing value. */
export type ChoicePartial<S extends StreamChoices> = PartialOf<Named<S>>;

/**
 * The choices by name, in their order.
 *
 * @throws {TypeError} two specs of a list have the same name, or there is none
 */
export function namedChoices<N extends Spec<unknown>>(
  choices: readonly N[] | { readonly [name: string]: N },
): { readonly [name: string]: N } {
  const named = Array.isArray(choices) ? byName(choices) : (choices as { readonly [name: string]: N });
  if (Object.keys(named).length === 0) throw new TypeError("There is no spec to choose from.");
  return named;
}

function byName<N extends Spec<unknown>>(list: readonly N[]): { readonly [name: string]: N } {
  const twice = list.find(({ name }, index) => list.findIndex((other) => other.name === name) < index);
  if (twice !== undefined)
    throw new TypeError(`Two specs are called "${twice.name}": give them names of your own, { first: …Spec, second: …Spec }.`);
  return Object.fromEntries(list.map((spec) => [spec.name, spec]));
}
