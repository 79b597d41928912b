import { relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { UnreadableFile } from "./project-files.js";

const advice: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  EACCES: ["permission denied", "Make the file and its folder writable for the user who runs schemacast."],
  EPERM: [
    "operation not permitted",
    "Make the file and its folder writable for the user who runs schemacast; close programs that hold it open.",
  ],
  EROFS: ["the disk is read-only", "Run where the project can be written; in CI use `schemacast check`, which writes nothing."],
  ENOSPC: ["the disk is full", "Free some space and run again; nothing was left half-written."],
  EDQUOT: ["the disk quota is used up", "Free some space and run again; nothing was left half-written."],
  EISDIR: ["a folder of that name is in the way", "Move the folder elsewhere."],
  ENOTDIR: ["a file stands where a folder is needed", "Move the file elsewhere."],
  EEXIST: ["a file stands where a folder is needed", "Move the file elsewhere."],
  ENAMETOOLONG: ["the name is too long", "Shorten the name of the schema file or of its folder."],
  EBUSY: ["another program holds it", "Close the program that has it open and run again."],
};

/** A system error while writing, as a diagnostic. */
export function refusal(path: string, code: string): Diagnostic {
  const { problem, advice: what } = explain(code);
  return diagnostic("write/refused", { file: path, line: 1, column: 1 }, { path, problem, advice: what });
}

/** A file that could not be read, as a diagnostic. */
export function unreadable(root: string, { path, reason }: UnreadableFile): Diagnostic {
  const file = relative(root, path).split(sep).join("/") || ".";
  const { problem, advice: what } = explain(reason);
  return diagnostic(
    "write/unreadable",
    { file, line: 1, column: 1 },
    { path: file, problem, advice: what.replace("writable", "readable") },
  );
}

// inotify(7): both limits count for all programs of a user.
const watchAdvice: typeof advice = {
  ENOSPC: [
    "the system's limit of watched files is reached",
    "Raise it, on Linux with `sysctl fs.inotify.max_user_watches=524288`, or end other programs that watch files.",
  ],
  EMFILE: [
    "the system's limit of watching programs is reached",
    "Raise it, on Linux with `sysctl fs.inotify.max_user_instances=512`, or end other programs that watch files.",
  ],
};

/** A file or folder whose changes the system does not tell, as a diagnostic. */
export function unwatched(path: string, code: string): Diagnostic {
  const known = Object.hasOwn(watchAdvice, code) ? watchAdvice[code] : undefined;
  const { problem, advice: what } = known ? { problem: `${known[0]} (${code})`, advice: known[1] } : explain(code);
  return diagnostic("write/unwatched", { file: path, line: 1, column: 1 }, { path, problem, advice: what.replace("writable", "readable") });
}

/** What a system error means and what to do; undefined for a code that says nothing about a disk and its rights. */
export function explainKnown(code: string): { readonly problem: string; readonly advice: string } | undefined {
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined;
  return known && { problem: `${known[0]} (${code})`, advice: known[1] };
}

function explain(code: string): { readonly problem: string; readonly advice: string } {
  return (
    explainKnown(code) ?? {
      problem: `the system answered ${code}`,
      advice: "Look the code up in the manual of your system, then run again.",
    }
  );
}
