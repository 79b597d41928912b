import { dirname, join, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import { readBytes } from "../write/project-files.js";
import { members, parseJson } from "./init/repository.js";
import type { JobRequest, JobState } from "./job-state.js";

/** Tells where what is generated will not be found by what loads it, as the nearest package.json says. */
export function moduleFaults({ root, job }: JobRequest, { staleness }: JobState): readonly Diagnostic[] {
  const { target, importExtension } = job.settings;
  const isFromJson = (): boolean => [...staleness.stale.keys(), ...staleness.fresh].some((source) => source.endsWith(".json"));
  if (target !== "js" && (importExtension !== undefined || !isFromJson())) return [];
  const found = nearestPackage(root, job.outputFolder);
  if (found === undefined) return [];
  const facts = { file: found.file, folder: job.outputFolder };
  // Without a `type` Node looks at the syntax.
  if (target === "js") return members(found.manifest)["type"] === "commonjs" ? [diagnostic("write/commonjs", undefined, facts)] : [];
  const hasNext = ["dependencies", "devDependencies"].some((group) => Object.hasOwn(members(found.manifest, group), "next"));
  return hasNext ? [diagnostic("write/next-imports", undefined, facts)] : [];
}

function nearestPackage(root: string, output: string): { readonly file: string; readonly manifest: unknown } | undefined {
  for (let folder = join(root, output); ; folder = dirname(folder)) {
    const text = readBytes(join(folder, "package.json"))?.toString("utf8");
    // npm tells about a broken one.
    if (text !== undefined) return { file: relative(root, join(folder, "package.json")).split(sep).join("/"), manifest: parseJson(text) };
    if (folder === dirname(folder)) return undefined;
  }
}
