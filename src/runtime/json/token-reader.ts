import { LimitExceededError } from "../errors/limit-exceeded-error.js";
import type { Plan } from "../spec.js";
import { JsonSyntaxError } from "./json-syntax-error.js";
import { BACKSLASH, COLON, COMMA, DONE, EXPECTED, IN_ESCAPE, IN_STRING, IN_UNICODE, QUOTE, SPACE, VALUE } from "./scan-state.js";
import type { Shape } from "./shape.js";
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

/** Exact as doubles, so that a mantissa below 2^53 divided by one of them is rounded once, as JSON.parse rounds. */
const POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

export interface ScannerOptions {
  readonly defs?: Plan["defs"] | undefined;
  readonly live?: boolean | undefined;
  readonly limits?: JsonLimits | undefined;
}

/** How much of a model's answer is read before it is refused with a LimitExceededError. */
export interface JsonLimits {
  /** Containers in each other. Default 512. */
  readonly depth?: number;
  /** UTF-16 units of one string. Default 16,777,216. */
  readonly stringLength?: number;
  /** UTF-16 units of the whole answer. Default 268,435,456. */
  readonly textLength?: number;
  /** Items of one list. Default 1,000,000. */
  readonly listLength?: number;
}

/** Reads the tokens of JSON text that may be cut anywhere: keys, strings, numbers, words. */
export class TokenReader extends ValueBuilder {
  protected state = VALUE;
  /** UTF-16 units before the current piece. */
  offset = 0;
  protected piece = "";
  protected before = "";
  /** The key that comes next when the model keeps the schema's order, and how much of it has been seen. */
  protected expected = "";
  protected matched = 0;
  protected inKey = false;
  /** A high surrogate that waits for its low one. */
  protected surrogate = "";
  protected unicode = 0;
  protected digits = 0;
  protected digit = 0;
  protected negative = false;
  protected mantissa = 0;
  protected fraction = 0;
  /** The number's text, once it is too long for arithmetic. */
  protected number: string | undefined = undefined;
  protected word = "";
  protected readonly limits: Required<JsonLimits>;

  constructor(root: Shape, options: ScannerOptions = {}) {
    super(root, options);
    this.limits = { depth: 512, stringLength: 2 ** 24, textLength: 2 ** 28, listLength: 1_000_000, ...options.limits };
  }

  protected endScalar(value: unknown): void {
    this.complete(value);
    this.state = this.depth === 0 ? DONE : COMMA;
  }

  /** A key that is the expected one, character by character; the first that differs leads to `readString`. */
  protected readKey(piece: string, from: number): number {
    const { length } = piece;
    const { expected } = this;
    let { matched } = this;
    let at = from;
    for (; at < length; at++) {
      const code = piece.charCodeAt(at);
      if (matched < expected.length && code === expected.charCodeAt(matched) && code !== QUOTE && code !== BACKSLASH) matched++;
      else if (code === QUOTE && matched === expected.length && matched > 0) {
        this.beginMember(this.frame.field + 1, expected);
        this.state = COLON;
        return at + 1;
      } else {
        this.inKey = true;
        this.growing = false;
        this.text = expected.slice(0, matched);
        this.state = IN_STRING;
        return at;
      }
    }
    this.matched = matched;
    return at;
  }

  protected readString(piece: string, from: number): number {
    const { length } = piece;
    let at = from;
    let code = 0;
    for (; at < length; at++) {
      code = piece.charCodeAt(at);
      if (code === QUOTE || code === BACKSLASH || code < SPACE) break;
    }
    if (at > from) this.append(piece, from, at, at === length && (code & 0xfc00) === 0xd800);
    if (at === length) return at;
    if (code === QUOTE) this.endString();
    else if (code === BACKSLASH) this.state = IN_ESCAPE;
    else this.fail(at);
    return at + 1;
  }

  /** Text never ends in a high surrogate before it is known what follows. */
  protected append(piece: string, from: number, to: number, cut: boolean): void {
    const end = cut ? to - 1 : to;
    const part = end - from === piece.length ? piece : piece.slice(from, end);
    if (this.surrogate !== "") {
      this.text += this.surrogate;
      this.surrogate = "";
    }
    this.text += part;
    if (cut) this.surrogate = piece.slice(end, to);
    if (this.growing && to > from + (cut ? 1 : 0)) this.dirty = true;
    if (this.text.length > this.limits.stringLength) this.exceed("stringLength", this.text.length);
  }

