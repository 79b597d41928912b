import type { SourcePosition } from "../../diagnostics/diagnostic.js";
import type { Span } from "./json-node.js";

/** Turns offsets into lines and columns, both counted from 1. */
export class LineIndex {
  readonly #file: string;
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  /** The place of a span; a span over several lines is underlined to the end of its first. */
  position(span: Span): SourcePosition {
    const starts = (this.#starts ??= lineStarts(this.#text));
    let low = 0;
    for (let high = starts.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= span.offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    const lineEnd = Math.max((starts[low + 1] ?? this.#text.length + 1) - 1, span.offset + 1);
    const length = Math.max(1, Math.min(span.length, lineEnd - span.offset));
    // A byte order mark is no column an editor counts.
    const mark = low === 0 && this.#text.charCodeAt(0) === 0xfe_ff ? 1 : 0;
    return { file: this.#file, line: low + 1, column: Math.max(1, span.offset - start + 1 - mark), length };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // CR alone ends a line too; CR LF does so once.
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}
