import type { Fix } from "./messy-node.js";

export type Context = "object" | "array";

// A key in quotes, or bare words on one line, before a colon. No bare key spans more than 80 characters: beyond it is prose.
const quotedKey =
  /(?:"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|“[^”\n]{0,200}”|„[^“”\n]{0,200}[“”]|«[^»\n]{0,200}»|‘[^’\n]{0,200}’|`[^`\n]{0,200}`)\s*(?:[:：]|=>?)/y;
const bareKey = /[^\s"'`{}[\],:：“„«‘][^\n"`{}[\],:：]{0,80}?\s*[:：](?!\/\/)/y;
const colon = /[:：]|=>?/y;
// White space, what has no width, line breaks that were escaped once too often, and the marks of a quoted block.
const space = /(?:[\s\uFEFF\u200B-\u200D\u2060]|\\[nrt](?=[\s"'{}[\],:\\]|$)|(?<=\n[ \t]{0,8})>(?=[\s{}[\]"']))+/y;
// `#` begins one where a blank follows, as people write it; `#fff` is a value.
const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#(?:[ \t][^\n]*|(?=\n|$))|<!--[\s\S]*?(?:-->|$)/y;
// A quote that begins a string, and one that can only end it.
const opening = /["'{[](?=\S)/y;
const loneQuote = /"(?=\s*(?:[,}\]]|$))/y;
// What ends an answer at the beginning of a line: a fence, or the tag around it (`</answer>`, `</tool_call>`).
const fence = /```|~~~|<\/[A-Za-z][\w-]*>/y;
// A token of a chat template, which a server lets through: `<|im_end|>`.
const token = /<[|｜][^\s<>|｜]{1,40}[|｜]>/y;
// What stands for items or keys that were left out.
const ellipsis = /(?:\.{3,}|…)(?=\s*(?:[,\]}"'{[]|$|\n))/y;
/** What separates members and items; a semicolon, which is common in code, has to prove itself. */
export const separators = ",，、;；";

/** Where one is in a text, and what comes next. */
export class TextCursor {
  readonly text: string;
  /** The text still arrives. */
  readonly partial: boolean;
  at: number;
  /** Set when the nesting went beyond what is read. */
  tooDeep = false;
  /** Whether the outermost value goes on behind a bracket that would leave members or items outside. */
  mayReadOn = false;
  /** Brackets that are open here. */
  readonly open: ("{" | "[" | "(")[] = [];

  constructor(text: string, at: number, partial: boolean) {
    this.text = text;
    this.at = at;
    this.partial = partial;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string {
    return this.text[this.at] ?? "";
  }

  /** The match at this place, or nothing. Moves nothing. */
  match(pattern: RegExp, at: number = this.at): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Passes white space and comments. */
  skipSpace(fixes?: Fix[]): void {
    for (;;) {
      const blank = this.match(space) ?? "";
      this.at += blank.length;
      const remark = "/#<".includes(this.next) && !this.ended ? this.match(comment) : undefined;
      if (remark === undefined) return;
      fixes?.push({ kind: "comment", severity: "safe", from: remark, span: [this.at, this.at + remark.length] });
      this.at += remark.length;
    }
  }

  /** The offset behind white space and comments. */
  afterSpace(at: number): number {
    const ahead = new TextCursor(this.text, at, this.partial);
    ahead.skipSpace();
    return ahead.at;
  }

  isKey(at: number): boolean {
    if (this.isToken(at)) return false;
    return this.match(quotedKey, at) !== undefined || this.match(bareKey, at) !== undefined;
  }

  isQuotedKey(at: number): boolean {
    return this.match(quotedKey, at) !== undefined;
  }

  /** The length of what stands between a key in quotes and its value; 0: nothing does. */
  colonAt(at: number): number {
    return this.match(colon, at)?.length ?? 0;
  }

  /** What stands around an answer ends it, at the beginning of a line. */
  isFence(at: number): boolean {
    return this.match(fence, at) !== undefined && /(?:^|\n)[ \t]*$/.test(this.text.slice(Math.max(0, at - 40), at));
  }

  isToken(at: number): boolean {
    return this.match(token, at) !== undefined;
  }

  /** The ellipsis that stands here instead of an item or a key. */
  ellipsisAt(at: number): string | undefined {
    return this.match(ellipsis, at);
  }

  /** Whether the bracket at `at` may close what is open: a string that goes on behind it was text all the time. */
  #closes(at: number): boolean {
    const bracket = this.text[at] ?? "";
    if (!this.open.includes(bracket === "}" ? "{" : bracket === "]" ? "[" : "(")) return false;
    const behind = this.afterSpace(at + 1);
    return this.match(loneQuote, behind) === undefined || this.isQuotedKey(behind);
  }

  /** Whether a value may end before `at`: what follows is a bracket, the next member or item, or nothing. */
  endsBefore(at: number, context: Context): boolean {
    const from = this.afterSpace(at);
    const next = this.text[from];
    if (next === undefined || this.isFence(from) || this.isToken(from)) return true;
    if ("}])".includes(next)) return this.#closes(from);
    const brokeLine = this.text.slice(at, from).includes("\n");
    if (!separators.includes(next)) {
      if (context === "object") return this.isQuotedKey(from) || (brokeLine && this.isKey(from));
      return `"'{[`.includes(next) && (brokeLine || (from > at && this.match(opening, from) !== undefined));
    }
    const behind = this.afterSpace(from + 1);
    const first = this.text[behind];
    if (";；".includes(next)) {
      if (first === "}" || first === "]") return this.#closes(behind);
      return context === "object" ? this.isQuotedKey(behind) : first !== undefined && `"'`.includes(first);
    }
    if (this.ellipsisAt(behind) !== undefined) return true;
    if (first === undefined || first === "}" || first === "]" || first === "," || this.isFence(behind)) return true;
    if (context === "array") return /["'`“{[\d-]/.test(first) || this.match(/(?:true|false|null|True|False|None)\b/y, behind) !== undefined;
    // A comma and then prose: the object was never closed.
    if (this.partial && !/[:{}[\]]/.test(this.text.slice(behind, behind + 200)) && this.text.length < behind + 200) {
      // It may become a key. If it does not, the string goes on growing: nothing that was shown is taken back.
      return true;
    }
    return this.isKey(behind) || this.text.slice(from + 1, behind).includes("\n\n");
  }
}
