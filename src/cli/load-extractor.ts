import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { GenerateSettings } from "../config/generate-settings.js";
import type { GeneratedSource } from "../generate.js";
import { ProjectFiles } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors } from "./job-report.js";
import { paletteFor } from "./palette.js";
import type { ProjectOptions } from "./project.js";
import { projectOptions } from "./project-options.js";
import { sourceAt, sourceSettings } from "./source-settings.js";
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
  const project = projectOptions(options, terminal);
  const { root } = project;
  // The real path: generated code may import modules of the project, by a path relative to its own.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "schemacast-extract-")));
  try {
    const source = sourceAt(root, positionals[0] ?? "", terminal);
    const generated = await generateSource({ project, source, folder, terminal });
    const type = generated && chooseType(generated, options["type"], terminal);
    if (generated === undefined || type === undefined) return undefined;
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

interface ExtractorRequest {
  readonly project: ProjectOptions;
  readonly source: string;
  /** Where it will lie: absolute. */
  readonly folder: string;
  readonly terminal: Terminal;
}

/** Generates with what the configuration says of what is sent and of what comes back. */
async function generateSource({ project, source, folder, terminal }: ExtractorRequest): Promise<GeneratedSource | undefined> {
  const { root } = project;
  const files = new ProjectFiles(root);
  if (files.read(source) === undefined) {
    terminal.stderr.write(await (await import("./missing-schema.js")).missingSchema(project, source));
    return undefined;
  }
  const configured = await sourceSettings(project, source);
  const { remoteSchemas } = await import("./remote-schemas.js");
  const remote = await remoteSchemas({ root, sources: [source], files, allowedOrigins: configured.allowRemote, purpose: "check" });
  const { generate } = await import("../generate.js");
  const [result] = await generate({
    root,
    sources: [source],
    inputFolder: dirname(source),
    outputFolder: relative(realpathSync(root), folder).split(sep).join("/"),
    files,
    ...(remote && { remote }),
    settingsFor: () => settingsToRun(configured.settings),
  });
  const palette = paletteFor(terminal.stderr, terminal.environment);
  const diagnostics = [...configured.diagnostics, ...(result?.diagnostics ?? [])];
  for (const each of diagnostics) {
    if (each.severity === "error") terminal.stderr.write(`${renderPretty(each, { palette, readFile: (path) => files.read(path) })}\n`);
  }
  return result === undefined || hasErrors(diagnostics) ? undefined : result;
}

/** Without what only shapes the files: names and endings are those that the loader asks for. */
function settingsToRun(configured: GenerateSettings): GenerateSettings {
  const {
    naming: _naming,
    target: _target,
    templates: _templates,
    mocks: _mocks,
    header: _header,
    runtime: _runtime,
    ...sent
  } = configured;
  return { ...sent, importExtension: "ts" };
}

function chooseType({ source, types }: GeneratedSource, wanted: unknown, terminal: Terminal): string | undefined {
  if (typeof wanted === "string" && types.includes(wanted)) return wanted;
  const [only] = types;
  if (wanted === undefined && types.length === 1) return only;
  const there = types.length === 0 ? "nothing to extract" : `the types ${types.join(", ")}`;
  terminal.stderr.write(`schemacast: ${source} holds ${there}.${types.length > 1 ? " Choose one with --type." : ""}\n`);
  return undefined;
}

/** What generated code imports (`test/cli/commands.test.ts` has a schema that needs all of it). */
const runtimeEntries = ["@schemacast/runtime/v1", "@schemacast/runtime/lenient", "@schemacast/runtime/validation"];

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
