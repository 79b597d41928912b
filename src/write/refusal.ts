import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";

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
  const [problem, what] = (Object.hasOwn(advice, code) ? advice[code] : undefined) ?? [
    `the system answered ${code}`,
    "Look the code up in the manual of your system, then run again.",
  ];
  return diagnostic("write/refused", { file: path, line: 1, column: 1 }, { path, problem: `${problem} (${code})`, advice: what });
}
