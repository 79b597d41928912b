import type { JsonLimits } from "../options.js";
import { JsonSyntaxError } from "./json-syntax-error.js";
import { PastLimit } from "./past-limit.js";
import { COLON, COMMA, DONE, EXPECTED, IN_ESCAPE, IN_KEY, IN_STRING, IN_UNICODE, KEY, VALUE } from "./scan-state.js";
import { NONE, NULL_IS_ABSENT, type Shape } from "./shape.js";
import type { ScannerOptions } from "./scanner-options.js";
import { ValueBuilder } from "./value-builder.js";

/** What may stand after a backslash, and beside it what that means. */
const ESCAPES = '"\\/bfnrt';
const ESCAPED = '"\\/\b\f\n\r\t';

// Places in a number.
const MINUS = 1;
const ZERO = 2;
const INTEGER = 3;
const POINT = 4;
const FRACTION = 5;
const EXPONENT = 6;
const EXPONENT_SIGN = 7;
const EXPONENT_DIGITS = 8;

/** Reads the tokens of JSON text that may be cut anywhere: keys, strings, numbers, words. */
export class TokenReader extends ValueBuilder {
  protected state: number = VALUE;
  /** UTF-16 units before the current piece. */
  offset = 0;
  /** The text that comes next when the model keeps the schema's order, `,"key":`, and how much of it, or of a word, has been seen. */
  protected expected: readonly number[] = NONE;
  protected matched = 0;
  protected inKey = false;
  /** A high surrogate that waits for its low one. */
  protected surrogate = "";
  protected unicode = 0;
  protected digits = 0;
  protected place = 0;
  protected negative = false;
  protected mantissa = 0;
  protected fraction = 0;
  /** The number's text, once it is too long for arithmetic. */
  protected number: string | undefined = undefined;
  protected word = "";
  protected readonly deepest: number;
  protected readonly stringLength: number;
  protected readonly textLength: number;
  protected readonly listLength: number;

  constructor(root: Shape, options: ScannerOptions = {}) {
    super(root, options);
    const { depth = 512, stringLength = 2 ** 24, textLength = 2 ** 28, listLength = 1_000_000 } = options.limits ?? {};
    this.deepest = depth;
    this.stringLength = stringLength;
    this.textLength = textLength;
    this.listLength = listLength;
  }

  protected endScalar(value: unknown): void {
    const { frame } = this;
    const { rule } = this.child;
    if (rule !== undefined && !(value === null && (frame.flags & NULL_IS_ABSENT) !== 0) && !rule(value)) this.misfit();
    this.complete(value);
    if (frame.list || !frame.plain) this.state = this.depth === 0 ? DONE : COMMA;
    else {
      this.expected = frame.shape.codes[frame.index] ?? NONE;
      this.matched = 0;
      this.state = IN_KEY;
    }
  }

  /** The text leaves what was expected; what has matched tells where it stands. */
  protected leaveExpected(): void {
    const { expected, matched, frame } = this;
    const field = frame.field + 1;
    const key = frame.shape.wire[field] ?? "";
    if (matched < 2) this.state = matched === 0 ? COMMA : KEY;
    else if (matched + 1 === expected.length) {
      this.beginMember(field, key);
      this.state = COLON;
    } else {
      this.inKey = true;
      this.growing = false;
      this.text = key.slice(0, matched - 2);
      this.state = IN_STRING;
    }
  }

  /** Text never ends in a high surrogate before it is known what follows. */
  protected append(piece: string, from: number, to: number): void {
    const cut = (piece.charCodeAt(to - 1) & 0xfc00) === 0xd800;
    const end = cut ? to - 1 : to;
    const part = this.surrogate + piece.slice(from, end);
    this.surrogate = piece.slice(end, to);
    this.text += part;
    if (this.text.length > this.stringLength) this.exceed("stringLength", this.text.length);
    if (this.growing && part !== "") this.grow(part);
  }

  protected grow(part: string): void {
    this.dirty = true;
    if (this.textTap !== undefined) this.textTap.piece(part);
  }

  protected endString(): void {
    if (this.surrogate !== "") {
      this.text += this.surrogate;
      if (this.growing) this.grow(this.surrogate);
      this.surrogate = "";
    }
    const { text } = this;
    if (text.length > this.stringLength) this.exceed("stringLength", text.length);
    // A string put together of pieces is a tree for the engine until one of its characters is read.
    if (text.length > 12) this.unicode = text.charCodeAt(text.length - 1);
    if (this.inKey) {
      this.state = COLON;
      this.beginMember(this.frame.shape.find(text), text);
      return;
    }
    // What grew and was shown whole does not change by its end.
    const shown = this.growing && !this.dirty;
    this.growing = false;
    this.textTap = undefined;
    this.endScalar(text);
    if (shown) this.dirty = false;
  }

