import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DONE,
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
import { TokenReader } from "./token-reader.js";

/**
 * Reads JSON text in pieces of any size and builds the value by a plan. Accepts and refuses what `JSON.parse` does.
 * Every character is looked at once, in its own piece; no text is kept but the token that is unfinished.
 */
export class JsonScanner extends TokenReader {
  /** The next piece of the text. @throws {JsonSyntaxError | LimitExceededError} */
  write(piece: string): void {
    const { length } = piece;
    this.piece = piece;
    let at = 0;
    while (at < length) {
      const { state } = this;
      if (state === IN_STRING) at = this.readString(piece, at);
      else if (state === IN_KEY) at = this.readKey(piece, at);
      else if (state <= DONE) at = this.readStructure(piece, at);
      else if (state === IN_NUMBER) at = this.readNumber(piece, at);
      else if (state === IN_WORD) at = this.readWord(piece, at);
      else at = this.readEscape(piece, at);
    }
    this.offset += length;
    this.before = piece;
    if (this.offset > this.limits.textLength) this.exceed("textLength", this.offset);
  }

  /** The text is whole. @throws {JsonSyntaxError} when it is not one JSON value */
  end(): unknown {
    this.piece = "";
    if (this.state === IN_NUMBER && this.depth === 0) this.endNumber(0);
    if (this.state !== DONE) this.fail(0);
    return this.snapshot();
  }

  private readStructure(piece: string, from: number): number {
    const { length } = piece;
    let at = from;
    for (; at < length; at++) {
      const code = piece.charCodeAt(at);
      if (code <= SPACE) {
        if (code === SPACE || code === 10 || code === 13 || code === 9) continue;
        this.fail(at);
      }
      const { state } = this;
      if (state === COMMA) {
        if (code === 44) this.state = this.frame.list ? VALUE : KEY;
        else if (code === (this.frame.list ? CLOSE_LIST : CLOSE_OBJECT)) this.endContainer();
        else this.fail(at);
      } else if (state === KEY || state === KEY_OR_END) {
        if (code === QUOTE) {
          this.beginKey();
          return at + 1;
        }
        if (code !== CLOSE_OBJECT || state === KEY) this.fail(at);
        this.endContainer();
      } else if (state === COLON) {
        if (code !== 58) this.fail(at);
        this.state = VALUE;
      } else if (state === DONE) this.fail(at);
      else if (code === CLOSE_LIST && state === VALUE_OR_END) this.endContainer();
      else {
        this.beginValue(code, at);
        if (this.state > DONE) return this.state === IN_NUMBER ? at : at + 1;
      }
    }
    return at;
  }

  private beginValue(code: number, at: number): void {
    const { frame } = this;
    if (frame.list) {
      if (frame.index >= this.limits.listLength) this.exceed("listLength", frame.index + 1);
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
      this.digit = this.mantissa = this.fraction = 0;
      this.negative = false;
      this.number = undefined;
      this.state = IN_NUMBER;
    } else {
      this.word = code === 116 ? "true" : code === 102 ? "false" : code === 110 ? "null" : this.fail(at);
      this.beginScalar(code === 110 ? "null" : "boolean");
      this.matched = 1;
      this.state = IN_WORD;
    }
  }

  private checkDepth(): void {
    if (this.depth >= this.limits.depth) this.exceed("depth", this.depth + 1);
  }

  private endContainer(): void {
    this.close();
    this.state = this.depth === 0 ? DONE : COMMA;
  }

  private beginKey(): void {
    const { frame } = this;
    this.expected = frame.shape.wire[frame.field + 1] ?? "";
    this.matched = 0;
    this.state = IN_KEY;
  }
}
