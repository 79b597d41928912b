import type { Check } from "../options.js";
import { type Path, valuesAt } from "./values-at.js";

/** How a sum is compared. */
export interface SumOptions {
  /** Each term is the product with the number at this path: `"items.*.quantity"`, as many as there are terms. */
  readonly times?: Path;
  /** How far off it may be. Default 0.005: cents are written with two digits. */
  readonly tolerance?: number;
}

/** A check that the number at `total` is the sum of the numbers at `terms`: `sumOf("total", "items.*.price", { times: "items.*.quantity" })`. */
export function sumOf<T, C = unknown>(total: Path, terms: Path, { times, tolerance = 0.005 }: SumOptions = {}): Check<T, C> {
  return (value) => {
    const numbers = valuesAt(value, terms).map((found) => Number(found.value));
    const factors = times === undefined ? undefined : valuesAt(value, times).map((found) => Number(found.value));
    if (factors !== undefined && factors.length !== numbers.length) return "a number is missing for some of the terms";
    const sum = numbers.reduce((so, term, index) => so + term * (factors?.[index] ?? 1), 0);
    // Room for what binary fractions lose, beside the tolerance.
    const isOff = (found: unknown): boolean => !(Math.abs(Number(found) - sum) <= tolerance + 1e-9 * Math.abs(sum));
    return valuesAt(value, total)
      .filter((found) => isOff(found.value))
      .map((found) => ({
        path: found.path,
        message: `is not the sum of its parts, which is ${Number(sum.toFixed(6))}; check the total and the parts against the text`,
        received: String(found.value),
      }));
  };
}
