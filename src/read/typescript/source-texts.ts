import type { ts } from "ts-morph";
import type { SourcePosition } from "../../diagnostics/diagnostic.js";

/** A stretch of a source file's text, in UTF-16 units. Holds the text, not the compiler's tree: documents outlive the program. */
export interface TextPlace {
  readonly text: SourceText;
  readonly start: number;
  readonly length: number;
}

/** The texts of a program's files, by which places are told. */
export class SourceTexts {
  readonly #relative: (absolute: string) => string;
  readonly #texts = new Map<ts.SourceFile, SourceText>();

  /** @param relative path of a file relative to the root */
  constructor(relative: (absolute: string) => string) {
    this.#relative = relative;
  }

  of(file: ts.SourceFile): SourceText {
    const known = this.#texts.get(file);
    if (known) return known;
    const text = new SourceText(this.#relative(file.fileName), file.text);
    this.#texts.set(file, text);
    return text;
  }

  placeOf(node: ts.Node): TextPlace {
    const file = node.getSourceFile();
    const start = node.getStart(file);
    return { text: this.of(file), start, length: node.end - start };
  }
}

/** One file's text, and where its lines begin. */
export class SourceText {
  readonly file: string;
  readonly #text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
  }

  /** Where a stretch begins; what runs over its first line is not underlined. */
  position(start: number, length: number): SourcePosition {
    const starts = (this.#lineStarts ??= [
      0,
      ...[...this.#text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((end) => end.index + end[0].length),
    ]);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    const [firstLine = ""] = this.#text.slice(start, start + length).split(/[\r\n]/, 1);
    return { file: this.file, line: low + 1, column: start - (starts[low] ?? 0) + 1, length: Math.max(1, firstLine.trimEnd().length) };
  }
}

export function positionOf({ text, start, length }: TextPlace): SourcePosition {
  return text.position(start, length);
}
