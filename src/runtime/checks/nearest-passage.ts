/** Where a pattern fits a text best: `text.slice(start, end)` becomes the pattern with this many edits. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** Characters that were put in, left out or exchanged. */
  readonly edits: number;
}

/** What one search did, in steps of 32 comparisons. */
export interface Effort {
  steps: number;
}

/**
 * The passage of `text` that has the least edit distance to `pattern`, the first of equal ones: Myers' bit-parallel algorithm in blocks of
 * 32 characters (G. Myers, JACM 46, 1999; H. Hyyrö, 2003). Takes `text.length * ceil(pattern.length / 32)` steps, whatever the texts are.
 *
 * @param effort is told what was done
 */
export function nearestPassage(text: string, pattern: string, effort: Effort): Passage {
  const { at: end, edits } = nearestEnd(text, pattern, effort);
  // The same backwards: of all passages that end here with as few edits, the start is the last of the shortest.
  const before = reversed(text.slice(Math.max(0, end - pattern.length - edits), end));
  const { at: length } = nearestEnd(before, reversed(pattern), effort, true);
  return { start: end - length, end, edits };
}

/** @param anchored the passage begins where the text begins */
function nearestEnd(text: string, pattern: string, effort: Effort, anchored = false): { readonly at: number; readonly edits: number } {
  const blocks = Math.ceil(pattern.length / 32);
  const masks = masksOf(pattern, blocks);
  const none = new Int32Array(blocks);
  const more = new Int32Array(blocks).fill(-1);
  const less = new Int32Array(blocks);
  const lastBit = 1 << ((pattern.length - 1) % 32);
  let edits = pattern.length;
  let best = { at: 0, edits };
  effort.steps += text.length * blocks;
  for (let at = 0; at < text.length; at++) {
    const mask = masks.get(text.charCodeAt(at)) ?? none;
    // The difference that comes in from the row above: none where a passage may begin anywhere.
    let carry = anchored ? 1 : 0;
    for (let block = 0; block < blocks; block++) {
      carry = stepBlock({ more, less }, block, mask[block] ?? 0, { carry, top: block === blocks - 1 ? lastBit : 1 << 31 });
    }
    edits += carry;
    if (edits < best.edits) best = { at: at + 1, edits };
  }
  return best;
}

interface Columns {
  /** Bit for bit: the row below costs one more, or one less. */
  readonly more: Int32Array;
  readonly less: Int32Array;
}

/** One column of one block. @returns the difference that its last row hands down: -1, 0 or 1 */
function stepBlock(
  { more, less }: Columns,
  block: number,
  mask: number,
  { carry, top }: { readonly carry: number; readonly top: number },
): number {
  const up = more[block] ?? 0;
  const down = less[block] ?? 0;
  const isLess = carry < 0 ? 1 : 0;
  const vertical = mask | down;
  const equal = mask | isLess;
  const diagonal = (((equal & up) + up) ^ up) | equal;
  let rise = down | ~(diagonal | up);
  let fall = up & diagonal;
  const handed = (rise & top) !== 0 ? 1 : (fall & top) !== 0 ? -1 : 0;
  rise = (rise << 1) | (carry > 0 ? 1 : 0);
  fall = (fall << 1) | isLess;
  more[block] = fall | ~(vertical | rise);
  less[block] = rise & vertical;
  return handed;
}

/** Of each character of the pattern: where it stands. */
function masksOf(pattern: string, blocks: number): ReadonlyMap<number, Int32Array> {
  const masks = new Map<number, Int32Array>();
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern.charCodeAt(at);
    let mask = masks.get(unit);
    if (mask === undefined) masks.set(unit, (mask = new Int32Array(blocks)));
    const block = at >> 5;
    mask[block] = (mask[block] ?? 0) | (1 << (at % 32));
  }
  return masks;
}

function reversed(text: string): string {
  let back = "";
  for (let at = text.length - 1; at >= 0; at--) back += text.charAt(at);
  return back;
}
