import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { GeneratedSource } from "../generate.js";
import { ProjectFiles } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors } from "./job-report.js";
import { paletteFor } from "./palette.js";
import { projectOptions } from "./project-options.js";
import { renderPretty } from "./render-diagnostics.js";
import type { Terminal } from "./terminal.js";

/** The functions of one schema, generated for this run alone. */
export interface LoadedExtractor {
  readonly type: string;
  /** A generated function, by its name. @throws {Error} where there is none */
  find(name: string): unknown;
}

/**
 * Generates the extractor of the schema that the first positional names, into a temporary folder, and loads it.
 *
 * @returns undefined where that can't be done; the terminal was told why
 */
export async function loadExtractor({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<LoadedExtractor | undefined> {
  const { root } = projectOptions(options, terminal);
  const source = relative(root, resolve(terminal.cwd, positionals[0] ?? ""))
    .split(sep)
    .join("/");
  const generated = await generateSource(root, source, terminal);
  const type = generated && chooseType(generated, options["type"], terminal);
  if (generated === undefined || type === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "schemacast-extract-"));
  try {
    const module = await loadGenerated(folder, root, generated);
    const find = (name: string): unknown => {
      if (typeof module[name] !== "function" && typeof module[name] !== "object") throw new Error(`The generated file has no ${name}.`);
      return module[name];
    };
    return { type, find };
  } finally {
    // What is loaded needs no file any more, and a run that is killed leaves none behind.
    rmSync(folder, { recursive: true, force: true });
  }
}

async function generateSource(root: string, source: string, terminal: Terminal): Promise<GeneratedSource | undefined> {
  const files = new ProjectFiles(root);
  if (files.read(source) === undefined) {
    terminal.stderr.write(`schemacast: there is no file ${source} in ${root}.\n`);
    return undefined;
  }
  const { generate } = await import("../generate.js");
  const [result] = await generate({ root, sources: [source], inputFolder: dirname(source), outputFolder: "generated", files });
  const palette = paletteFor(terminal.stderr, terminal.environment);
  for (const each of result?.diagnostics ?? []) {
    if (each.severity === "error") terminal.stderr.write(`${renderPretty(each, { palette, readFile: (path) => files.read(path) })}\n`);
  }
  return result === undefined || hasErrors(result.diagnostics) ? undefined : result;
}

function chooseType({ source, types }: GeneratedSource, wanted: unknown, terminal: Terminal): string | undefined {
  if (typeof wanted === "string" && types.includes(wanted)) return wanted;
  const [only] = types;
  if (wanted === undefined && types.length === 1) return only;
  const there = types.length === 0 ? "nothing to extract" : `the types ${types.join(", ")}`;
  terminal.stderr.write(`schemacast: ${source} holds ${there}.${types.length > 1 ? " Choose one with --type." : ""}\n`);
  return undefined;
}

const runtimeEntries = ["@schemacast/runtime/v1", "@schemacast/runtime/lenient"];

/** Loads what was generated as it would be loaded in a project. jiti takes the types away. */
async function loadGenerated(folder: string, root: string, { files, types }: GeneratedSource): Promise<Readonly<Record<string, unknown>>> {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { createJiti } = await import("jiti");
  const main = files.find(({ path }) => !path.includes(".codec.") && /\.[jt]s$/.test(path));
  if (main === undefined) throw new Error(`Nothing was generated for ${types.join(", ")}.`);
  const jiti = createJiti(join(root, "package.json"), {
    fsCache: false,
    interopDefault: false,
    // The schema may lie in a project that has no runtime yet.
    alias: Object.fromEntries(runtimeEntries.map((entry) => [entry, fileURLToPath(import.meta.resolve(entry))])),
  });
  return jiti.import(join(folder, main.path));
}
