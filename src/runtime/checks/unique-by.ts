import type { Check, Issue } from "../options.js";
import { type Path, valuesAt } from "./values-at.js";

/** A check that no two of the values at `path` are the same: `uniqueBy("nodes.*.id")`. */
export function uniqueBy<T, C = unknown>(path: Path): Check<T, C> {
  return (value) => {
    const first = new Map<string, readonly (string | number)[]>();
    const issues: Issue[] = [];
    for (const found of valuesAt(value, path)) {
      const key = JSON.stringify(found.value);
      const before = first.get(key);
      if (before === undefined) first.set(key, found.path);
      else issues.push({ path: found.path, message: `is the same as ${before.join(".")}; each must occur once`, received: key });
    }
    return issues;
  };
}
