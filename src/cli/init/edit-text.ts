import { applyEdits, modify } from "jsonc-parser";
import { members, parseJson } from "./repository.js";

/** JSON text with another value at a path; its formatting and comments stay. */
export function setJson(text: string, path: readonly string[], value: unknown): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** JSON text with a value at the end of a list, which is made where it is missing. The text as it is where the list has it, or is none. */
export function appendJson(text: string, path: readonly string[], value: string, first: readonly string[] = []): string {
  const found = members(parseJson(text), ...path.slice(0, -1))[path.at(-1) ?? ""];
  if (found === undefined) return setJson(text, path, [...first, value]);
  return !Array.isArray(found) || found.includes(value) ? text : setJson(text, path, [...found, value]);
}

/** A text with a line at its end, unless it has it. */
export function withLine(text: string, line: string): string {
  if (text.split(/\r?\n/).some((each) => each.trim() === line)) return text;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text}${text === "" || text.endsWith("\n") ? "" : end}${line}${end}`;
}
