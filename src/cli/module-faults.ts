import { dirname, join, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import { readBytes } from "../write/project-files.js";
import type { JobRequest } from "./job-state.js";

/** Tells where Node will take the generated JavaScript, which is ES modules, for CommonJS. Without a `type` Node looks at the syntax. */
export function moduleTypeFault({ root, job }: JobRequest): readonly Diagnostic[] {
  if (job.settings.target !== "js") return [];
  for (let folder = join(root, job.outputFolder); ; folder = dirname(folder)) {
    const text = readBytes(join(folder, "package.json"))?.toString("utf8");
    if (text !== undefined) {
      const file = relative(root, join(folder, "package.json")).split(sep).join("/");
      return typeOf(text) === "commonjs" ? [diagnostic("write/commonjs", undefined, { file, folder: job.outputFolder })] : [];
    }
    if (folder === dirname(folder)) return [];
  }
}

function typeOf(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "type" in parsed ? parsed.type : undefined;
  } catch {
    return undefined; // npm tells about a broken package.json.
  }
}
