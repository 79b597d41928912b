import { isAbsolute, relative, resolve, sep } from "node:path";
import type { ParsedArguments } from "./command-table.js";
import type { ProjectOptions } from "./project.js";
import { originsOf } from "./origins-of.js";
import type { Terminal } from "./terminal.js";

/** What a command line says about the project. */
export function projectOptions(options: ParsedArguments["options"], terminal: Terminal): ProjectOptions {
  const root = resolve(terminal.cwd, typeof options["root"] === "string" ? options["root"] : ".");
  return {
    root,
    ...(typeof options["config"] === "string" && { config: belowRoot(root, options["config"]) }),
    ...(typeof options["allow-remote"] === "string" && { allowRemote: originsOf(options["allow-remote"]) }),
    settings: { ...(isTarget(options["target"]) && { target: options["target"] }), ...(options["mocks"] === true && { mocks: true }) },
    updateRemote: options["update-remote"] === true,
    force: options["force"] === true,
    keepGoing: options["keep-going"] === true,
  };
}

function belowRoot(root: string, path: string): string {
  return isAbsolute(path) ? relative(root, path).split(sep).join("/") : path;
}

function isTarget(value: unknown): value is "ts" | "js" {
  return value === "ts" || value === "js";
}
