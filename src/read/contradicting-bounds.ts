import type { SchemaObject } from "./schema-document.js";

/** Two bounds that leave nothing between them. */
export interface Contradiction {
  readonly low: string;
  readonly high: string;
  /** What no value of is valid. */
  readonly kind: "string" | "number" | "array" | "object";
}

interface Pair extends Contradiction {
  /** Equal bounds leave nothing either. */
  readonly exclusive?: true;
}

const pairs: readonly Pair[] = [
  { low: "minLength", high: "maxLength", kind: "string" },
  { low: "minimum", high: "maximum", kind: "number" },
  { low: "exclusiveMinimum", high: "maximum", kind: "number", exclusive: true },
  { low: "minimum", high: "exclusiveMaximum", kind: "number", exclusive: true },
  { low: "exclusiveMinimum", high: "exclusiveMaximum", kind: "number", exclusive: true },
  { low: "minItems", high: "maxItems", kind: "array" },
  { low: "minContains", high: "maxContains", kind: "array" },
  { low: "minProperties", high: "maxProperties", kind: "object" },
];

/** Of several bounds of one keyword, the highest of these count, */
export const lowerBounds: readonly string[] = [...new Set(pairs.map(({ low }) => low))];

/** and the lowest of these. */
export const upperBounds: readonly string[] = [...new Set(pairs.map(({ high }) => high))];

/** The bounds of one schema, not of those inside it, that contradict each other: one pair for each kind of value. */
export function contradictingBounds(schema: SchemaObject): readonly Contradiction[] {
  const found = pairs.filter(({ low, high, exclusive }) => {
    const [least, most] = [schema[low], schema[high]];
    return typeof least === "number" && typeof most === "number" && (least > most || (exclusive === true && least === most));
  });
  return found.filter(({ kind }, index) => found.findIndex((one) => one.kind === kind) === index);
}
