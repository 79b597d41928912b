import type { Fix, MessyArray, MessyMember, MessyNode, MessyObject, MessyString } from "./messy-node.js";
import { readBare, readQuoted } from "./read-string.js";
import { separators, TextCursor, type Context } from "./text-cursor.js";

/** Deeper nesting is not read: no model writes it, and the stack has an end. */
const deepest = 256;

// A key with bare line breaks in it. Nowhere but where a key is due: elsewhere it is text.
const brokenKey = /"(?:[^"\\]|\\.){0,80}"\s*[:：]/y;

// A bracket, and members or items behind it that it would leave outside.
const earlyObject = /[}\]]\s*[,，]\s*"(?:[^"\\\n]|\\.){0,200}"\s*[:：]/y;
const earlyArray = /\]\s*[,，]\s*["{\d-]/y;
const earlyItem = /\]\s*[,，]\s*\{/y;

const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

// Numbers, each on its line, need no commas.
const nextLine = /[^\S\n]*\n\s*(?:-?\d|true\b|false\b|null\b)/y;

// Words of a remark that says that there is more than what stands in the list.
const omission = /\.{3}|…|\b(?:remaining|omitted|truncated|etc|and so on|\d+ more|more (?:items|entries|rows|elements|results))\b/i;

// One in brackets is a tuple only with a comma.
const tuple =
  /\((?:\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|-?\d[\d.]*|True|False|None)\s*,)+\s*(?:(?:"[^"\\\n]*"|'[^'\\\n]*'|-?\d[\d.]*|True|False|None)\s*)?\)/y;

// What may still become a key when more has arrived. No longer than a key is.
const keyBegun = /["'“]?[^\n"'”:]{0,200}["'”]?\s*$/y;

/** The object or array that begins at `at`, read with all patience; nothing where none begins. */
export function parseMessy(text: string, at: number, partial = false): MessyObject | MessyArray | "too deep" | undefined {
  return readRoot(new TextCursor(text, at, partial));
}

/** A value with what a bracket that closed it too early left outside: `{"a": {"b": 1}}, "c": 2}`; nothing where none did. */
export function parsePastClose(
  text: string,
  { kind, start, end }: MessyObject | MessyArray,
): MessyObject | MessyArray | "not closed" | undefined {
  const cursor = new TextCursor(text, start, false);
  if (cursor.match(kind === "object" ? earlyObject : earlyArray, end - 1) === undefined) return undefined;
  cursor.mayReadOn = true;
  const node = readRoot(cursor);
  return typeof node === "object" && node.closed ? node : "not closed";
}

function readRoot(cursor: TextCursor): MessyObject | MessyArray | "too deep" | undefined {
  const node = cursor.next === "{" ? readObject(cursor, 1) : cursor.next === "[" ? readArray(cursor, 1) : undefined;
  return cursor.tooDeep ? "too deep" : node;
}

/** An object whose first bracket is missing, because somebody else has said it: it begins with a key in quotes. */
export function parseUnopened(text: string, partial: boolean): MessyObject | undefined {
  const cursor = new TextCursor(text, 0, partial);
  cursor.skipSpace();
  if (!cursor.isQuotedKey(cursor.at)) return undefined;
  const node = readObject(cursor, 1, false);
  // Words without quotes are prose: `"Note": see below`.
  const isProse = node?.members.some(({ value }) => value?.kind === "string" && !value.quoted);
  return isProse === true || cursor.tooDeep ? undefined : node;
}

function readValue(cursor: TextCursor, context: Context, depth: number): MessyNode | undefined {
  if (cursor.next === "{") return readObject(cursor, depth + 1);
  if (cursor.next === "[") return readArray(cursor, depth + 1);
  const list = cursor.next === "(" ? cursor.match(tuple) : undefined;
  if (list !== undefined && cursor.endsBefore(cursor.at + list.length, context)) return readArray(cursor, depth + 1, ")");
  const quoted = readQuoted(cursor, context);
  if (quoted) return quoted;
  const start = cursor.at;
  const word = cursor.match(literal);
  const isNext = context === "array" && word !== undefined && cursor.match(nextLine, start + word.length) !== undefined;
  if (word !== undefined && (isNext || cursor.endsBefore(start + word.length, context))) {
    cursor.at = start + word.length;
    // The pattern lets pass nothing but JSON literals.
    const value = JSON.parse(word) as number | boolean | null;
    return { kind: "literal", value, start, end: cursor.at, closed: cursor.at < cursor.text.length, fixes: [] };
  }
  return readBare(cursor, context);
}

/** An ellipsis in the place of a value: a node that fits nothing. */
function readEllipsis(cursor: TextCursor): MessyNode | undefined {
  const start = cursor.at;
  const value = cursor.ellipsisAt(start);
  if (value === undefined) return undefined;
  cursor.at += value.length;
  return { kind: "string", value, quoted: false, start, end: cursor.at, closed: true, fixes: [] };
}

function readObject(cursor: TextCursor, depth: number, opened = true): MessyObject | undefined {
  if (depth > deepest) {
    cursor.tooDeep = true;
    return undefined;
  }
  const start = cursor.at;
  if (opened) cursor.at++;
  cursor.open.push("{");
  const node = readMembers(cursor, start, depth);
  cursor.open.pop();
  if (opened || !node) return node;
  return { ...node, fixes: [{ kind: "unopened", severity: "safe", to: "{", span: [start, start] }, ...node.fixes] };
}

function readMembers(cursor: TextCursor, start: number, depth: number): MessyObject | undefined {
  const fixes: Fix[] = [];
  const members: MessyMember[] = [];
  let comma: number | undefined;
  for (;;) {
    cursor.skipSpace(fixes);
    if (cursor.next === "}" && closesEarly(cursor, earlyObject)) {
      fixes.push(misplaced(cursor, "extra-bracket", ""));
      cursor.at++;
      continue;
    }
    if (cursor.next === "}" || closesInstead(cursor)) {
      if (cursor.next !== "}") fixes.push(misplaced(cursor, "wrong-bracket", "}"));
      if (comma !== undefined) fixes.push({ kind: "trailing-comma", severity: "safe", from: ",", span: [comma, comma + 1] });
      cursor.at++;
      return { kind: "object", members, start, end: cursor.at, closed: true, fixes };
    }
    if (isSeparator(cursor)) {
      if (comma !== undefined || members.length === 0) fixes.push(extraComma(cursor.at, "safe"));
      else if (cursor.next !== ",") fixes.push(punctuation(cursor.at, 1, cursor.next));
      comma ??= cursor.at;
      cursor.at++;
      continue;
    }
    if (passEllipsis(cursor, fixes)) continue;
    const key = readKey(cursor, fixes);
    if (key === undefined) {
      // The beginning of a key tells nothing yet, and is no value of what is around it.
      if (cursor.partial && cursor.match(keyBegun) !== undefined) cursor.at = cursor.text.length;
      break;
    }
    if (members.length > 0 && comma === undefined)
      fixes.push({ kind: "missing-comma", severity: "safe", span: [key.span[0], key.span[0]] });
    comma = undefined;
    cursor.skipSpace(fixes);
    const value = cursor.ended || ",}]".includes(cursor.next) ? undefined : readValue(cursor, "object", depth);
    if (value === undefined && !cursor.ended && !",}]".includes(cursor.next)) return undefined;
    members.push({ key: key.text, keySpan: key.span, ...(value && { value }) });
  }
  if (members.length === 0 && !cursor.ended) return undefined;
  fixes.push({ kind: "unclosed", severity: "safe", to: "}", span: [cursor.at, cursor.at] });
  return { kind: "object", members, start, end: comma ?? cursor.at, closed: false, fixes };
}

/** A key and its colon; nothing, and the cursor where it was, if none is there. */
function readKey(cursor: TextCursor, fixes: Fix[]): { readonly text: string; readonly span: readonly [number, number] } | undefined {
  const start = cursor.at;
  if (!cursor.isKey(start) && cursor.match(brokenKey) === undefined) return undefined;
  const quoted = readQuoted(cursor, "key");
  const colon = quoted ? cursor.afterSpace(cursor.at) : start + cursor.text.slice(start).search(/[:：]/);
  const text = quoted?.value ?? cursor.text.slice(start, colon).trimEnd();
  const end = quoted?.end ?? start + text.length;
  if (quoted) fixes.push(...quoted.fixes);
  else fixes.push({ kind: "unquoted-key", severity: "safe", from: text, span: [start, end] });
  const length = cursor.colonAt(colon);
  const sign = cursor.text.slice(colon, colon + length);
  if (sign !== ":") fixes.push(punctuation(colon, length, sign));
  cursor.at = colon + length;
  return { text, span: [start, end] };
}

function readArray(cursor: TextCursor, depth: number, closer: "]" | ")" = "]"): MessyArray | undefined {
  if (depth > deepest) {
    cursor.tooDeep = true;
    return undefined;
  }
  const start = cursor.at++;
  cursor.open.push(closer === "]" ? "[" : "(");
  const node = readItems(cursor, { start, depth, closer });
  cursor.open.pop();
  if (!node) return undefined;
  const fixes = node.fixes.map(certainty(node.items));
  // A tuple of Python.
  if (closer === ")") fixes.unshift({ kind: "tuple", severity: "safe", span: [start, node.end] });
  return { ...node, fixes };
}

/** Where an item has quotes that are not escaped, two strings without a comma between them may be one. */
function certainty(items: readonly MessyNode[]): (fix: Fix) => Fix {
  const isUncertain = items.some(({ kind, fixes }) => kind === "string" && fixes.some((fix) => fix.kind === "unescaped-quote"));
  return (fix) => (isUncertain && fix.kind === "missing-comma" ? { ...fix, severity: "lenient" } : fix);
}

/** Whether a bracket of the outermost value closes it too early. */
function closesEarly(cursor: TextCursor, early: RegExp): boolean {
  return cursor.mayReadOn && cursor.open.length === 1 && cursor.match(early) !== undefined;
}

/** Whether the bracket here stands for one of the other kind: what follows it belongs to nothing but what is around both. */
function closesInstead(cursor: TextCursor): boolean {
  const [around, list, own] = [cursor.open.at(-3), cursor.open.at(-2), cursor.open.at(-1)];
  if (own === "[") return list === "{" && around !== "{" && cursor.match(earlyObject) !== undefined;
  return own === "{" && list === "[" && around !== "[" && cursor.match(earlyItem) !== undefined;
}

function misplaced({ at, next }: TextCursor, kind: string, to: string): Fix {
  return { kind, severity: "lenient", from: next, to, span: [at, at + 1] };
}

/** Passes an ellipsis among an object's members: what the schema asks for may be there all the same. */
function passEllipsis(cursor: TextCursor, fixes: Fix[]): boolean {
  const sign = cursor.ellipsisAt(cursor.at);
  if (sign === undefined) return false;
  fixes.push({ kind: "ellipsis", severity: "lenient", from: sign, span: [cursor.at, cursor.at + sign.length] });
  cursor.at += sign.length;
  return true;
}

/** A remark such as `// ... 20 more` at the end of a list says that there is more. */
function withOmission(fixes: readonly Fix[], { text }: TextCursor, end: number): readonly Fix[] {
  const last = fixes.filter(({ kind }) => kind === "comment").at(-1);
  if (!last || text.slice(last.span[1], end).trim() !== "") return fixes;
  const isOmission = omission.test(last.from ?? "");
  return isOmission ? fixes.map((fix) => (fix === last ? { ...fix, severity: "lenient" } : fix)) : fixes;
}

function isSeparator({ ended, next }: TextCursor): boolean {
  return !ended && separators.includes(next);
}

/** Where a quote without a partner follows a comma, one item may be two, and a quote be missing between them. */
function withDoubt(item: MessyString, text: string): MessyString {
  const quotes = item.fixes.filter(({ kind }) => kind === "unescaped-quote");
  const isOne = quotes.length % 2 === 0 || !quotes.some(({ span: [at] }) => /,\s*$/.test(text.slice(Math.max(0, at - 20), at)));
  return isOne
    ? item
    : { ...item, fixes: item.fixes.map((fix) => (fix.kind === "unescaped-quote" ? { ...fix, severity: "lenient" } : fix)) };
}

function extraComma(at: number, severity: Fix["severity"]): Fix {
  return { kind: "extra-comma", severity, from: ",", span: [at, at + 1] };
}

function punctuation(at: number, length: number, from: string): Fix {
  return { kind: "punctuation", severity: "safe", from, span: [at, at + length] };
}

function readItems(
  cursor: TextCursor,
  { start, depth, closer }: { readonly start: number; readonly depth: number; readonly closer: "]" | ")" },
): MessyArray | undefined {
  const fixes: Fix[] = [];
  const items: MessyNode[] = [];
  let comma: number | undefined;
  for (;;) {
    cursor.skipSpace(fixes);
    if (cursor.next === closer && closesEarly(cursor, earlyArray)) {
      fixes.push(misplaced(cursor, "extra-bracket", ""));
      cursor.at++;
      continue;
    }
    if (cursor.next === closer || closesInstead(cursor)) {
      if (cursor.next !== closer) fixes.push(misplaced(cursor, "wrong-bracket", closer));
      if (comma !== undefined) fixes.push({ kind: "trailing-comma", severity: "safe", from: ",", span: [comma, comma + 1] });
      const end = ++cursor.at;
      return { kind: "array", items, start, end, closed: true, fixes: withOmission(fixes, cursor, end - 1) };
    }
    if (cursor.ended || "]})".includes(cursor.next) || cursor.isFence(cursor.at)) break;
    if (isSeparator(cursor)) {
      // An item may be missing there.
      if (comma !== undefined || items.length === 0) fixes.push(extraComma(cursor.at, "lenient"));
      else if (cursor.next !== ",") fixes.push(punctuation(cursor.at, 1, cursor.next));
      comma ??= cursor.at;
      cursor.at++;
      continue;
    }
    if (items.length > 0 && comma === undefined) fixes.push({ kind: "missing-comma", severity: "safe", span: [cursor.at, cursor.at] });
    comma = undefined;
    const before = cursor.at;
    const item = readEllipsis(cursor) ?? readValue(cursor, "array", depth);
    if (item === undefined || cursor.at === before) return undefined;
    items.push(item.kind === "string" ? withDoubt(item, cursor.text) : item);
  }
  // What goes on as the members of an object may have been meant for one that is further out.
  const severity = cursor.match(earlyObject) === undefined ? "safe" : "lenient";
  const unclosed: Fix = { kind: "unclosed", severity, to: closer, span: [cursor.at, cursor.at] };
  return {
    kind: "array",
    items,
    start,
    end: comma ?? cursor.at,
    closed: false,
    fixes: [...withOmission(fixes, cursor, cursor.at), unclosed],
  };
}
