import type { MessyNode } from "./messy-node.js";
import { parseMessy, parsePastClose, parseUnopened } from "./parse-messy.js";
import { parseString } from "./read-string.js";
import { readTagged } from "./read-tagged.js";
import { endOfThought, thoughtBegins, unopenedThought } from "./thoughts.js";

/** A place of the text that may be the answer. */
export interface Candidate {
  readonly node: MessyNode;
  /** In a fence, at the beginning of a line, behind a colon, or written as JSON is; not words in brackets in the middle of a sentence. */
  readonly prominent: boolean;
}

export interface Findings {
  readonly candidates: readonly Candidate[];
  /** The text without what the model thought aloud. */
  readonly spoken: string;
}

// Thoughts, fences, the arguments of a tool call in tags, and brackets.
const mark = new RegExp(`(${thoughtBegins})|\`\`\`|~~~|<parameter[= ]|<arg_key>|<!\\[CDATA\\[|[{[]`, "gi");

/** Every object, array and fenced scalar in the text, outside of thinking. What stands only in a `<think>` block is a draft and no candidate. */
export function findCandidates(text: string, partial: boolean): Findings {
  const search: Search = { text, partial, candidates: [], mayReadOn: !partial, mayBeEscaped: true };
  const { candidates } = search;
  const spoken: string[] = [];
  let at = endOfOpenlessThinking(text, partial);
  let from = at;
  const unopened = at === 0 ? parseUnopened(text, partial) : undefined;
  if (unopened) {
    candidates.push({ node: unopened, prominent: true });
    at = unopened.end;
  }
  for (;;) {
    mark.lastIndex = at;
    const found = mark.exec(text);
    if (!found) break;
    const { 0: sign, 1: thought, index } = found;
    if (thought !== undefined) {
      spoken.push(text.slice(from, index));
      at = from = endOfThought(text, index, thought);
    } else if (sign === "```" || sign === "~~~") {
      at = readFence(search, index, sign);
    } else if (sign.startsWith("<!")) {
      at = index + sign.length;
    } else if (sign.startsWith("<")) {
      const node = readTagged(text, index);
      if (node) candidates.push({ node, prominent: true });
      at = node?.end ?? index + 1;
    } else if (readEscaped(search, index)) {
      at = text.lastIndexOf("}") + 1;
    } else {
      const node = parseAt(search, index);
      // No part of what is nested too deeply is an answer, and to try each would take as long as it is deep.
      if (node === "too deep") return { candidates: [], spoken: "" };
      const taken = node !== undefined && isPlausible(node, text);
      if (taken) candidates.push({ node, prominent: isProminent(text, index) || isWritten(node) });
      at = taken ? Math.max(node.end, index + 1) : index + 1;
    }
  }
  spoken.push(text.slice(from));
  return { candidates, spoken: spoken.join("") };
}

/** The value at a place; where a bracket closed it too early, with what that left outside. */
function parseAt(search: Search, at: number): ReturnType<typeof parseMessy> {
  const { text, partial } = search;
  const node = parseMessy(text, at, partial);
  if (!search.mayReadOn || node === undefined || node === "too deep" || !node.closed) return node;
  const past = parsePastClose(text, node);
  // What is not closed at the end is not from any place before it either; to look again at each would not be linear.
  if (past === "not closed") search.mayReadOn = false;
  return typeof past === "object" ? past : node;
}

/** Some servers swallow the opening tag. */
function endOfOpenlessThinking(text: string, partial: boolean): number {
  const close = unopenedThought.exec(text);
  if (!close) return 0;
  if (close[1] === undefined) return close[0].length;
  if (new RegExp(`<${close[1]}>`, "i").test(text.slice(0, close.index))) return 0;
  return isQuoted(text, close.index, partial) ? 0 : close.index + close[0].length;
}

