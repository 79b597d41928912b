import type { MessyArray, MessyString } from "./messy-node.js";
import { parseMessy } from "./parse-messy.js";

const bullet = /^[ \t]*(?:[-*•+]|\d{1,4}[.)])[ \t]+(\S.*)$/;

/** The items of a list in prose, one on each line behind a bullet or number; nothing where lines between them are none. */
export function bulletsOf(text: string): MessyArray | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isItem = lines.map((line) => bullet.test(line));
  const listed = lines.slice(isItem.indexOf(true), isItem.lastIndexOf(true) + 1);
  const items = listed.flatMap((line) => bullet.exec(line)?.[1]?.trim() ?? []);
  const indents = new Set(listed.map((line) => line.search(/\S/)));
  if (items.length === 0 || items.length < listed.length || indents.size > 1) return undefined;
  const place = { start: 0, end: 0, closed: true, fixes: [] };
  return {
    kind: "array",
    items: items.map((value): MessyString => ({ kind: "string", value: bare(value), quoted: false, ...place })),
    ...place,
  };
}

/** The items of a row of strings in quotes that has no brackets: `"a", "b"`. */
export function rowOf(text: string): MessyArray | undefined {
  const node = /^["'“]/.test(text) ? parseMessy(`[${text}]`, 0) : undefined;
  if (node === undefined || node === "too deep" || node.kind !== "array" || node.items.length < 2 || !node.closed) return undefined;
  const areStrings = node.items.every(
    (item) => item.kind === "string" && item.quoted && !item.fixes.some(({ kind }) => kind === "unescaped-quote"),
  );
  return areStrings ? node : undefined;
}

/** Without the stars or quotes around all of it. */
function bare(item: string): string {
  return item.replace(/^(\*\*|__|["'`])(.*)\1$/, "$2");
}
