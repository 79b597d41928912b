/** The text is not JSON. Not an ExtractionError by itself: the call makes one of it, with the text. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name = "JsonSyntaxError";
  /** UTF-16 units before the fault, counted from the start of the answer. */
  readonly offset: number;
  /** What JSON's grammar allows there: `',' or '}'`. */
  readonly expected: string;
  /** A few characters up to the fault and, where it was there already, after it. */
  readonly excerpt: string;

  constructor(offset: number, expected: string, excerpt: string) {
    super(`Not JSON at offset ${offset}: expected ${expected}, near ${JSON.stringify(excerpt)}`);
    this.offset = offset;
    this.expected = expected;
    this.excerpt = excerpt;
  }
}