/** Whether that place is in a string of a value that begins before it. What begins a line is not: strings rarely hold bare line breaks. */
function isQuoted(text: string, place: number, partial: boolean): boolean {
  if (/(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, place - 40), place))) return false;
  const open = /(?<!<!\[CDATA|<!)[{[]/g;
  for (let found = open.exec(text); found && found.index < place; found = open.exec(text)) {
    const node = parseMessy(text, found.index, partial);
    if (node === "too deep") return false;
    if (node && holds(node, place)) return true;
    open.lastIndex = Math.max(open.lastIndex, node?.end ?? 0);
  }
  return false;
}

function holds(node: MessyNode, place: number): boolean {
  if (node.start > place || node.end <= place || node.kind === "literal") return false;
  if (node.kind === "string") return node.quoted && node.closed;
  const parts = node.kind === "array" ? node.items : node.members.flatMap(({ value }) => value ?? []);
  return parts.some((part) => holds(part, place));
}

interface Search {
  readonly text: string;
  readonly partial: boolean;
  readonly candidates: Candidate[];
  /** Cleared by the first attempt that failed: each looks at all of the text. */
  mayReadOn: boolean;
  mayBeEscaped: boolean;
}

/** Reads what stands behind an opening fence. @returns where to go on */
function readFence(search: Search, fence: number, sign: string): number {
  const { text, candidates } = search;
  const info = /(?:```|~~~)[^\n`]*/y;
  info.lastIndex = fence;
  const begin = fence + (info.exec(text)?.[0].length ?? 3);
  const inner = /\s*/y;
  inner.lastIndex = begin;
  const first = begin + (inner.exec(text)?.[0].length ?? 0);
  if (readEscaped(search, first)) return text.lastIndexOf("}") + 1;
  const node = parseAt(search, first);
  if (node === "too deep") return first;
  if (node && isPlausible(node, text)) {
    candidates.push({ node, prominent: true });
    return closeFence(text, node.end);
  }
  // Everything on one line: what was taken for the fence's info is the answer.
  if (/[{[]/.test(text.slice(fence, begin))) return fence + 3;
  const stop = text.indexOf(sign, begin);
  if (stop < 0 || !text.slice(begin, stop).includes("\n")) return begin;
  const scalar = text.slice(begin, stop).trim();
  const start = text.indexOf(scalar, begin);
  const place = { start, end: start + scalar.length, closed: true, fixes: [] };
  if (/^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(scalar)) {
    // The pattern lets pass nothing but JSON literals.
    candidates.push({ node: { kind: "literal", value: JSON.parse(scalar) as number | boolean | null, ...place }, prominent: true });
    return stop + 3;
  }
  const quoted = parseString(scalar);
  if (quoted !== undefined) {
    candidates.push({ node: { kind: "string", value: quoted, quoted: true, ...place }, prominent: true });
    return stop + 3;
  }
  // Code in some language may hold a value further in.
  return /[{[]/.test(scalar) ? begin : stop + 3;
}

/** JSON that stands in the text as it would in a string, `{\"a\": 1}`, or in a page, `{&quot;a&quot;: 1}`. */
function readEscaped(search: Search, start: number): boolean {
  const { text, candidates } = search;
  const quote = /^\{(?:\s|\\[nrt])*(\\["']|&quot;)/.exec(text.slice(start, start + 80))?.[1];
  if (quote === undefined || !search.mayBeEscaped) return false;
  const end = text.lastIndexOf("}") + 1;
  const inner = text.slice(start, end);
  const value =
    end <= start
      ? undefined
      : quote === "&quot;"
        ? decodeEntities(inner)
        : parseString(`"${inner.replace(/\\'/g, "'").replace(/\n/g, "\\n")}"`);
  search.mayBeEscaped = value !== undefined;
  if (value === undefined) return false;
  candidates.push({ node: { kind: "string", value, quoted: true, start, end, closed: true, fixes: [] }, prominent: true });
  return true;
}

const entities: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'", "#39": "'", "#34": '"' };

function decodeEntities(text: string): string {
  return text.replace(/&(quot|amp|lt|gt|apos|#39|#34);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Behind the closing fence, if it comes next. */
function closeFence(text: string, at: number): number {
  const close = /\s*(?:```|~~~)/y;
  close.lastIndex = at;
  return at + (close.exec(text)?.[0].length ?? 0);
}

/** Brackets in prose, such as `{name}` or `[sic]`, are not JSON. */
function isPlausible(node: MessyNode, text: string): boolean {
  if (node.kind === "object") return node.members.length > 0 || node.closed || node.end >= text.length;
  return node.kind === "array" && (node.closed || node.items.length > 0 || node.end >= text.length);
}

/** Quotes or numbers tell JSON from `[see below]`. */
function isWritten(node: MessyNode): boolean {
  if (node.kind === "string") return node.quoted;
  if (node.kind === "literal") return true;
  if (node.kind === "array") return node.items.some(isWritten);
  return node.members.some(({ value }) => value !== undefined && isWritten(value));
}

function isProminent(text: string, start: number): boolean {
  return /(?:^|[\n:])[^\S\n]*$/.test(text.slice(Math.max(0, start - 80), start)) || start === 0;
}
