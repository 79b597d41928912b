import { cerebras } from "./cerebras.js";
import type { Fact, FormSwitch, Limit, Profile, SchemaRules } from "./profile.js";

/** A project's own view of a provider's rules: plain data, for a configuration file. */
export interface ProfileChoice {
  /** The profile it starts from. */
  readonly extends: "cerebras";
  /** Forms to send (`true`) or not to send, whatever the profile says. */
  readonly switches?: { readonly [name in FormSwitch]?: boolean };
  readonly limits?: { readonly [name in Limit]?: number };
}

/** The profile a configuration names, with the project's own facts in it. */
export function profileFor(choice: "cerebras" | ProfileChoice = "cerebras"): Profile {
  if (choice === "cerebras") return cerebras;
  const extended = (rules: SchemaRules): SchemaRules => ({
    ...rules,
    switches: withOwn(rules.switches, choice.switches ?? {}),
    limits: withOwn(rules.limits, choice.limits ?? {}),
  });
  return {
    ...cerebras,
    name: "cerebras, with the project's own facts",
    tools: extended(cerebras.tools),
    json_schema: extended(cerebras.json_schema),
  };
}

function withOwn<K extends string, T>(
  facts: { readonly [name in K]: Fact<T> },
  values: { readonly [name in K]?: T },
): { readonly [name in K]: Fact<T> } {
  const own: { [name in K]: Fact<T> } = { ...facts };
  // The keys of a table are the names its type lists; Object.keys only knows them as strings.
  for (const name of Object.keys(facts) as K[]) {
    const value = values[name];
    if (value !== undefined) own[name] = { ...facts[name], value, standing: "reported", evidence: "the project's configuration" };
  }
  return own;
}
