/** A source of numbers that gives the same ones for the same seed. */
export interface Random {
  /** A 32-bit unsigned integer. */
  next(): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
}

/** Mulberry32: 32 bits of state, good enough for samples. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { next, between: (low, high) => (high <= low ? low : low + (next() % (high - low + 1))) };
}

/** FNV-1a over UTF-16 units, mixed into `seed`. */
export function hashText(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** So many lower-case hex digits. */
export function hexDigits(random: Random, count: number): string {
  let digits = "";
  while (digits.length < count) digits += random.next().toString(16).padStart(8, "0");
  return digits.slice(0, count);
}

/** A version-4 UUID. */
export function uuid(random: Random): string {
  const hex = hexDigits(random, 32);
  const variant = "89ab"[random.between(0, 3)] ?? "8";
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
