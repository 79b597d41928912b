import { distance } from "fastest-levenshtein";

/** The candidate that a misspelt word most likely meant; undefined when none is close. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.floor(word.length / 3) + 1);
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const found = spelt(wanted, candidate.toLowerCase());
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best;
}

/** Swapped letters (`nmae`) count as one fault, not as two. */
function spelt(word: string, candidate: string): number {
  const found = distance(word, candidate);
  return found === 2 && sortedLetters(word) === sortedLetters(candidate) ? 1 : found;
}

function sortedLetters(word: string): string {
  return word.split("").sort().join("");
}
