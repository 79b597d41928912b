import { systemErrorCode } from "../write/project-files.js";
import { explainKnown } from "../write/refusal.js";

/** What the system refused a command, in words. Undefined for every other error: that is a fault of schemacast. */
export function describeRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("syscall" in error && error.syscall === "uv_cwd") return "the working folder is there no more. Change into another one.";
  // An UnreadableFile has the system's error as its cause.
  const { cause = error } = error;
  const known = explainKnown(systemErrorCode(cause) ?? "", "accessible");
  if (known === undefined) return undefined;
  // What happens to an open file (a full disk, a read of a folder) is told without its path.
  const path = cause instanceof Error && "path" in cause && typeof cause.path === "string" ? `${cause.path}: ` : "";
  return `${path}${known.problem}.\n${known.advice}`;
}
