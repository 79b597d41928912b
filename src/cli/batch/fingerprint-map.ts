import { createHash } from "node:crypto";

/** Words of a slot: 16 bytes that stand for the text, and the number. */
const printWords = 4;
const slotWords = printWords + 1;

/**
 * Texts → whole numbers below 2^32, in 20 bytes for each text, whatever its length (27 to 54 with the free slots). Two texts of a
 * billion share their 16 bytes of SHA-256 about once in 10^20 maps.
 */
export class FingerprintMap {
  #slots = new Uint32Array(1024 * slotWords);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(text: string): number | undefined {
    const at = this.#find(fingerprint(text));
    return this.#isFree(at) ? undefined : this.#slots[at + printWords];
  }

  set(text: string, value: number): void {
    const print = fingerprint(text);
    const at = this.#find(print);
    const isNew = this.#isFree(at);
    this.#slots.set(print, at);
    this.#slots[at + printWords] = value;
    if (!isNew) return;
    this.#size += 1;
    if (this.#size * slotWords > this.#slots.length * 0.75) this.#grow();
  }

  /** Where it stands, or the free place for it. */
  #find(print: Uint32Array): number {
    const slots = this.#slots;
    const mask = slots.length / slotWords - 1;
    for (let slot = (print[1] ?? 0) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotWords;
      if (this.#isFree(at) || print.every((word, index) => slots[at + index] === word)) return at;
    }
  }

  #isFree(at: number): boolean {
    return this.#slots[at] === 0;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += slotWords) {
      if (old[at] !== 0) this.#slots.set(old.subarray(at, at + slotWords), this.#find(old.subarray(at, at + printWords)));
    }
  }
}

/** The first word is never 0, which is a free slot. */
function fingerprint(text: string): Uint32Array {
  const digest = createHash("sha256").update(text).digest();
  const print = Uint32Array.from({ length: printWords }, (_, index) => digest.readUInt32LE(index * 4));
  print[0] = (print[0] ?? 0) | 1;
  return print;
}
