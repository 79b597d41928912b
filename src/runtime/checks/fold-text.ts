/** A text as it is compared, and where each UTF-16 unit of it stands in the text that it was made of. */
export interface FoldedText {
  readonly text: string;
  /** As long as `text`, and one more: the end. */
  readonly offsets: readonly number[];
}

/** One blank for any white space, plain quotation marks and dashes, composed characters; small letters where case does not count. */
export function foldText(source: string, caseless: boolean): FoldedText {
  const parts: string[] = [];
  const offsets: number[] = [];
  // A character with its marks; vowels and finals of Hangul belong to the syllable before them.
  for (const { 0: found, index } of source.matchAll(/\s+|[^][\p{M}\u1160-\u11ff]*/gu)) {
    const part = plainCharacter(found, caseless);
    parts.push(part);
    for (let unit = 0; unit < part.length; unit++) offsets.push(index);
  }
  offsets.push(source.length);
  return { text: parts.join(""), offsets };
}

function plainCharacter(found: string, caseless: boolean): string {
  if (/^\s/.test(found)) return " ";
  if (/^[“”„«»]$/.test(found)) return '"';
  if (/^[‘’‚]$/.test(found)) return "'";
  if (/^[‐‑–—]$/.test(found)) return "-";
  const composed = found.normalize("NFC");
  return caseless ? composed.toLowerCase() : composed;
}
