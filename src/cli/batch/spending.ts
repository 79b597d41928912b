import type { Usage } from "@schemacast/runtime";
import type { ModelPrice, Prices } from "../../config/prices.js";

export interface SpendingOptions {
  /** By model. */
  readonly prices: Prices;
  readonly maxCost?: number;
  readonly maxTokens?: number;
}

/** What a run has used so far, and whether that is all it may use. */
export class Spending {
  readonly #options: SpendingOptions;
  #promptTokens = 0;
  #completionTokens = 0;
  #cost = 0;
  #unpriced = false;

  constructor(options: SpendingOptions) {
    this.#options = options;
  }

  add(model: string | undefined, usage: Usage | undefined): void {
    if (usage === undefined) return;
    this.#promptTokens += usage.promptTokens;
    this.#completionTokens += usage.completionTokens;
    const price = priceOf(this.#options.prices, model);
    if (price === undefined) this.#unpriced = true;
    else this.#cost += costOf(price, usage);
  }

  get tokens(): number {
    return this.#promptTokens + this.#completionTokens;
  }

  /** Undefined where a model has no price. */
  get cost(): number | undefined {
    return this.#unpriced || Object.keys(this.#options.prices).length === 0 ? undefined : this.#cost;
  }

  /** Which limit has been reached; what runs is still finished. */
  get exceeded(): string | undefined {
    const { maxCost = Number.POSITIVE_INFINITY, maxTokens = Number.POSITIVE_INFINITY } = this.#options;
    if (this.tokens >= maxTokens) return `--max-tokens ${maxTokens}`;
    return this.#cost >= maxCost ? `--max-cost ${maxCost}` : undefined;
  }
}

/** In the currency of the price. */
export function costOf({ input, output }: ModelPrice, usage: Pick<Usage, "promptTokens" | "completionTokens">): number {
  return (usage.promptTokens * input + usage.completionTokens * output) / 1_000_000;
}

export function priceOf(prices: Prices, model: string | undefined): ModelPrice | undefined {
  return model !== undefined && Object.hasOwn(prices, model) ? prices[model] : undefined;
}
