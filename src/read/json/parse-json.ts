import { printParseErrorCode, visit } from "jsonc-parser";
import type { JSONVisitor } from "jsonc-parser";
import { diagnostic } from "../../diagnostics/report.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { LineIndex } from "./line-index.js";
import type { JsonNode, JsonScalar, Span } from "./json-node.js";
import type { ReadLimits } from "./limits.js";
import { findExceededLimit } from "./measure-json.js";

/** A parsed text. Without a root when it is no JSON: the diagnostics say why. */
export interface ParsedJson {
  readonly root: JsonNode | undefined;
  readonly lines: LineIndex;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses JSON and keeps the place of every value. Comments, trailing commas and repeated keys (the last wins, as in JSON.parse) are
 * let pass with a warning; everything else that is not JSON is an error, of which the first is told: the
 * rest follow from it more often than not.
 */
export function parseJson(file: string, text: string, limits: ReadLimits): ParsedJson {
  const lines = new LineIndex(file, text);
  const exceeded = findExceededLimit(text, limits);
  if (exceeded) {
    const at = lines.position({ offset: exceeded.offset, length: 1 });
    return { root: undefined, lines, diagnostics: [diagnostic(`read/too-large`, at, limitFacts(exceeded.limit, exceeded.allowed))] };
  }
  const builder = new TreeBuilder(lines, text);
  // The byte order mark becomes a space: offsets stay as they are.
  const source = text.charCodeAt(0) === 0xfe_ff ? ` ${text.slice(1)}` : text;
  visit(source, builder.visitor(), { allowTrailingComma: true });
  const lost = source.indexOf("\uFFFD");
  if (lost >= 0) builder.warnOnce("read/not-utf-8", { offset: lost, length: 1 });
  return builder.finish();
}

function limitFacts(limit: string, allowed: number): Readonly<Record<string, string>> {
  const unit = limit === "depth" ? "levels of objects and arrays" : limit;
  return { unit, allowed: allowed.toLocaleString("en-US") };
}

interface Open {
  readonly node: JsonNode;
  readonly items: JsonNode[] | undefined;
  readonly members: Map<string, JsonNode> | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Builds the tree from the parser's events. */
class TreeBuilder {
  readonly #lines: LineIndex;
  readonly #text: string;
  readonly #errors: Diagnostic[] = [];
  readonly #warnings: Diagnostic[] = [];
  readonly #open: Open[] = [];
  readonly #told = new Set<string>();
  #key: { readonly name: string; readonly span: Span } | undefined;
  #separator: Span | undefined;
  #root: JsonNode | undefined;

  constructor(lines: LineIndex, text: string) {
    this.#lines = lines;
    this.#text = text;
  }

  visitor(): JSONVisitor {
    return {
      onObjectBegin: (offset, length) => this.#begin("object", { offset, length }),
      onObjectEnd: (offset) => this.#end(offset),
      onArrayBegin: (offset, length) => this.#begin("array", { offset, length }),
      onArrayEnd: (offset) => this.#end(offset),
      onObjectProperty: (name, offset, length) => this.#property(name, { offset, length }),
      onLiteralValue: (value: JsonScalar["value"], offset, length) => this.#literal(value, { offset, length }),
      onSeparator: (character, offset, length) => {
        this.#separator = character === "," ? { offset, length } : undefined;
      },
      onComment: (offset, length) => this.warnOnce("read/json-comment", { offset, length }),
      onError: (error, offset, length) => this.#error(describe(printParseErrorCode(error), this.#text, offset), { offset, length }),
    };
  }

  finish(): ParsedJson {
    const root = this.#errors.length === 0 ? this.#root : undefined;
    return { root, lines: this.#lines, diagnostics: [...this.#errors.slice(0, 1), ...this.#warnings] };
  }

  // Every node is written out with the same keys in the same order: this is the reader's hottest place.
  #begin(kind: "object" | "array", { offset, length }: Span): void {
    const open = this.#open.at(-1);
    const parent = open?.node;
    const segment = this.#segment(open);
    const label = open?.members && this.#key?.span;
    if (kind === "object") {
      const members = new Map<string, JsonNode>();
      this.#push({ node: this.#add({ kind, offset, length, parent, segment, label, members }), members, items: undefined });
    } else {
      const items: JsonNode[] = [];
      this.#push({ node: this.#add({ kind, offset, length, parent, segment, label, items }), members: undefined, items });
    }
  }

