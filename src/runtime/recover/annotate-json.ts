import type { Issue } from "../options.js";
import { isObject } from "../call/is-object.js";
import { wirePath } from "./wire-path.js";

/** Above this many characters the parts without an issue are left out. */
const longest = 3000;

interface Line {
  text: string;
  notes: string;
}

/**
 * The model's JSON with each issue as a comment on its line, so that the model sees what is wrong where it is wrong:
 *
 *     "age": "27"  // must be integer, is string
 */
export function annotateJson(wire: unknown, issues: readonly Issue[]): string {
  const notes = new Map<string, string[]>();
  const touched = new Set<string>();
  for (const { path, message } of issues) {
    const place = wirePath(wire, path);
    // What could not be followed into the wire shape is said with the whole path.
    const text = place.length < path.length && path.length > 0 ? `${path.slice(place.length).join(".")}: ${message}` : message;
    notes.set(keyOf(place), [...(notes.get(keyOf(place)) ?? []), text]);
    for (let length = 0; length <= place.length; length++) touched.add(keyOf(place.slice(0, length)));
  }
  const shorten = JSON.stringify(wire).length > longest;
  const lines: Line[] = [];
  const write = (value: unknown, path: readonly (string | number)[], prefix: string): void => {
    const key = keyOf(path);
    const note = (notes.get(key) ?? []).join("; ");
    const isRight = !touched.has(key);
    const pad = "  ".repeat(path.length);
    const members = isObject(value) ? Object.entries(value) : Array.isArray(value) ? [...value.entries()] : [];
    if (members.length === 0 || (isRight && shorten)) {
      const text = JSON.stringify(value) ?? "null";
      lines.push({ text: pad + prefix + (isRight && shorten && text.length > 60 ? "…" : text), notes: note });
      return;
    }
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    lines.push({ text: `${pad}${prefix}${open}`, notes: note });
    members.forEach(([name, child], index) => {
      write(child, [...path, name], typeof name === "string" ? `${JSON.stringify(name)}: ` : "");
      const last = lines.at(-1);
      if (last !== undefined && index < members.length - 1) last.text += ",";
    });
    lines.push({ text: `${pad}${close}`, notes: "" });
  };
  write(wire, [], "");
  return lines.map(({ text, notes }) => (notes === "" ? text : `${text}  // ${notes}`)).join("\n");
}

function keyOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}
