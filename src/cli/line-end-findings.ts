import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";

/** Tells that a checkout, or an editor, has changed line ends to CRLF. @param paths outputs, relative to the output folder */
export function lineEndFindings(folder: string, paths: Iterable<string>): readonly Diagnostic[] {
  const [first, ...others] = paths;
  if (first === undefined) return [];
  return [diagnostic("write/line-ends", { file: `${folder}/${first}`, line: 1, column: 1 }, { count: others.length + 1, folder })];
}