  #segment(open: Open | undefined): string | undefined {
    return open?.items ? String(open.items.length) : open && this.#key?.name;
  }

  #push(open: Open): void {
    this.#open.push(open);
    this.#separator = undefined;
  }

  #end(offset: number): void {
    if (this.#separator) this.warnOnce("read/json-trailing-comma", this.#separator);
    this.#separator = undefined;
    const open = this.#open.pop();
    // The length is known only now; nobody has seen the node yet.
    if (open) (open.node as Mutable<Span>).length = offset + 1 - open.node.offset;
  }

  #property(name: string, span: Span): void {
    this.#separator = undefined;
    this.#key = { name, span };
    // Paths in schemas are URIs, which are made of whole characters.
    if (/\p{Surrogate}/u.test(name)) this.#error("a key holds half of a surrogate pair, which is no character", span);
    if (this.#open.at(-1)?.members?.has(name)) {
      this.#warnings.push(diagnostic("read/json-duplicate-key", this.#lines.position(span), { key: name }));
    }
  }

  #literal(value: JsonScalar["value"], span: Span): void {
    this.#separator = undefined;
    const open = this.#open.at(-1);
    const label = open?.members && this.#key?.span;
    this.#add({ kind: "scalar", offset: span.offset, length: span.length, parent: open?.node, segment: this.#segment(open), label, value });
    if (typeof value === "number" && !Number.isFinite(value)) this.#error("the number is too large for a double", span);
  }

  #add(node: JsonNode): JsonNode {
    const open = this.#open.at(-1);
    if (open?.items) open.items.push(node);
    else if (open?.members && node.segment !== undefined) open.members.set(node.segment, node);
    else this.#root ??= node;
    return node;
  }

  #error(problem: string, span: Span): void {
    this.#errors.push(diagnostic("read/json-syntax", this.#lines.position(span), { problem }));
  }

  /** A file full of comments, or of lost characters, needs one warning. */
  warnOnce(code: "read/json-comment" | "read/json-trailing-comma" | "read/not-utf-8", span: Span): void {
    if (this.#told.has(code)) return;
    this.#told.add(code);
    this.#warnings.push(diagnostic(code, this.#lines.position(span)));
  }
}

/** The parser's name of an error in words. */
function describe(error: string, text: string, offset: number): string {
  const found = offset >= text.length ? "the text ends here" : `found ${JSON.stringify(text.slice(offset, offset + 12).split(/\s/u)[0])}`;
  switch (error) {
    case "InvalidSymbol":
      // Bytes that are no UTF-8 were replaced; every second one of UTF-16 is 0.
      if (offset === 0 && /^\uFFFD{2}|^.\0/u.test(text)) return "the file is not UTF-8 text (UTF-16?); save it as UTF-8";
      if (text[offset] === "'") return "strings and keys take double quotes, not single ones";
      return `unknown word (${found})`;
    case "InvalidNumberFormat":
    case "UnexpectedEndOfNumber":
      return "a number is not finished";
    case "PropertyNameExpected":
      return `a key in double quotes is expected (${found})`;
    case "ValueExpected":
      return `a value is expected (${found})`;
    case "ColonExpected":
      return `":" is expected after the key (${found})`;
    case "CommaExpected":
      return `"," is expected (${found})`;
    case "CloseBraceExpected":
      return `"}" is expected (${found})`;
    case "CloseBracketExpected":
      return `"]" is expected (${found})`;
    case "EndOfFileExpected":
      return `nothing is expected after the value (${found})`;
    case "UnexpectedEndOfString":
      return "a string is not closed";
    case "UnexpectedEndOfComment":
    case "InvalidCommentToken":
      return "a comment is not closed";
    case "InvalidUnicode":
    case "InvalidEscapeCharacter":
      return "a string holds an escape that JSON does not have";
    case "InvalidCharacter":
      return "a string holds a control character that must be escaped";
    default:
      return found;
  }
}