  protected readEscape(piece: string, from: number): number {
    let at = from;
    if (this.state === IN_ESCAPE) {
      const code = piece.charCodeAt(at++);
      if (code === 117) {
        this.unicode = this.digits = 0;
        this.state = IN_UNICODE;
      } else {
        const index = ESCAPES.indexOf(String.fromCharCode(code));
        if (index < 0) this.fail(piece, at - 1);
        this.append(ESCAPED.charAt(index), 0, 1);
        this.state = IN_STRING;
        return at;
      }
    }
    for (; at < piece.length; at++) {
      const digit = "0123456789abcdef".indexOf(piece.charAt(at).toLowerCase());
      if (digit < 0) this.fail(piece, at);
      this.unicode = this.unicode * 16 + digit;
      if (++this.digits === 4) {
        this.append(String.fromCharCode(this.unicode), 0, 1);
        this.state = IN_STRING;
        return at + 1;
      }
    }
    return at;
  }

  protected readWord(piece: string, from: number): number {
    const { word } = this;
    const size = word.length;
    let { matched } = this;
    let at = from;
    while (at < piece.length && matched < size) {
      if (piece.charCodeAt(at) !== word.charCodeAt(matched)) this.fail(piece, at);
      at++;
      matched++;
    }
    this.matched = matched;
    if (matched === size) this.endScalar(size === 5 ? false : word === "null" ? null : true);
    return at;
  }

  protected readNumber(piece: string, from: number): number {
    const { length } = piece;
    let { place, mantissa, fraction } = this;
    let at = from;
    for (; at < length; at++) {
      const digit = piece.charCodeAt(at) - 48;
      if (
        digit < 0 ||
        digit > 9 ||
        this.number !== undefined ||
        place === ZERO ||
        place >= EXPONENT ||
        mantissa >= 1e14 ||
        fraction >= 22
      ) {
        this.place = place;
        this.mantissa = mantissa;
        this.fraction = fraction;
        if (!this.readRareDigit(piece, at)) {
          this.endNumber(piece, at);
          return at;
        }
        ({ place } = this);
      } else {
        mantissa = mantissa * 10 + digit;
        if (place === POINT || place === FRACTION) {
          place = FRACTION;
          fraction++;
        } else place = place <= MINUS && digit === 0 ? ZERO : INTEGER;
      }
    }
    this.place = place;
    this.mantissa = mantissa;
    this.fraction = fraction;
    return at;
  }

  /** What is no plain digit of a short number. @returns whether it belongs to the number */
  private readRareDigit(piece: string, at: number): boolean {
    const code = piece.charCodeAt(at);
    const { place } = this;
    if (code >= 48 && code <= 57) {
      if (place === ZERO) this.fail(piece, at);
      this.number ??= this.written();
      this.place = place <= MINUS ? INTEGER : place === POINT ? FRACTION : place >= EXPONENT ? EXPONENT_DIGITS : place;
    } else if (code === 45 && (place === 0 || place === EXPONENT)) {
      if (place === 0) this.negative = true;
      this.place = place === 0 ? MINUS : EXPONENT_SIGN;
    } else if (code === 43 && place === EXPONENT) this.place = EXPONENT_SIGN;
    else if (code === 46 && (place === ZERO || place === INTEGER)) this.place = POINT;
    else if ((code === 101 || code === 69) && (place === ZERO || place === INTEGER || place === FRACTION)) {
      this.number ??= this.written();
      this.place = EXPONENT;
    } else return false;
    if (this.number !== undefined) this.number += piece.charAt(at);
    return true;
  }

  /** The digits that arithmetic has taken, as they stood. */
  protected written(): string {
    const digits = String(this.mantissa).padStart(this.fraction + 1, "0");
    const whole = digits.length - this.fraction;
    const point = this.place >= POINT && this.place <= FRACTION ? "." : "";
    return `${this.negative ? "-" : ""}${digits.slice(0, whole)}${point}${digits.slice(whole)}`;
  }

  protected endNumber(piece: string, at: number): void {
    const { place, mantissa, fraction } = this;
    if (place !== ZERO && place !== INTEGER && place !== FRACTION && place !== EXPONENT_DIGITS) this.fail(piece, at);
    if (this.number !== undefined) return this.endScalar(Number(this.number));
    // Powers of ten are exact up to 1e22, so that a mantissa below 2^53 divided by one is rounded once, as JSON.parse rounds.
    let power = 1;
    for (let left = fraction; left > 0; left--) power *= 10;
    const size = mantissa / power;
    this.endScalar(this.negative ? -size : size);
  }

  protected exceed(limited: keyof JsonLimits, used: number): never {
    throw new PastLimit(limited, limited === "depth" ? this.deepest : this[limited], used);
  }

  protected fail(piece: string, at: number): never {
    if (this.state === IN_KEY) this.leaveExpected();
    const expected = EXPECTED[this.state] || `',' or '${this.frame.list ? "]" : "}"}'`;
    throw new JsonSyntaxError(this.offset + at, expected, piece.slice(Math.max(0, at - 20), at + 20));
  }
}
