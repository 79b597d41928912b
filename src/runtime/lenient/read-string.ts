import type { Fix, MessyString } from "./messy-node.js";
import type { Context, TextCursor } from "./text-cursor.js";

const closersOf: Readonly<Record<string, string>> = { '"': '"', "'": "'", "`": "`", "“": "”", "„": "“”", "«": "»", "‘": "’" };
const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "/": "/",
  "\\": "\\",
  '"': '"',
  "'": "'",
  "`": "`",
};

const plus = /\s*\+\s*(?=["'`“])/y;
// The next piece is alone on its line; else the line is text with quotes in it.
const lineBreak = /[^\S\n]*\n\s*(?=(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[^\S\n]*(?:[+,}\]\n]|$))/y;
// A line that begins an object with a key in quotes: the answer begins again, and the string before it never ended.
const restart = /\n[^\S\n]*\{\s{0,40}"(?:[^"\\\n]|\\.){0,80}"\s{0,9}:/y;
const jointBegun = /(?:\s*\+\s*|[^\S\n]*\n\s*["'][^\n]*)$/y;

/** A string in quotes of any kind at the cursor; nothing where there is none. */
export function readQuoted(cursor: TextCursor, context: Context | "key"): MessyString | undefined {
  for (const mark of ['"""', "'''", "```"]) {
    if (context !== "key" && cursor.startsWith(mark)) return readBlock(cursor, mark);
  }
  const quote = cursor.next;
  const closer = Object.hasOwn(closersOf, quote) ? closersOf[quote] : undefined;
  if (closer === undefined) return undefined;
  const start = cursor.at;
  const piece = readPiece(cursor, closer, { context, mayJoin: context !== "key" });
  if (context === "key" || !piece.closed || jointAt(cursor, cursor.at, context) === undefined) return piece;
  const joined = readFurther(cursor, piece, context);
  if (joined) return joined;
  cursor.at = start;
  return readPiece(cursor, closer, { context, mayJoin: false });
}

/** A long string as programmers write it, `"one " + "two"`. Where quotes in its pieces are not escaped, there were no pieces. */
function readFurther(cursor: TextCursor, first: MessyString, context: Context): MessyString | undefined {
  const pieces = [first];
  const fixes = [...first.fixes];
  let joint = jointAt(cursor, cursor.at, context);
  while (joint !== undefined) {
    fixes.push(fix("concatenation", [cursor.at, cursor.at + joint.length], joint));
    cursor.at += joint.length;
    const piece = readPiece(cursor, closersOf[cursor.next] ?? "", { context, mayJoin: true });
    pieces.push(piece);
    fixes.push(...piece.fixes);
    if (!piece.closed && !cursor.partial) return undefined;
    joint = piece.closed ? jointAt(cursor, cursor.at, context) : undefined;
  }
  const last = pieces.at(-1) ?? first;
  if (fixes.some(({ kind }) => kind === "unescaped-quote")) return undefined;
  return { ...last, value: pieces.map(({ value }) => value).join(""), start: first.start, fixes };
}

/** What stands between two pieces of a string: a plus, or, as in Python, a line break. */
function jointAt(cursor: TextCursor, at: number, context: Context): string | undefined {
  return cursor.match(plus, at) ?? (context === "object" ? cursor.match(lineBreak, at) : undefined);
}

/** A quote ends the string only where a value may end, or a piece of it: quotes within the text are often not escaped. */
function readPiece(
  cursor: TextCursor,
  closers: string,
  { context, mayJoin }: { readonly context: Context | "key"; readonly mayJoin: boolean },
): MessyString {
  const { text } = cursor;
  const start = cursor.at;
  const fixes: Fix[] = closers === '"' ? [] : [fix("quotes", [start, start + 1], text[start])];
  const parts: string[] = [];
  let at = start + 1;
  let from = at;
  const flush = (until: number): void => void (until > from && parts.push(text.slice(from, until)));
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === "\\") {
      flush(at);
      const escape = readEscape(text, at);
      parts.push(escape.value);
      if (escape.odd) fixes.push(fix("bad-escape", [at, at + escape.length], text.slice(at, at + escape.length)));
      at += escape.length;
      from = at;
    } else if (closers.includes(character)) {
      const isPiece =
        mayJoin &&
        context !== "key" &&
        !fixes.some(({ kind }) => kind === "unescaped-quote") &&
        jointAt(cursor, at + 1, context) !== undefined;
      if (isPiece || isClosing(cursor, at + 1, context)) {
        flush(at);
        cursor.at = at + 1;
        return withoutDoubled({ kind: "string", value: parts.join(""), quoted: true, start, end: cursor.at, closed: true, fixes }, text);
      }
      fixes.push(fix("unescaped-quote", [at, at + 1], character));
      at++;
    } else if (character === "\n" && cursor.match(restart, at) !== undefined) {
      break;
    } else {
      if (character < " ") fixes.push(fix("raw-control-character", [at, at + 1], character));
      at++;
    }
  }
  flush(at);
  cursor.at = at;
  const value = parts.join("");
  const place = { kind: "string", quoted: true, start, end: at, closed: false } as const;
  const brackets = closingOf(cursor);
  const tail = /[}\])\s]*$/.exec(value.slice(-40))?.[0] ?? "";
  if (cursor.partial || brackets === "" || tail.replace(/\s/g, "") !== brackets) return { ...place, value, fixes: fixes.map(doubtful) };
  // All that is open is closed in it: what lacks is the quote, if it is not the text that was cut behind a bracket of its own.
  const missing: Fix = { kind: "missing-quote", severity: "lenient", to: '"', span: [at - tail.length, at] };
  return { ...place, value: value.slice(0, value.length - tail.length), fixes: [...fixes.map(doubtful), missing] };
}

