/** One line of a text, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** `true`: it is longer than is read; `text` is its beginning. */
  readonly tooLong: boolean;
  /** `false`: the text ended before the line did. */
  readonly ended: boolean;
  /** Bytes from the beginning of the text to behind this line. */
  readonly offset: number;
}

/** UTF-8 bytes; a longer line is not kept in memory. */
export const longestLine = 16 * 1024 * 1024;

const newline = 0x0a;

/** Reads a text line by line, whatever its size, in constant memory. A byte order mark and carriage returns are dropped. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const pending = new PendingLine();
  let number = 0;
  let offset = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(newline, from);
      if (end < 0) break;
      pending.add(chunk.subarray(from, end));
      offset += end + 1 - from;
      from = end + 1;
      yield { number: ++number, ...pending.take(number === 1), ended: true, offset };
    }
    pending.add(chunk.subarray(from));
    offset += chunk.length - from;
  }
  if (!pending.isEmpty) yield { number: ++number, ...pending.take(number === 1), ended: false, offset };
}

/** The bytes of a line that has not ended yet. */
class PendingLine {
  #parts: Uint8Array[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // What is beyond the bound is only counted. Chunks are copied: the stream may use their memory again.
    if (this.#length < longestLine) this.#parts.push(bytes.slice(0, longestLine - this.#length));
    this.#length += bytes.length;
  }

  take(isFirst: boolean): { readonly text: string; readonly tooLong: boolean } {
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const tooLong = this.#length > longestLine;
    this.#parts = [];
    this.#length = 0;
    const text = new TextDecoder("utf-8", { ignoreBOM: !isFirst }).decode(bytes);
    return { text: text.endsWith("\r") ? text.slice(0, -1) : text, tooLong };
  }
}
