import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { codeFrame, showLine } from "./code-frame.js";
import type { Palette } from "./palette.js";

export interface RenderOptions {
  readonly palette: Palette;
  /** The text of a file, relative to the root; undefined where it can't be read. */
  readonly readFile: (path: string) => string | undefined;
}

/** One diagnostic for a terminal: place, code, message, code frame, hint. */
export function renderPretty(each: Diagnostic, { palette, readFile }: RenderOptions): string {
  const lines = [headLine(each, palette), `  ${showLine(each.message)}`];
  const text = each.at && readFile(each.at.file);
  if (each.at !== undefined && text !== undefined && !each.code.startsWith("write/")) {
    const frame = codeFrame(text, each.at, palette);
    if (frame !== "") lines.push(frame.replace(/^/gm, "  "));
  }
  if (each.hint !== "") lines.push(`  ${palette.dim("→")} ${showLine(each.hint)}`);
  return lines.join("\n");
}

/** One diagnostic on a line, for those whose like has been shown in full: place, code, message. */
export function renderLine(each: Diagnostic, palette: Palette): string {
  return `${headLine(each, palette)}  ${showLine(each.message)}`;
}

function headLine({ at, severity, code }: Diagnostic, palette: Palette): string {
  const place = at === undefined ? "" : `${palette.cyan(`${showLine(at.file)}:${at.line}:${at.column}`)} `;
  return `${place}${paintSeverity(severity, palette)} ${palette.dim(code)}`;
}

/** One diagnostic as a workflow command of GitHub Actions, which shows it at its line in a pull request. */
export function renderGithub(each: Diagnostic): string {
  const kinds = { error: "error", warning: "warning", info: "notice" } as const;
  const properties = [
    ...(each.at
      ? [
          ["file", each.at.file],
          ["line", String(each.at.line)],
          ["col", String(each.at.column)],
        ]
      : []),
    ["title", `schemacast ${each.code}`],
  ];
  const head = properties.map(([name = "", value = ""]) => `${name}=${escapeProperty(value)}`).join(",");
  return `::${kinds[each.severity]} ${head}::${escapeData(`${each.message}\n${each.hint}`)}`;
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: escapeData and escapeProperty.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function paintSeverity(severity: Severity, palette: Palette): string {
  switch (severity) {
    case "error":
      return palette.bold(palette.red("error"));
    case "warning":
      return palette.bold(palette.yellow("warning"));
    case "info":
      return palette.bold("note");
  }
}
