import type { FormSwitch, Limit, Profile } from "../profiles/profile.js";

/** What may be sent whichever door of the API a call uses: what both take, within the lower of their limits. */
export interface AcceptedForms {
  readonly switches: { readonly [name in FormSwitch]: boolean };
  readonly limits: { readonly [name in Limit]: number };
}

/** A generated schema is sent as a tool or as a response format, as the caller likes: it has to fit both. */
export function acceptedForms(profile: Profile): AcceptedForms {
  const { tools, json_schema: format } = profile;
  const both = (name: FormSwitch): boolean => tools.switches[name].value && format.switches[name].value;
  const lower = (name: Limit): number => Math.min(tools.limits[name].value, format.limits[name].value);
  return {
    switches: mapKeys(tools.switches, both),
    limits: mapKeys(tools.limits, lower),
  };
}

function mapKeys<K extends string, V>(table: { readonly [name in K]: unknown }, value: (name: K) => V): { [name in K]: V } {
  // The keys of a table are the names its type lists; Object.keys only knows them as strings.
  const names = Object.keys(table) as K[];
  return Object.fromEntries(names.map((name) => [name, value(name)])) as { [name in K]: V };
}
