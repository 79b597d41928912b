import { keyMark, valueMark } from "./for-types.js";
import { jsDoc, propertyKey, quote } from "./text.js";

/** What the placeholders stand for. */
export interface TidyFacts {
  readonly rename: (word: string) => string;
  readonly docs: readonly string[];
}

const tokens = /\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|\r?\n|[ \t]+|[{}()]|[^\s"{}()/]+|\//g;
const lineWidth = 100;

/**
 * Lays out what json-schema-to-typescript prints without its formatter: two spaces of indentation, a semicolon after each member, no
 * needless parentheses, long unions a member a line; property keys and strings written anew by `propertyKey` and `quote`, doc
 * comments by `jsDoc`. Returns one text for each declaration.
 */
export function tidyTypes(source: string, facts: TidyFacts): readonly string[] {
  const texts = withoutNeedlessParentheses(source.match(tokens) ?? []);
  const declarations: string[] = [];
  let lines: string[] = [];
  let line = "";
  let depth = 0;
  const flush = (end: string): void => {
    if (line.trim() !== "") lines.push(...layOut("  ".repeat(depth), line.trim(), end));
    line = "";
  };
  for (const text of texts) {
    if (text.startsWith("/*")) {
      const doc = facts.docs[Number(/\bC(\d+)_/.exec(text)?.[1])];
      if (doc !== undefined) lines.push(jsDoc(doc, depth * 2).trimEnd());
    } else if (text.startsWith('"')) {
      const { code, doc } = rewriteString(text);
      if (doc !== undefined) lines.push(jsDoc(facts.docs[doc] ?? "", depth * 2).trimEnd());
      line += code;
    } else if (text === "{") {
      line += "{";
      flush("");
      depth += 1;
    } else if (text === "}") {
      flush(";");
      depth -= 1;
      line = "}";
    } else if (text.endsWith("\n")) {
      const whole = depth === 0 && line.trim() !== "";
      flush(depth === 0 && lines.some((one) => one.startsWith("export interface ")) ? "" : ";");
      if (whole) declarations.push(`${joinShort(lines.join("\n"))}\n`);
      if (whole) lines = [];
    } else {
      line += text.replace(/\bT\d+_/g, facts.rename).replace("[k:", "[key:");
    }
  }
  return declarations;
}

/** Objects without members, and those of anything or nothing, stand on one line. */
function joinShort(text: string): string {
  return text.replace(/\{\n\s*\}/g, "{}").replace(/\{\n\s*(\[key: string\]: (?:unknown|never));\n\s*\}/g, "{ $1 }");
}

/** The string as code; of a property's key also the index of the doc comment that goes above it. */
function rewriteString(text: string): { readonly code: string; readonly doc?: number } {
  const value = JSON.parse(text) as string;
  if (!value.startsWith(keyMark)) return { code: quote(value.startsWith(valueMark) ? value.slice(valueMark.length) : value) };
  const end = value.indexOf(keyMark, keyMark.length);
  const doc = value.slice(keyMark.length, end);
  return { code: propertyKey(value.slice(end + keyMark.length)), ...(doc !== "" && { doc: Number(doc) }) };
}

/** Drops pairs of parentheses that hold a whole type, or a single word. */
function withoutNeedlessParentheses(texts: readonly string[]): readonly string[] {
  const dropped = new Set<number>();
  const open: number[] = [];
  for (const [index, text] of texts.entries()) {
    if (text === "(") open.push(index);
    if (text !== ")") continue;
    const start = open.pop() ?? 0;
    const before = texts
      .slice(Math.max(0, start - 2), start)
      .join("")
      .trimEnd();
    const whole = /[:=]$/.test(before) && (texts[index + 1]?.endsWith("\n") ?? true);
    const word = index - start === 2 && /^\w+$/.test(texts[start + 1] ?? "");
    if (whole || word) dropped.add(start).add(index);
  }
  return texts.filter((_, index) => !dropped.has(index));
}

/** A line, its union broken over several where it is too long for one. */
function layOut(margin: string, text: string, end: string): readonly string[] {
  const plain = `${margin}${text}${end}`;
  if (plain.length <= lineWidth || text.endsWith("{") || text.startsWith("}")) return [plain];
  const head = /^(?:export type \S+ =|\[key: string\]:|(?:[\w$]+|\["__proto__"\]|"(?:[^"\\]|\\.)*")\??:) /.exec(text)?.[0];
  const members = head === undefined ? [] : splitUnion(text.slice(head.length));
  if (head === undefined || members.length < 2) return [plain];
  return [
    `${margin}${head.trimEnd()}`,
    ...members.map((member, index) => `${margin}  | ${member}${index === members.length - 1 ? end : ""}`),
  ];
}

function splitUnion(body: string): readonly string[] {
  const members: string[] = [];
  let member = "";
  let open = 0;
  for (const [part] of body.matchAll(/"(?:[^"\\]|\\.)*"| \| |[()[\]{}<>]|[^"()[\]{}<> ]+| /g)) {
    if ("([{<".includes(part)) open += 1;
    if (")]}>".includes(part)) open -= 1;
    if (part === " | " && open === 0) {
      members.push(member);
      member = "";
    } else member += part;
  }
  return [...members, member];
}
