import { relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { UnreadableFile } from "./project-files.js";

/** What a file has to be, for `{access}`. */
type Access = "writable" | "readable" | "accessible";

const advice: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  EACCES: ["permission denied", "Make the file and its folder {access} for the user who runs schemacast."],
  EPERM: [
    "operation not permitted",
    "Make the file and its folder {access} for the user who runs schemacast; close programs that hold it open.",
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
  return diagnostic("write/refused", { file: path, line: 1, column: 1 }, { path, ...explain(code, "writable") });
}

/** A file that could not be read, as a diagnostic. */
export function unreadable(root: string, { path, reason }: UnreadableFile): Diagnostic {
  const file = relative(root, path).split(sep).join("/") || ".";
  return diagnostic("write/unreadable", { file, line: 1, column: 1 }, { path: file, ...explain(reason, "readable") });
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
  const told = explanation(watchAdvice, code, "readable") ?? explain(code, "readable");
  return diagnostic("write/unwatched", { file: path, line: 1, column: 1 }, { path, ...told });
}

interface Explanation extends Readonly<Record<string, string>> {
  readonly problem: string;
  readonly advice: string;
}

/** What a system error means and what to do; undefined for a code that says nothing about a disk and its rights. */
export function explainKnown(code: string, access: Access): Explanation | undefined {
  return explanation(advice, code, access);
}

function explanation(table: typeof advice, code: string, access: Access): Explanation | undefined {
  const known = Object.hasOwn(table, code) ? table[code] : undefined;
  return known && { problem: `${known[0]} (${code})`, advice: known[1].replace("{access}", access) };
}

function explain(code: string, access: Access): Explanation {
  const unknown = { problem: `the system answered ${code}`, advice: "Look the code up in the manual of your system, then run again." };
  return explainKnown(code, access) ?? unknown;
}
