import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ParseError } from "jsonc-parser";
import type { ConfigLocation } from "./find-config.js";

/** What a configuration file evaluates to, unchecked. */
export interface LoadedConfig {
  readonly value: unknown;
  /** Files below the root that it was loaded from, the configuration first, relative to the root. */
  readonly files: readonly string[];
}

/** The configuration could not be evaluated. */
export interface ConfigFailure {
  readonly problem: string;
  readonly line?: number;
  readonly column?: number;
}

export type ConfigOutcome =
  | { readonly kind: "loaded"; readonly loaded: LoadedConfig }
  | { readonly kind: "failed"; readonly failure: ConfigFailure };

/** Evaluates a configuration: JSON by JSON.parse, a program by jiti, which reads TypeScript and follows imports. */
export async function loadConfig(root: string, location: ConfigLocation): Promise<ConfigOutcome> {
  if (location.kind === "module") return loadModule(root, location);
  const { parse, printParseErrorCode } = await import("jsonc-parser");
  const errors: ParseError[] = [];
  const value: unknown = parse(location.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined)
    return { kind: "failed", failure: { problem: words(printParseErrorCode(first.error)), ...placeOf(location.text, first.offset) } };
  const field =
    location.kind === "package" && typeof value === "object" && value !== null && "schemacast" in value ? value.schemacast : value;
  return { kind: "loaded", loaded: { value: field, files: [location.file] } };
}

async function loadModule(root: string, location: ConfigLocation): Promise<ConfigOutcome> {
  const { createJiti } = await import("jiti");
  const files = new Set([location.file]);
  const path = join(root, location.file);
  const plain = createJiti(path, { fsCache: false });
  const jiti = createJiti(path, {
    fsCache: false,
    moduleCache: false,
    tryNative: false,
    interopDefault: false,
    // `import { defineConfig } from "schemacast"` must not depend on where schemacast is installed, nor load all of it.
    alias: { schemacast: fileURLToPath(new URL("config.js", import.meta.url)) },
    transform: (options) => {
      const file = options.filename && relative(root, options.filename);
      if (file !== undefined && file !== "" && !file.startsWith("..")) files.add(file.split(sep).join("/"));
      return { code: plain.transform(options) };
    },
  });
  try {
    // Not `jiti.import`, which leaves .mjs to Node, whose modules can't be loaded a second time.
    const module: unknown = await jiti.evalModule(location.text, { filename: path, ext: ".ts", async: true });
    const value: unknown = typeof module === "object" && module !== null && "default" in module ? module.default : module;
    return { kind: "loaded", loaded: { value: await value, files: [...files] } };
  } catch (error) {
    return { kind: "failed", failure: describeFailure(error, path, location.text) };
  }
}

/** The first line of the message, and the place in the configuration if the stack names one. */
function describeFailure(error: unknown, path: string, text: string): ConfigFailure {
  if (!(error instanceof Error)) return { problem: String(error) };
  const problem = (error.message.split("\n")[0] ?? "").replaceAll(path, "this file").replace(/[\s.]+$/, "");
  const [line, column] =
    (error.stack ?? "")
      .split(path)[1]
      ?.match(/^:(\d+):(\d+)/)
      ?.slice(1)
      .map(Number) ?? [];
  if (line === undefined || column === undefined) return { problem };
  // Of a program the place is that in what it was compiled to: the same line, seldom the same column. A parser's columns begin at 0.
  const length = text.split("\n")[line - 1]?.length;
  return length === undefined ? { problem } : { problem, line, column: column > length + 1 ? 1 : Math.max(1, column) };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, " $1").toLowerCase();
}
