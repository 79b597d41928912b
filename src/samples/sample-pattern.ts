import type { Random } from "./random.js";

/** Look-aheads are left to chance: so many texts are tried. */
const mostTries = 8;

/** A text that a regular expression matches; nothing where the expression uses what is not understood here (look-behind, references). */
export function samplePattern(pattern: string, random: Random): string | undefined {
  const plain = pattern.replace(/\(\?[=!][^()]*\)/g, "");
  try {
    const expression = new RegExp(pattern, "u");
    for (let tries = 0; tries < (plain === pattern ? 1 : mostTries); tries++) {
      const reader = new PatternReader(plain, random);
      const text = reader.alternatives();
      if (reader.ended && expression.test(text)) return text;
    }
  } catch {
    // Not an expression, or not one that is understood here.
  }
  return undefined;
}

/** Atoms that are written at most: `(a{1000}){1000}` is a short pattern of a long text. */
const mostAtoms = 10_000;

const digits = "0123456789";
const letters = "abcdefghijklmnopqrstuvwxyz";
const classes: Readonly<Record<string, string>> = { d: digits, w: letters + digits, s: " ", D: letters, W: "-", S: letters };

/** Reads the expression and writes a match as it goes. */
class PatternReader {
  #at = 0;
  #atoms = 0;
  readonly #pattern: string;
  readonly #random: Random;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  get ended(): boolean {
    return this.#at >= this.#pattern.length;
  }

  alternatives(): string {
    const all = [this.#sequence()];
    while (this.#pattern[this.#at] === "|") {
      this.#at++;
      all.push(this.#sequence());
    }
    return all[this.#random.between(0, all.length - 1)] ?? "";
  }

  #sequence(): string {
    let text = "";
    while (!this.ended && !"|)".includes(this.#pattern[this.#at] ?? "")) {
      const start = this.#at;
      const first = this.#atom();
      const stop = this.#at;
      const count = this.#quantity();
      const after = this.#at;
      if (count > 0) text += first;
      for (let index = 1; index < count; index++) {
        // The same atom once more, with other choices.
        this.#at = start;
        text += this.#atom();
        this.#at = stop;
      }
      this.#at = after;
    }
    return text;
  }

  #atom(): string {
    if (++this.#atoms > mostAtoms) throw new RangeError("a text that is too long");
    const character = this.#pattern[this.#at++] ?? "";
    if (character === "^" || character === "$") return "";
    if (character === ".") return this.#pick(letters);
    if (character === "\\") return this.#escape();
    if (character === "[") return this.#pick(this.#set());
    if (character !== "(") return character;
    if (this.#pattern.startsWith("?:", this.#at)) this.#at += 2;
    else if (this.#pattern[this.#at] === "?") throw new SyntaxError("a group that is not understood");
    const text = this.alternatives();
    this.#at++;
    return text;
  }

  #escape(): string {
    const letter = this.#pattern[this.#at++] ?? "";
    if (/[bBpPk1-9]/.test(letter)) throw new SyntaxError("an escape that is not understood");
    return Object.hasOwn(classes, letter) ? this.#pick(classes[letter] ?? "") : letter;
  }

  #set(): string {
    const end = this.#pattern.indexOf("]", this.#at);
    const body = this.#pattern.slice(this.#at, end);
    this.#at = end + 1;
    const isNegated = body.startsWith("^");
    const members = body
      .slice(isNegated ? 1 : 0)
      .replace(/\\([dws])/g, (_, letter: string) => classes[letter] ?? "")
      .replace(/\\(.)/g, "$1")
      .replace(/(.)-(.)/gu, (_, low: string, high: string) => span(low, high));
    if (!isNegated) return members;
    return Array.from(letters + digits + letters.toUpperCase() + " -_")
      .filter((character) => !members.includes(character))
      .join("");
  }

  #quantity(): number {
    const found = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(this.#pattern.slice(this.#at));
    if (!found) return 1;
    this.#at += found[0].length;
    const [, sign, low, open, high] = found;
    if (sign !== undefined) return this.#random.between(sign === "+" ? 1 : 0, sign === "?" ? 1 : 3);
    const least = Number(low);
    return this.#random.between(least, open === undefined ? least : Number(high ?? least + 2));
  }

  #pick(characters: string): string {
    const all = Array.from(characters);
    if (all.length === 0) throw new SyntaxError("an empty set");
    return all[this.#random.between(0, all.length - 1)] ?? "";
  }
}

function span(low: string, high: string): string {
  const from = low.codePointAt(0) ?? 0;
  const count = Math.min(200, (high.codePointAt(0) ?? 0) - from + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => String.fromCodePoint(from + index)).join("");
}
