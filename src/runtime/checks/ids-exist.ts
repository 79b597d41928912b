import type { Check } from "../options.js";
import { type Path, valuesAt } from "./values-at.js";

/** A check that what is referred to is there: `idsExist(["edges.*.from", "edges.*.to"], "nodes.*.id")`. */
export function idsExist<T, C = unknown>(references: readonly Path[], ids: Path): Check<T, C> {
  return (value) => {
    const known = new Set(valuesAt(value, ids).map((found) => JSON.stringify(found.value)));
    return references
      .flatMap((path) => valuesAt(value, path))
      .filter((found) => found.value !== null && !known.has(JSON.stringify(found.value)))
      .map((found) => ({
        path: found.path,
        message: `refers to what is not there; there are ${[...known].slice(0, 20).join(", ")}`,
        received: JSON.stringify(found.value),
      }));
  };
}
