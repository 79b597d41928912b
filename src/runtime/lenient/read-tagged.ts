import type { MessyLiteral, MessyMember, MessyObject, MessyString } from "./messy-node.js";

// One argument of a tool call whose arguments stand in tags: of Qwen's coders, of Claude's form, of GLM.
const opening =
  /\s*(?:<parameter=([^<>\s]{1,80})>|<parameter\s+name="([^"<>]{1,80})"[^<>]{0,80}>|<arg_key>\s{0,9}([^<>\s]{1,80})\s{0,9}<\/arg_key>\s*<arg_value>)/y;

/** The arguments of a tool call that begin at `at`, each in a tag with its name; nothing where none do. */
export function readTagged(text: string, at: number): MessyObject | undefined {
  const members: MessyMember[] = [];
  let end = at;
  let closed = true;
  while (closed) {
    opening.lastIndex = end;
    const found = opening.exec(text);
    if (!found) break;
    const [sign, ...names] = found;
    const key = names.find((name) => name !== undefined) ?? "";
    const begin = end + sign.length;
    const close = sign.endsWith("<arg_value>") ? "</arg_value>" : "</parameter>";
    const stop = text.indexOf(close, begin);
    closed = stop >= 0;
    end = closed ? stop + close.length : text.length;
    members.push({ key, keySpan: [begin - sign.trimStart().length, begin], value: valueOf(text, begin, closed ? stop : end) });
  }
  if (members.length === 0) return undefined;
  return { kind: "object", members, start: at, end, closed, fixes: [{ kind: "tool-call", severity: "safe", span: [at, end] }] };
}

/** What stands in a tag, without the line breaks that set it apart. */
function valueOf(text: string, begin: number, stop: number): MessyString | MessyLiteral {
  const value = text
    .slice(begin, stop)
    .replace(/^\r?\n/, "")
    .replace(/\r?\n$/, "");
  // No quotes tell it from the word: it is what servers that read such calls take it for.
  if (value === "null") return { kind: "literal", value: null, start: begin, end: stop, closed: stop < text.length, fixes: [] };
  return { kind: "string", value, quoted: true, start: begin, end: stop, closed: stop < text.length, fixes: [] };
}
