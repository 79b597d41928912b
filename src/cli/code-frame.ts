import type { SourcePosition } from "../diagnostics/diagnostic.js";
import type { Palette } from "./palette.js";

const context = 2;
const widest = 160;

/** The lines around a place, with a mark under it. Empty where the place lies outside the text. */
export function codeFrame(text: string, at: SourcePosition, palette: Palette): string {
  const lines = text.split(/\r?\n/);
  const marked = lines[at.line - 1];
  if (marked === undefined) return "";
  const first = Math.max(0, at.line - 1 - context);
  const last = Math.min(lines.length, at.line + context);
  const digits = String(last).length;
  const frame: string[] = [];
  for (let index = first; index < last; index += 1) {
    const line = lines[index] ?? "";
    const isMarked = index === at.line - 1;
    // A minified schema is one endless line: show the part around the mark.
    const from = isMarked ? Math.max(0, at.column - 1 - widest / 2) : 0;
    const shown = showControls(line.slice(from, from + widest));
    const gutter = `${String(index + 1).padStart(digits)} |`;
    frame.push(isMarked ? `${palette.red(">")} ${palette.dim(gutter)} ${shown}` : `  ${palette.dim(gutter)} ${shown}`.trimEnd());
    if (!isMarked) continue;
    const width = Math.max(1, Math.min(at.length ?? 1, line.length - at.column + 1, widest));
    const indent = line.slice(from, at.column - 1).replace(/[^\t]/g, " ");
    frame.push(`  ${palette.dim(`${" ".repeat(digits)} |`)} ${indent}${palette.red("^".repeat(width))}`);
  }
  return frame.join("\n");
}

/** A schema must not drive the reader's terminal: control characters but tab and line feed are shown as symbols, one column wide. */
export function showControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u{fffd}";
  });
}

/**
 * The same on one line: names of files may hold line breaks, and so may what messages quote. Behind one there could stand a command of a
 * CI's log (`::stop-commands::`).
 */
export function showLine(text: string): string {
  return showControls(text).replace(/[\n\t]/g, " ");
}
