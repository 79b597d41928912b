import type { Spec } from "../spec.js";

/** The spec as a call uses it: where defaults are to be filled, `applyDefaults` is set and what it decodes has them. */
export function filledSpec<S extends Spec<unknown>>(spec: S, options: { readonly applyDefaults?: boolean }): S {
  const { fill } = spec;
  const { applyDefaults = spec.applyDefaults === true } = options;
  if (fill === undefined || (!applyDefaults && spec.applyDefaults !== true)) return spec;
  return applyDefaults ? { ...spec, applyDefaults, decode: (wire) => fill(spec.decode(wire)) } : { ...spec, applyDefaults };
}
