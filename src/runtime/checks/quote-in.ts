import type { Check, Issue } from "../options.js";
import { type Path, valuesAt } from "./values-at.js";

/**
 * A check that the texts at `path` occur in the source, word for word: citations that were not made up. White space and the
 * kind of quotation marks and dashes may differ, nothing else.
 *
 * @param path where the quotes are: `"facts.*.quote"`; `*` stands for every item
 * @param source the text, or where to find it in the call's context
 */
export function quoteIn<T, C = unknown>(path: Path, source: string | ((context: C) => string)): Check<T, C> {
  return (value, context) => {
    const text = plain(typeof source === "string" ? source : source(context));
    const issues: Issue[] = [];
    for (const found of valuesAt(value, path)) {
      if (typeof found.value !== "string") continue;
      const quote = plain(found.value);
      // Nothing occurs everywhere, but it cites nothing.
      if (quote === "" || !text.includes(quote)) {
        issues.push({ path: found.path, message: "does not occur in the source text; copy the words exactly", received: found.value });
      }
    }
    return issues;
  };
}

/** One blank for any white space, plain quotation marks and dashes. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/[‐‑–—]/g, "-")
    .trim();
}
