import { resolve, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { explain } from "../lower/explain.js";
import { changesText, promptText, schemasText } from "../lower/explain-text.js";
import type { LoweredSchema, Lowering } from "../lower/lowering.js";
import type { Profile } from "../profiles/profile.js";
import type { SchemaDocument } from "../read/schema-document.js";
import { ProjectFiles } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { hasErrors } from "./job-report.js";
import { paletteFor, type Palette } from "./palette.js";
import { projectOptions } from "./project-options.js";
import { renderPretty } from "./render-diagnostics.js";
import type { Terminal } from "./terminal.js";

/** `schemacast explain`: reads and lowers one schema and shows what became of it. Writes nothing. */
export async function explainCommand({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { root } = projectOptions(options, terminal);
  const source = relative(root, resolve(terminal.cwd, positionals[0] ?? ""))
    .split(sep)
    .join("/");
  const files = new ProjectFiles(root);
  if (files.read(source) === undefined) {
    terminal.stderr.write(`schemacast: there is no file ${source} in ${root}.\n`);
    return 1;
  }
  const [{ lower }, { cerebras }] = await Promise.all([import("../lower/lower.js"), import("../profiles/cerebras.js")]);
  const read = await readSource(root, source, files);
  const lowered = hasErrors(read.diagnostics)
    ? []
    : read.documents.map((document) => ({ document, lowering: lower(document, { profile: cerebras }) }));
  const diagnostics = [...read.diagnostics, ...lowered.flatMap(({ lowering }) => lowering.diagnostics)];
  if (options["format"] === "json") {
    const types = lowered.map(({ document, lowering }) => ({
      name: document.name,
      one: lowering.one,
      list: lowering.list,
      plan: lowering.plan,
      changes: explain(document, lowering, cerebras).changes,
    }));
    terminal.stdout.write(`${JSON.stringify({ source, types, diagnostics }, null, 2)}\n`);
  } else if (options["schema"] === true) {
    for (const { lowering } of lowered) terminal.stdout.write(`${JSON.stringify(lowering.one.schema, null, 2)}\n`);
  } else {
    const palette = paletteFor(terminal.stdout, terminal.environment);
    const width = terminal.stdout.columns;
    for (const each of lowered) terminal.stdout.write(describeType(each, { profile: cerebras, palette, width }));
    for (const each of diagnostics) terminal.stdout.write(`${describeChange(each, palette, (path) => files.read(path))}\n\n`);
    if (lowered.length === 0 && diagnostics.length === 0) terminal.stdout.write(`${source} holds nothing to extract.\n`);
  }
  return hasErrors(diagnostics) ? 1 : 0;
}

async function readSource(
  root: string,
  source: string,
  files: ProjectFiles,
): Promise<{ documents: readonly SchemaDocument[]; diagnostics: readonly Diagnostic[] }> {
  if (source.endsWith(".json")) return (await import("../read/json/read-json-schema.js")).readJsonSchema(source, files);
  const { readTypeScript } = await import("../read/typescript/read-typescript.js");
  return readTypeScript({ root, sources: [source], files }).get(source) ?? { documents: [], diagnostics: [] };
}

interface LoweredType {
  readonly document: SchemaDocument;
  readonly lowering: Lowering;
}

interface DescribeOptions {
  readonly profile: Profile;
  readonly palette: Palette;
  /** Columns of the terminal, where it is one. */
  readonly width: number | undefined;
}

function describeType({ document, lowering }: LoweredType, { profile, palette, width }: DescribeOptions): string {
  const at = document.locate("");
  const limits = Object.fromEntries(Object.entries(profile.tools.limits).map(([name, fact]) => [name, fact.value]));
  const explanation = explain(document, lowering, profile);
  return [
    `${palette.bold(document.name)} ${palette.dim(`${at.file}:${at.line}:${at.column}`)}`,
    `  one   ${describeShape(lowering.one, limits, palette)}`,
    `  list  ${describeShape(lowering.list, limits, palette)}`,
    ...explanation.forms.slice(0, 1).map((form) => `  ${palette.dim(promptText(form))}`),
    "",
    changesText(explanation),
    "",
    schemasText(explanation, width === undefined ? {} : { width }),
    "",
    "",
  ].join("\n");
}

/** `strict: the provider can be held to it; 5 of 500 properties, …`. */
function describeShape({ strict, reasons, size }: LoweredSchema, limits: Readonly<Record<string, number>>, palette: Palette): string {
  const manner = strict
    ? palette.green("strict: the provider is held to it")
    : palette.yellow(`guided: the provider can't be held to it (${reasons.join(", ")}); the answer is read leniently and validated`);
  const measured = { characters: size.characters, depth: size.depth, properties: size.properties, "enum values": size.enumValues };
  const keys: Readonly<Record<string, string>> = { "enum values": "enumValues" };
  const sizes = Object.entries(measured).map(([name, value]) => {
    const limit = limits[keys[name] ?? name];
    return `${Number.isFinite(value) ? value : "endless"}${limit === undefined ? "" : ` of ${limit}`} ${name}`;
  });
  return `${manner}\n        ${palette.dim(sizes.join(", "))}`;
}

function describeChange(each: Diagnostic, palette: Palette, readFile: (path: string) => string | undefined): string {
  return renderPretty(each, { palette, readFile });
}
