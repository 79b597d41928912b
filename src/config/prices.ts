/** What a model costs for a million tokens, in any one currency. */
export interface ModelPrice {
  /** Tokens of the prompt. */
  readonly input: number;
  /** Tokens of the answer, reasoning included. */
  readonly output: number;
}

/** By model. */
export type Prices = Readonly<Record<string, ModelPrice>>;

export function isPrices(value: unknown): value is Prices {
  return isObject(value) && Object.values(value).every(isPrice);
}

function isPrice(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((key) => key === "input" || key === "output") &&
    isAmount(value["input"]) &&
    isAmount(value["output"])
  );
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
