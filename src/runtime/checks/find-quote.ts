import { QuoteFinder, type QuotedPassage, type QuoteOptions } from "./quote-finder.js";

/**
 * Where a quote stands in its source: to show it there, or to put the source's own words in place of the model's.
 *
 * @returns the first passage that fits; of a quote that is not exact, the one with the fewest edits; `undefined` where none is near enough
 */
export function findQuote(source: string, quote: string, options?: QuoteOptions): QuotedPassage | undefined {
  const { isQuote, passage } = new QuoteFinder(source, options).find(quote);
  return isQuote ? passage : undefined;
}