/** The brackets that would close what is open. */
function closingOf({ open }: TextCursor): string {
  return open.reduce((inner, bracket) => (bracket === "{" ? "}" : bracket === "[" ? "]" : ")") + inner, "");
}

/** Without a quote right before the one that ends it, if there is no other in it: it was written twice. After a digit it means inches. */
function withoutDoubled(string: MessyString, text: string): MessyString {
  const [quote, ...others] = string.fixes.filter(({ kind }) => kind === "unescaped-quote");
  if (
    !quote ||
    text[string.start] !== '"' ||
    others.length > 0 ||
    quote.span[1] !== string.end - 1 ||
    /[\d\\]/.test(text[quote.span[0] - 1] ?? "")
  )
    return string;
  const fixes = string.fixes.map((each): Fix => (each === quote ? { ...quote, kind: "extra-quote", severity: "lenient" } : each));
  return { ...string, value: string.value.slice(0, -1), fixes };
}

/** In a string that never ends, any quote may have been its end, and what follows it none of its text. */
function doubtful(fix: Fix): Fix {
  return fix.kind === "unescaped-quote" ? { ...fix, severity: "lenient" } : fix;
}

function isClosing(cursor: TextCursor, at: number, context: Context | "key"): boolean {
  if (context === "key") return cursor.colonAt(cursor.afterSpace(at)) > 0;
  return cursor.endsBefore(at, context) || (cursor.partial && cursor.match(jointBegun, at) !== undefined);
}

function readEscape(text: string, at: number): { readonly value: string; readonly length: number; readonly odd: boolean } {
  const letter = text[at + 1] ?? "";
  if (letter === "u") {
    const digits = text.slice(at + 2, at + 6);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) return { value: String.fromCharCode(Number.parseInt(digits, 16)), length: 6, odd: false };
    // An escape that the end of the text cut has no value yet.
    if (/^[0-9a-fA-F]*$/.test(digits) && at + 2 + digits.length >= text.length) return { value: "", length: text.length - at, odd: true };
  }
  if (letter === "") return { value: "", length: 1, odd: true };
  const value = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (value === undefined) return { value: `\\${letter}`, length: 2, odd: true };
  return { value, length: 2, odd: letter === "'" || letter === "`" };
}

/** Text between triple quotes or fences, as it stands; the info line of a fence, outer line breaks and common indent are dropped. */
function readBlock(cursor: TextCursor, mark: string): MessyString {
  const { text } = cursor;
  const start = cursor.at;
  let stop = text.indexOf(mark, start + 3);
  while (stop >= 0 && !cursor.endsBefore(stop + 3, "object") && !cursor.endsBefore(stop + 3, "array")) stop = text.indexOf(mark, stop + 1);
  const closed = stop >= 0;
  cursor.at = closed ? stop + 3 : text.length;
  const inner = text.slice(start + 3, closed ? stop : text.length);
  const body = mark === "```" ? inner.replace(/^[^\n`]*\n/, "\n") : inner;
  const value = dedent(body);
  const fixes = [fix("block-string", [start, cursor.at], mark)];
  if (value !== inner) fixes.push({ ...fix("dedent", [start, cursor.at]), severity: "lenient" });
  return { kind: "string", value, quoted: true, start, end: cursor.at, closed, fixes };
}

function dedent(text: string): string {
  const lines = text.split("\n");
  if (lines.length > 1 && lines[0]?.trim() === "") lines.shift();
  if (lines.length > 1 && lines.at(-1)?.trim() === "") lines.pop();
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(Math.min(common, line.length - line.trimStart().length))).join("\n");
}

/** Bare words up to the end of the member or item. Brackets within them are taken as pairs, if they are. */
export function readBare(cursor: TextCursor, context: Context): MessyString {
  const start = cursor.at;
  const stop = bareEnd(cursor, context, true) ?? bareEnd(cursor, context, false) ?? cursor.text.length;
  const written = cursor.text.slice(start, stop).trimEnd();
  cursor.at = start + written.length;
  const closed = stop < cursor.text.length;
  // The quote at its end is the only one: that of the beginning is missing. After a digit it means inches.
  const isUnopened = /^[^"]*[^"\d]"$/.test(written);
  const value = isUnopened ? written.slice(0, -1) : written;
  return {
    kind: "string",
    value,
    quoted: false,
    start,
    end: cursor.at,
    closed,
    fixes: [fix(isUnopened ? "unopened-quote" : "unquoted-string", [start, cursor.at], written)],
  };
}

function bareEnd(cursor: TextCursor, context: Context, pairs: boolean): number | undefined {
  const { text } = cursor;
  let open = 0;
  for (let at = cursor.at; at < text.length; at++) {
    const character = text[at] ?? "";
    if ("([{".includes(character)) open++;
    else if (")]}".includes(character)) {
      if (character !== ")" && (open === 0 || !pairs)) return at;
      open = Math.max(0, open - 1);
    } else if (pairs && open > 0) continue;
    else if (character === ",") {
      if (context === "array" || cursor.endsBefore(at, context)) return at;
    } else if (character === "\n") {
      const behind = cursor.afterSpace(at);
      if (text[behind] === "}" || text[behind] === "]" || cursor.isFence(behind) || (context === "object" && cursor.isKey(behind)))
        return at;
    } else if (character === "<" && cursor.isToken(at)) return at;
    else if (character === "/" && /\s/.test(text[at - 1] ?? "") && /[/*]/.test(text[at + 1] ?? "")) return at;
  }
  return open > 0 && pairs ? undefined : text.length;
}

function fix(kind: string, span: readonly [number, number], from?: string): Fix {
  return { kind, severity: "safe", span, ...(from !== undefined && { from }) };
}

/** A string as JSON has it. */
export function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
