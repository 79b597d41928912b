import type { ts } from "ts-morph";
import type { Conversion, TextSpan } from "./conversion.js";

/** A declaration's JSDoc: the text before the first tag, and the tags. */
export interface Comment {
  readonly description: string;
  readonly tags: readonly CommentTag[];
  /** Whether it stands on a type, not on a property. */
  readonly isOnType: boolean;
}

export interface CommentTag {
  readonly name: string;
  /** What follows the name, to the next tag, without the comment's asterisks. */
  readonly text: string;
  readonly span: TextSpan;
}

/**
 * The JSDoc of a declaration: the last block before it. TypeScript itself does not attach two others that count too: a block on
 * the declaration's own line (`interface A { /** … *\/ x: string }`), and one that ends its line (`x: string; /** … *\/`).
 */
export function commentOf(c: Conversion, declaration: ts.Node): Comment | undefined {
  const { ts } = c;
  const node = commentOwner(c, declaration);
  const file = node.getSourceFile();
  const text = file.text;
  const isBlock = (range: ts.TextRange): boolean => text.startsWith("/**", range.pos) && text[range.pos + 3] !== "/";
  const start = node.getStart(file);
  const lineEnd = text.indexOf("\n", node.end);
  if (!text.slice(node.pos, start).includes("/**") && !text.slice(node.end, lineEnd < 0 ? undefined : lineEnd).includes("/**"))
    return undefined;
  const above = (ts.getLeadingCommentRanges(text, node.pos) ?? []).filter(isBlock);
  const beside = (ts.getTrailingCommentRanges(text, node.pos) ?? []).filter(
    (range) => isBlock(range) && !text.slice(range.end, start).includes("\n"),
  );
  const behind = (ts.getTrailingCommentRanges(text, node.end) ?? []).filter((range) => isBlock(range) && endsLine(text, range.end));
  const [range] = [...behind, ...beside, ...above].slice(-1);
  const isOnType = !ts.isTypeElement(node) && !ts.isClassElement(node) && !ts.isParameter(node) && !ts.isObjectLiteralElement(node);
  return range && { ...parseComment(file, range), isOnType };
}

/** Nothing follows but what closes the type around. */
function endsLine(text: string, end: number): boolean {
  return /^[\t ]*[;,}\])>]*[\t ]*(?:\r?\n|$)/.test(text.slice(end, end + 100));
}

/** `const x = …` and an export's comments stand before the statement. */
function commentOwner(c: Conversion, declaration: ts.Node): ts.Node {
  const { ts } = c;
  return ts.isExportSpecifier(declaration) && declaration.parent.elements.length === 1 ? declaration.parent.parent : declaration;
}

/** A tag begins at `@name` at a line's start, or after a space where the name is one of these. */
const inlineTags =
  "minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf|minLength|maxLength|format|minItems|maxItems|uniqueItems|" +
  "default|defaultValue|title|pattern|example|type|deprecated|asType|stream|reasoning|open|skip|unroll|extract|" +
  // Not read, but told of: see near-tag.ts.
  String.raw`minlength|maxlength|minitems|maxitems|multipleof|uniqueitems|(?:min|max)(?=[\t ]+-?\d)`;
const tagStart = new RegExp(String.raw`(?:^[\t ]*|(?<=\s)(?=@(?:${inlineTags})\b))@([A-Za-z][\w-]*)`, "gm");

function parseComment(file: ts.SourceFile, range: ts.TextRange): Omit<Comment, "isOnType"> {
  const inner = file.text.slice(range.pos + 3, range.end - 2);
  // Asterisks become spaces, so that an offset in `blank` is an offset in the file.
  const blank = inner.replace(/^[\t ]*\*/gm, (margin) => " ".repeat(margin.length));
  const starts = [...blank.matchAll(tagStart)];
  const tags = starts.map((match, index) => {
    const from = match.index + match[0].length;
    const to = starts[index + 1]?.index ?? blank.length;
    const at = match.index + match[0].indexOf("@");
    const body = blank.slice(from, to);
    return {
      name: match[1] ?? "",
      text: tidy(body),
      span: { file, start: range.pos + 3 + at, length: from - at + body.trimEnd().length },
    };
  });
  return { description: tidy(blank.slice(0, starts[0]?.index ?? blank.length)), tags };
}

/** Lines without their common margin; `{@link X}` as plain text; an escaped comment end as it is meant. */
function tidy(text: string): string {
  const [first = "", ...others] = text.replace(/\r\n?/g, "\n").split("\n");
  const margins = others.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins);
  return [first, ...others.map((line) => line.slice(margin))]
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\{@link(?:code|plain)?\s+([^}|\s]+)(?:[\s|]+([^}]*))?\}/g, (_link, target: string, label?: string) => label?.trim() ?? target)
    .replace(/\*\\\//g, "*/")
    .trim();
}
