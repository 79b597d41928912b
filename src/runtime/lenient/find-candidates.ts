import type { MessyNode } from "./messy-node.js";
import { parseMessy, parseUnopened } from "./parse-messy.js";

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

// Thinking: a tag, the same in square brackets, or the channel of gpt-oss, where a server lets its marks through.
const mark = /<(think|thinking|thought|reasoning|scratchpad)(?:\s[^<>]*)?>|\[(think)\]|<\|channel\|>(analysis)<\|message\|>|```|~~~|[{[]/gi;

/** Every object, array and fenced scalar in the text, outside of thinking. What stands only in a `<think>` block is a draft and no candidate. */
export function findCandidates(text: string, partial: boolean): Findings {
  const candidates: Candidate[] = [];
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
    const [sign, tag, bracket, channel] = found;
    if (tag !== undefined || bracket !== undefined || channel !== undefined) {
      const end = tag !== undefined ? `</${tag}>` : bracket !== undefined ? `\\[/${bracket}\\]` : "<\\|end\\|>";
      const close = new RegExp(end, "i").exec(text.slice(found.index));
      spoken.push(text.slice(from, found.index));
      at = from = close ? found.index + close.index + close[0].length : text.length;
    } else if (sign === "```" || sign === "~~~") {
      at = readFence({ text, partial, candidates }, found.index, sign);
    } else if (sign === "{" && readEscaped(text, found.index, candidates)) {
      at = text.lastIndexOf("}") + 1;
    } else {
      const node = parseMessy(text, found.index, partial);
      // No part of what is nested too deeply is an answer, and to try each would take as long as it is deep.
      if (node === "too deep") return { candidates: [], spoken: "" };
      const taken = node !== undefined && isPlausible(node, text);
      if (taken) candidates.push({ node, prominent: isProminent(text, found.index) || isWritten(node) });
      at = taken ? Math.max(node.end, found.index + 1) : found.index + 1;
    }
  }
  spoken.push(text.slice(from));
  return { candidates, spoken: spoken.join("") };
}

/** Some servers swallow the opening tag. */
function endOfOpenlessThinking(text: string, partial: boolean): number {
  const close = /<\/(think|thinking)>/i.exec(text);
  if (!close || new RegExp(`<${close[1] ?? ""}>`, "i").test(text.slice(0, close.index))) return 0;
  return isQuoted(text, close.index, partial) ? 0 : close.index + close[0].length;
}

/** Whether that place is in a string of a value that begins before it. What begins a line is not: strings rarely hold bare line breaks. */
function isQuoted(text: string, place: number, partial: boolean): boolean {
  if (/(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, place - 40), place))) return false;
  const open = /[{[]/g;
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
}

/** Reads what stands behind an opening fence. @returns where to go on */
function readFence({ text, partial, candidates }: Search, fence: number, sign: string): number {
  const info = /(?:```|~~~)[^\n`]*/y;
  info.lastIndex = fence;
  const begin = fence + (info.exec(text)?.[0].length ?? 3);
  const inner = /\s*/y;
  inner.lastIndex = begin;
  const first = begin + (inner.exec(text)?.[0].length ?? 0);
  const node = parseMessy(text, first, partial);
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

/** JSON that stands in the text as it would in a string: `{\"a\": 1}`. */
function readEscaped(text: string, start: number, candidates: Candidate[]): boolean {
  if (!/^\{\s*\\"/.test(text.slice(start, start + 80))) return false;
  const end = text.lastIndexOf("}") + 1;
  const value = end > start ? parseString(`"${text.slice(start, end)}"`) : undefined;
  if (value === undefined) return false;
  candidates.push({ node: { kind: "string", value, quoted: true, start, end, closed: true, fixes: [] }, prominent: true });
  return true;
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
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
