import { nearestName } from "../config/nearest-name.js";
import { cerebras } from "../profiles/cerebras.js";
import type { ProfileChoice } from "../profiles/profile-for.js";

/**
 * Reads `--profile`: `cerebras`, or facts of one's own on top of it, `numericBounds=true,characters=8000`.
 *
 * @returns the choice, or what is wrong with the text
 */
export function profileOfFlag(text: string): { readonly choice: "cerebras" | ProfileChoice } | { readonly problem: string } {
  if (text === cerebras.name) return { choice: "cerebras" };
  const { switches: forms, limits: bounds } = cerebras.tools;
  const known = [...Object.keys(forms), ...Object.keys(bounds)];
  const switches: Record<string, boolean> = {};
  const limits: Record<string, number> = {};
  for (const fact of text.split(",")) {
    const [, name = fact.trim(), value = ""] = /^\s*(\w+)\s*=\s*(\w+)\s*$/.exec(fact) ?? [];
    if (Object.hasOwn(forms, name) && /^(?:true|false)$/.test(value)) switches[name] = value === "true";
    else if (Object.hasOwn(bounds, name) && /^\d{1,9}$/.test(value)) limits[name] = Number(value);
    else if (known.includes(name)) return { problem: `${name} is ${name in forms ? "true or false" : "a whole number"}: ${name}=…` };
    else {
      const meant = nearestName(name, known);
      return {
        problem: `there is no fact ${JSON.stringify(name)} in the profile.${meant === undefined ? "" : ` Did you mean ${meant}?`}\nIt is "cerebras", or some of ${known.join(", ")}, each with =value`,
      };
    }
  }
  return { choice: { extends: "cerebras", switches, limits } };
}
