import type { Random } from "../samples/random.js";

/** Something like a tokenizer's pieces: words with the space before them, digits by threes, runs of other characters. */
const token = /\s?\p{L}+|\s?\p{N}{1,3}|\s?[^\s\p{L}\p{N}]+|\s+/gu;

export function tokensOf(text: string): readonly string[] {
  return text.match(token) ?? [];
}

/** Text in deltas: of `size` code points, or one to `most` tokens at a time as the random source has it. Joined they are the text. */
export function splitText(
  text: string,
  random: Random,
  { size, most }: { readonly size?: number; readonly most: number },
): readonly string[] {
  if (text === "") return [];
  if (size !== undefined) {
    const points = Array.from(text);
    const step = Math.max(1, Math.floor(size));
    return Array.from({ length: Math.ceil(points.length / step) }, (_, index) => points.slice(index * step, (index + 1) * step).join(""));
  }
  const tokens = tokensOf(text);
  const pieces: string[] = [];
  for (let index = 0; index < tokens.length;) {
    const count = random.between(1, most);
    pieces.push(tokens.slice(index, index + count).join(""));
    index += count;
  }
  return pieces;
}
