import type { Check, Issue } from "../options.js";
import { QuoteFinder, type QuoteOptions } from "./quote-finder.js";
import { type Path, valuesAt } from "./values-at.js";

/**
 * A check that the texts at `path` occur in the source, word for word: citations that were not made up. White space and the
 * kind of quotation marks and dashes may differ, and as much else as `tolerance` allows. The issue shows the nearest passage.
 *
 * @param path where the quotes are: `"facts.*.quote"`; `*` stands for every item
 * @param source the text, or where to find it in the call's context
 */
export function quoteIn<T, C = unknown>(path: Path, source: string | ((context: C) => string), options: QuoteOptions = {}): Check<T, C> {
  return (value, context) => {
    const finder = new QuoteFinder(typeof source === "string" ? source : source(context), options);
    const issues: Issue[] = [];
    for (const found of valuesAt(value, path)) {
      if (typeof found.value !== "string") continue;
      const { isQuote, passage } = finder.find(found.value);
      if (isQuote) continue;
      const nearest = passage && `; the nearest passage, at character ${passage.start}, is ${JSON.stringify(shortened(passage.text))}`;
      issues.push({
        path: found.path,
        message: `does not occur in the source text; copy the words exactly${nearest ?? ""}`,
        received: found.value,
      });
    }
    return issues;
  };
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
