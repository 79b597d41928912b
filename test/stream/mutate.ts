/** A source of chance that gives the same numbers for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What JSON is made of, whole and broken. */
const pieces = (
  '{ } [ ] , : " \\ / \\" \\u \\ud83d \\ude00 \\u0000 \\x \\n - + . e E 0 00 1 -0 1e5 1E-7 1e999 9007199254740993 0.1 .5 5. ' +
  'true false null tru nul {} [] [[ ]] {{ }} "" "a" "a":1 "__proto__":{} "key":"value" \ud83d \ude00 é \''
)
  .split(" ")
  .concat(" ", "\n", "\t", "\r", "\u0000", "\u001f", "\u007f", "\u2028", "\ufeff", '"key":', '"value":', '"tag":"x"', '"a":', ',"a":null');

/** One to four changes at random places. */
export function mutate(text: string, other: string, chance: () => number): string {
  const below = (count: number): number => Math.floor(chance() * count);
  let changed = text;
  for (let left = 1 + below(4); left > 0; left--) {
    const from = below(changed.length + 1);
    const to = Math.min(changed.length, from + 1 + below(chance() < 0.5 ? 3 : 24));
    const start = below(other.length + 1);
    const token = pieces[below(pieces.length)] ?? "";
    const inserted = [
      "",
      token,
      changed.slice(from, to).repeat(2),
      other.slice(start, start + 1 + below(24)),
      changed.slice(from, to).split("").toReversed().join(""),
      String.fromCharCode(below(0x80)),
    ][below(6)];
    changed = changed.slice(0, from) + (inserted ?? "") + changed.slice(chance() < 0.5 ? from : to);
  }
  return changed;
}
