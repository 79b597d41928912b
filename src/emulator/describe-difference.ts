import { isFields } from "../samples/fields.js";

/** Characters of a value that are shown. */
const widest = 160;

/** What differs between two JSON values: `- path: old` and `+ path: new`, in the order of the first. Empty where they are the same. */
export function describeDifference(before: unknown, after: unknown): readonly string[] {
  const [old, young] = [leavesOf(before), leavesOf(after)];
  const lines: string[] = [];
  for (const [path, value] of old) {
    if (young.get(path) === value) continue;
    lines.push(`- ${path}: ${shorten(value)}`);
    const now = young.get(path);
    if (now !== undefined) lines.push(`+ ${path}: ${shorten(now)}`);
  }
  for (const [path, value] of young) if (!old.has(path)) lines.push(`+ ${path}: ${shorten(value)}`);
  return lines;
}

/** Every scalar and every empty list or object as JSON, by its path: `messages[1].content`. */
function leavesOf(value: unknown, path = "", leaves = new Map<string, string>()): Map<string, string> {
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [`${path}[${index}]`, item] as const)
    : isFields(value)
      ? Object.entries(value).map(([key, member]) => [path === "" ? key : `${path}.${key}`, member] as const)
      : [];
  if (entries.length === 0) leaves.set(path, JSON.stringify(value) ?? "undefined");
  for (const [inner, member] of entries) leavesOf(member, inner, leaves);
  return leaves;
}

function shorten(text: string): string {
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}
