import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DONE,
  IN_ESCAPE,
  IN_KEY,
  IN_NUMBER,
  IN_STRING,
  IN_WORD,
  KEY,
  KEY_OR_END,
  QUOTE,
  SPACE,
  VALUE,
  VALUE_OR_END,
} from "./scan-state.js";
import { ASIDE, NONE } from "./shape.js";
import { TokenReader } from "./token-reader.js";
import type { BuilderListener } from "./value-builder.js";

/**
 * Reads JSON text in pieces of any size and builds the value by a plan. Accepts and refuses what `JSON.parse` does.
 * Every character is looked at once, in its own piece; no text is kept but the token that is unfinished.
 */
export class JsonScanner extends TokenReader {
  /**
   * The next piece of the text. Strings and keys, which are most of any answer, are read here and not in a method of their own:
   * with pieces of four characters a call for each token is a third of the whole cost.
   *
   * @throws {JsonSyntaxError | PastLimit | Misfit} the last where `mends` says so, and from a listener
   */
  write(piece: string): void {
    const { length } = piece;
    let at = 0;
    while (at < length) {
      const { state } = this;
      if (state === IN_STRING) {
        const from = at;
        let code = 0;
        do code = piece.charCodeAt(at);
        while ((code > QUOTE ? code !== BACKSLASH : code === SPACE || code === 33) && ++at < length);
        if (at > from) {
          if (this.surrogate !== "" || ((at < length ? piece.charCodeAt(at - 1) : code) & 0xfc00) === 0xd800) this.append(piece, from, at);
          else {
            const part = from === 0 && at === length ? piece : piece.slice(from, at);
            this.text += part;
            if (this.growing) this.grow(part);
          }
        }
        if (at === length) {
          if (this.text.length > this.stringLength) this.exceed("stringLength", this.text.length);
          break;
        }
        if (code === QUOTE) this.endString();
        else {
          if (code !== BACKSLASH) this.fail(piece, at);
          this.state = IN_ESCAPE;
        }
        at++;
      } else if (state === IN_KEY) {
        const { expected } = this;
        const size = expected.length;
        let { matched } = this;
        while (at < length && matched < size && piece.charCodeAt(at) === expected[matched]) {
          matched++;
          at++;
        }
        if (matched === size) {
          this.beginExpected();
          if (at < length && piece.charCodeAt(at) === QUOTE) {
            this.inKey = false;
            this.text = "";
            this.beginString();
            this.state = IN_STRING;
            at++;
          } else this.state = VALUE;
        } else {
          this.matched = matched;
          if (at < length) {
            this.leaveExpected();
            if (this.state <= DONE) at = this.readStructure(piece, at);
          }
        }
      } else if (state <= DONE) at = this.readStructure(piece, at);
      else if (state === IN_NUMBER) at = this.readNumber(piece, at);
      else if (state === IN_WORD) at = this.readWord(piece, at);
      else at = this.readEscape(piece, at);
    }
    this.offset += length;
    if (this.offset > this.textLength) this.exceed("textLength", this.offset);
  }

  /** The key that was expected has come, and its colon. */
  private beginExpected(): void {
    const { frame } = this;
    const { shape } = frame;
    const field = frame.field + 1;
    const flags = shape.flags[field] ?? 0;
    if (frame.plain && (flags & ASIDE) === 0) {
      frame.field = field;
      frame.flags = flags;
      this.child = shape.fields[field] ?? this.raw;
    } else this.beginMember(field, shape.wire[field] ?? "");
  }

  /** Tells of what comes from here on, also in what is open already. */
  listen(listener: BuilderListener): void {
    this.listener = listener;
    for (let depth = 1; depth <= this.depth && depth < this.held; depth++) this.frames[depth]?.listen(listener.opened(depth));
    if (this.growing) this.textTap = listener.textBegun(this.depth);
  }

  /** One whole value has been read. */
  get isComplete(): boolean {
    return this.state === DONE;
  }

  /** The text is whole. @throws {JsonSyntaxError} when it is not one JSON value */
  end(): unknown {
    if (this.state === IN_NUMBER) this.endNumber("", 0);
    if (this.state !== DONE) this.fail("", 0);
    return this.snapshot();
  }

  private readStructure(piece: string, from: number): number {
    const { length } = piece;
    let at = from;
    for (; at < length; at++) {
      const code = piece.charCodeAt(at);
      if (code <= SPACE) {
        if (code === SPACE || code === 10 || code === 13 || code === 9) continue;
        this.fail(piece, at);
      }
      const { state } = this;
      if (state === COMMA) {
        if (code === 44) this.state = this.frame.list ? VALUE : KEY;
        else if (code === (this.frame.list ? CLOSE_LIST : CLOSE_OBJECT)) this.endContainer();
        else this.fail(piece, at);
      } else if (state === KEY || state === KEY_OR_END) {
        if (code === QUOTE) {
          this.beginKey();
          return at + 1;
        }
        if (code !== CLOSE_OBJECT || state === KEY) this.fail(piece, at);
        this.endContainer();
      } else if (state === COLON) {
        if (code !== 58) this.fail(piece, at);
        this.state = VALUE;
      } else if (state === DONE) this.fail(piece, at);
      else if (code === CLOSE_LIST && state === VALUE_OR_END) this.endContainer();
      else {
        this.beginValue(code, piece, at);
        if (this.state > DONE) return this.state === IN_NUMBER ? at : at + 1;
      }
    }
    return at;
  }

  private beginValue(code: number, piece: string, at: number): void {
    const { frame } = this;
    if (frame.list) {
      if (frame.index >= this.listLength) this.exceed("listLength", frame.index + 1);
      this.beginItem(frame);
    }
    if (code === QUOTE) {
      this.inKey = false;
      this.text = "";
      this.beginString();
      this.state = IN_STRING;
    } else if (code === 123) {
      this.checkDepth();
      this.openObject();
      this.state = KEY_OR_END;
    } else if (code === 91) {
      this.checkDepth();
      this.openList();
      this.state = VALUE_OR_END;
    } else if (code === 45 || (code >= 48 && code <= 57)) {
      this.beginScalar("number");
      this.place = this.mantissa = this.fraction = 0;
      this.negative = false;
      this.number = undefined;
      this.state = IN_NUMBER;
    } else {
      this.word = code === 116 ? "true" : code === 102 ? "false" : code === 110 ? "null" : this.fail(piece, at);
      this.beginScalar(code === 110 ? "null" : "boolean");
      this.matched = 1;
      this.state = IN_WORD;
    }
  }

  private checkDepth(): void {
    if (this.depth >= this.deepest) this.exceed("depth", this.depth + 1);
  }

  private endContainer(): void {
    this.close();
    this.state = this.depth === 0 ? DONE : COMMA;
  }

  private beginKey(): void {
    const { frame } = this;
    this.expected = frame.shape.codes[frame.field + 1] ?? NONE;
    this.matched = 2;
    this.state = IN_KEY;
  }
}