  protected endString(): void {
    if (this.surrogate !== "") {
      this.text += this.surrogate;
      this.surrogate = "";
      if (this.growing) this.dirty = true;
    }
    const { text } = this;
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
        if (index < 0) this.fail(at - 1);
        this.append(ESCAPED, index, index + 1, false);
        this.state = IN_STRING;
        return at;
      }
    }
    for (; at < piece.length; at++) {
      const digit = hexadecimal(piece.charCodeAt(at));
      if (digit < 0) this.fail(at);
      this.unicode = this.unicode * 16 + digit;
      if (++this.digits === 4) {
        this.append(String.fromCharCode(this.unicode), 0, 1, (this.unicode & 0xfc00) === 0xd800);
        this.state = IN_STRING;
        return at + 1;
      }
    }
    return at;
  }

  protected readWord(piece: string, from: number): number {
    const { word } = this;
    let at = from;
    while (at < piece.length) {
      if (piece.charCodeAt(at) !== word.charCodeAt(this.matched)) this.fail(at);
      at++;
      if (++this.matched === word.length) {
        this.endScalar(word === "null" ? null : word === "true");
        return at;
      }
    }
    return at;
  }

  protected readNumber(piece: string, from: number): number {
    const { length } = piece;
    let begin = from;
    let at = from;
    for (; at < length; at++) {
      const code = piece.charCodeAt(at);
      const digit = code - 48;
      const place = this.digit;
      if (digit >= 0 && digit <= 9) {
        if (place === ZERO) this.fail(at);
        if (place <= MINUS) this.digit = digit === 0 ? ZERO : INTEGER;
        else if (place === POINT) this.digit = FRACTION;
        else if (place === EXPONENT || place === EXPONENT_SIGN) this.digit = EXPONENT_DIGITS;
        if (this.number !== undefined) continue;
        if (this.mantissa >= 1e14 || this.fraction >= 22) {
          this.number = this.written();
          begin = at;
        } else {
          this.mantissa = this.mantissa * 10 + digit;
          if (this.digit === FRACTION) this.fraction++;
        }
      } else if (code === 45 && (place === 0 || place === EXPONENT)) {
        this.digit = place === 0 ? MINUS : EXPONENT_SIGN;
        if (place === 0) this.negative = true;
      } else if (code === 43 && place === EXPONENT) this.digit = EXPONENT_SIGN;
      else if (code === 46 && (place === ZERO || place === INTEGER)) this.digit = POINT;
      else if ((code === 101 || code === 69) && (place === ZERO || place === INTEGER || place === FRACTION)) {
        if (this.number === undefined) {
          this.number = this.written();
          begin = at;
        }
        this.digit = EXPONENT;
      } else {
        if (this.number !== undefined) this.number += piece.slice(begin, at);
        this.endNumber(at);
        return at;
      }
    }
    if (this.number !== undefined) this.number += piece.slice(begin, at);
    return at;
  }

  /** The digits that arithmetic has taken, as they stood. */
  protected written(): string {
    const digits = String(this.mantissa).padStart(this.fraction + 1, "0");
    const whole = digits.length - this.fraction;
    const point = this.digit >= POINT && this.digit <= FRACTION ? "." : "";
    return `${this.negative ? "-" : ""}${digits.slice(0, whole)}${point}${digits.slice(whole)}`;
  }

  protected endNumber(at: number): void {
    const { digit: place, mantissa, fraction } = this;
    if (place !== ZERO && place !== INTEGER && place !== FRACTION && place !== EXPONENT_DIGITS) this.fail(at);
    if (this.number !== undefined) return this.endScalar(Number(this.number));
    const size = fraction === 0 ? mantissa : mantissa / (POWERS[fraction] ?? 1);
    this.endScalar(this.negative ? -size : size);
  }

  protected exceed(limited: keyof JsonLimits, used: number): never {
    throw new LimitExceededError(this.limits[limited], used, { limited });
  }

  protected fail(at: number): never {
    const { state, piece } = this;
    const expected = state === COMMA ? `',' or '${this.frame.list ? "]" : "}"}'` : EXPECTED[state];
    throw new JsonSyntaxError(this.offset + at, expected ?? "", (this.before + piece.slice(0, at)).slice(-20) + piece.slice(at, at + 20));
  }
}

function hexadecimal(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
