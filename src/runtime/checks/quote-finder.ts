import { type FoldedText, foldText } from "./fold-text.js";
import { nearestPassage, type Passage } from "./nearest-passage.js";

/** How exact a quote has to be. */
export interface QuoteOptions {
  /**
   * The share of the quote's characters that may differ, from 0 to 1: put in, left out or exchanged. `0.1` takes a quote of fifty characters
   * with five slips. Above 0, capital and small letters are the same. Default 0: only white space and the kind of quotation marks and
   * dashes may differ.
   */
  readonly tolerance?: number;
}

/** A passage of the source. */
export interface QuotedPassage {
  /** Offsets in the source, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The source's own words. */
  readonly text: string;
  /** Characters that differ from the quote; white space, quotation marks and dashes aside. */
  readonly edits: number;
}

/** A longer quote is compared in pieces of this many characters, each after the one before. */
const longest = 1024;

/** Steps of `nearestPassage` that all quotes of a source may take together: about half a second. */
const mostSteps = 2 ** 26;

/** Finds quotes in one text. The work is bounded, whatever the text and the quotes are: past the bound only exact ones are found. */
export class QuoteFinder {
  readonly #source: string;
  readonly #tolerance: number;
  readonly #folded: FoldedText;
  readonly #effort = { steps: 0 };

  constructor(source: string, { tolerance = 0 }: QuoteOptions = {}) {
    this.#source = source;
    this.#tolerance = Math.min(Math.max(tolerance, 0), 1);
    this.#folded = foldText(source, tolerance > 0);
  }

  /** The passage that a quote cites, or, `isQuote: false`, the one that is nearest to it, where anything is near. */
  find(quote: string): { readonly isQuote: boolean; readonly passage?: QuotedPassage } {
    const wanted = foldText(quote, this.#tolerance > 0).text.trim();
    // Nothing occurs everywhere, but it cites nothing.
    if (wanted === "") return { isQuote: false };
    const start = this.#folded.text.indexOf(wanted);
    if (start >= 0) return { isQuote: true, passage: this.#passage({ start, end: start + wanted.length, edits: 0 }) };
    const nearest = this.#nearest(wanted);
    if (nearest === undefined) return { isQuote: false };
    const isQuote = nearest.edits <= this.#tolerance * wanted.length;
    // Of two texts about half the characters agree by chance.
    const isNear = isQuote || nearest.edits * 3 <= wanted.length;
    return isNear ? { isQuote, passage: this.#passage(nearest) } : { isQuote };
  }

  #nearest(wanted: string): Passage | undefined {
    const { text } = this.#folded;
    const size = Math.ceil(wanted.length / Math.ceil(wanted.length / longest));
    const cost = (text.length + wanted.length * 4) * Math.ceil(size / 32);
    // What is much longer than the text is not in it.
    if (wanted.length > text.length * 2 || this.#effort.steps + cost > mostSteps) return undefined;
    let found: Passage | undefined;
    for (let at = 0; at < wanted.length; at += size) {
      const piece = wanted.slice(at, at + size);
      const from = found?.end ?? 0;
      const within = found === undefined ? text : text.slice(from, from + size * 2);
      const { start, end, edits } = nearestPassage(within, piece, this.#effort);
      // What stands between two pieces was left out of the quote.
      found = found === undefined ? { start, end, edits } : { start: found.start, end: from + end, edits: found.edits + start + edits };
    }
    return found;
  }

  #passage({ start: from, end: to, edits }: Passage): QuotedPassage {
    const { offsets } = this.#folded;
    const start = offsets[from] ?? 0;
    const end = offsets[to] ?? this.#source.length;
    return { start, end, text: this.#source.slice(start, end), edits };
  }
}
