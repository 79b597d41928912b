import type { Fix, MessyString } from "./messy-node.js";
import type { Context, TextCursor } from "./text-cursor.js";

const closers: Readonly<Record<string, string>> = { '"': '"', "'": "'", "`": "`", "“": "”", "„": "“”", "«": "»", "‘": "’" };
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

/** A string in quotes of any kind at the cursor; nothing where there is none. */
export function readQuoted(cursor: TextCursor, context: Context | "key"): MessyString | undefined {
  for (const mark of ['"""', "'''", "```"]) {
    if (context !== "key" && cursor.startsWith(mark)) return readBlock(cursor, mark);
  }
  const quote = cursor.next;
  const closer = Object.hasOwn(closers, quote) ? closers[quote] : undefined;
  if (closer === undefined) return undefined;
  return readClosed(cursor, closer, context);
}

/** A quote ends the string only where a value may end: quotes within the text are often not escaped. */
function readClosed(cursor: TextCursor, closers: string, context: Context | "key"): MessyString {
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
      if (isClosing(cursor, at + 1, context)) {
        flush(at);
        cursor.at = at + 1;
        return { kind: "string", value: parts.join(""), quoted: true, start, end: cursor.at, closed: true, fixes };
      }
      fixes.push(fix("unescaped-quote", [at, at + 1], character));
      at++;
    } else {
      if (character < " ") fixes.push(fix("raw-control-character", [at, at + 1], character));
      at++;
    }
  }
  flush(at);
  cursor.at = text.length;
  return { kind: "string", value: parts.join(""), quoted: true, start, end: text.length, closed: false, fixes: fixes.map(doubtful) };
}

/** In a string that never ends, any quote may have been its end, and what follows it none of its text. */
function doubtful(fix: Fix): Fix {
  return fix.kind === "unescaped-quote" ? { ...fix, severity: "lenient" } : fix;
}

function isClosing(cursor: TextCursor, at: number, context: Context | "key"): boolean {
  return context === "key" ? cursor.colonAt(cursor.afterSpace(at)) > 0 : cursor.endsBefore(at, context);
}

function readEscape(text: string, at: number): { readonly value: string; readonly length: number; readonly odd: boolean } {
  const letter = text[at + 1] ?? "";
  if (letter === "u") {
    const digits = text.slice(at + 2, at + 6);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) return { value: String.fromCharCode(Number.parseInt(digits, 16)), length: 6, odd: false };
    // An escape that the end of the text cut has no value yet.
    if (at + 2 + digits.length >= text.length) return { value: "", length: text.length - at, odd: true };
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
  const value = cursor.text.slice(start, stop).trimEnd();
  cursor.at = start + value.length;
  const closed = stop < cursor.text.length;
  return {
    kind: "string",
    value,
    quoted: false,
    start,
    end: cursor.at,
    closed,
    fixes: [fix("unquoted-string", [start, cursor.at], value)],
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
    } else if (character === "/" && /\s/.test(text[at - 1] ?? "") && /[/*]/.test(text[at + 1] ?? "")) return at;
  }
  return open > 0 && pairs ? undefined : text.length;
}

function fix(kind: string, span: readonly [number, number], from?: string): Fix {
  return { kind, severity: "safe", span, ...(from !== undefined && { from }) };
}
