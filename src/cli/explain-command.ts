import type { GenerateSettings } from "../config/generate-settings.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { ReadResult } from "../read/schema-document.js";
import { ProjectFiles } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import type { LoweredType } from "./describe-lowering.js";
import { hasErrors } from "./job-report.js";
import { paletteFor } from "./palette.js";
import { projectOptions } from "./project-options.js";
import { renderPretty } from "./render-diagnostics.js";
import { sourceAt, sourceSettings, type SourceSettings } from "./source-settings.js";
import type { Terminal } from "./terminal.js";

/** `schemacast explain`: reads and lowers one schema as `generate` would, and shows what became of it. Writes nothing. */
export async function explainCommand({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const project = projectOptions(options, terminal);
  const source = sourceAt(project.root, positionals[0] ?? "", terminal);
  const files = new ProjectFiles(project.root);
  if (files.read(source) === undefined) {
    terminal.stderr.write(await (await import("./missing-schema.js")).missingSchema(project, source));
    return 1;
  }
  const own = typeof options["profile"] === "string" ? (await import("./profile-flag.js")).profileOfFlag(options["profile"]) : undefined;
  if (own !== undefined && "problem" in own) {
    terminal.stderr.write(`schemacast: --profile: ${own.problem}.\n`);
    return 2;
  }
  const configured = await sourceSettings(project, source);
  const settings = { ...configured.settings, ...settingsOfFlags(options), ...(own && { profile: own.choice }) };
  const { types, diagnostics } = await lowerSource({ root: project.root, source, files, configured, settings });
  const { stdout } = terminal;
  const form = options["list"] === true ? "list" : "one";
  if (options["format"] === "json") stdout.write(`${await jsonText({ source, settings, types, diagnostics })}\n`);
  else if (options["schema"] === true) {
    for (const { lowering } of types) stdout.write(`${JSON.stringify(lowering[form].schema, null, 2)}\n`);
  } else {
    const [{ describeLowering }, profile] = await Promise.all([import("./describe-lowering.js"), profileOf(settings)]);
    const palette = paletteFor(stdout, terminal.environment);
    for (const each of types) {
      const mode = each.document.settings.mode ?? settings.mode ?? "tools";
      stdout.write(describeLowering(each, { profile, mode, palette, width: stdout.columns }));
    }
    for (const each of diagnostics) stdout.write(`${renderPretty(each, { palette, readFile: (path) => files.read(path) })}\n\n`);
    if (types.length === 0 && diagnostics.length === 0) stdout.write(`${source} holds nothing to extract.\n`);
  }
  return hasErrors(diagnostics) ? 1 : 0;
}

/** What the command line says to try instead of what is configured. */
function settingsOfFlags({ optional, open, mode }: ParsedArguments["options"]): GenerateSettings {
  return {
    ...((optional === "plain" || optional === "nullable") && { optional }),
    ...(open === true && { open }),
    ...((mode === "tools" || mode === "json_schema" || mode === "json_object") && { mode }),
  };
}

async function profileOf(settings: GenerateSettings): Promise<import("../profiles/profile.js").Profile> {
  return (await import("../profiles/profile-for.js")).profileFor(settings.profile);
}

interface LowerJob {
  readonly root: string;
  readonly source: string;
  readonly files: ProjectFiles;
  readonly configured: SourceSettings;
  readonly settings: GenerateSettings;
}

interface LoweredSource {
  readonly types: readonly LoweredType[];
  readonly diagnostics: readonly Diagnostic[];
}

async function lowerSource(job: LowerJob): Promise<LoweredSource> {
  if (hasErrors(job.configured.diagnostics)) return { types: [], diagnostics: job.configured.diagnostics };
  const [{ lower }, { loweringOptions }] = await Promise.all([import("../lower/lower.js"), import("../lowering-options.js")]);
  const read = await readSource(job);
  const earlier = [...job.configured.diagnostics, ...read.diagnostics];
  if (hasErrors(earlier)) return { types: [], diagnostics: earlier };
  try {
    const types = read.documents.map((document) => ({ document, lowering: lower(document, loweringOptions(job.settings)) }));
    return { types, diagnostics: [...earlier, ...types.flatMap(({ lowering }) => lowering.diagnostics)] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { diagnostic } = await import("../diagnostics/report.js");
    return { types: [], diagnostics: [...earlier, diagnostic("emit/too-deep", { file: job.source, line: 1, column: 1 })] };
  }
}

/** Remote schemas are taken as the lockfile has them: nothing is written. */
async function readSource({ root, source, files, configured: { allowRemote } }: LowerJob): Promise<ReadResult> {
  if (!source.endsWith(".ts")) {
    const { remoteSchemas } = await import("./remote-schemas.js");
    const remote = await remoteSchemas({ root, sources: [source], files, allowedOrigins: allowRemote, purpose: "check" });
    return (await import("../read/json/read-json-schema.js")).readJsonSchema(source, files, remote && { remote });
  }
  const { readTypeScript } = await import("../read/typescript/read-typescript.js");
  return readTypeScript({ root, sources: [source], files }).get(source) ?? { documents: [], diagnostics: [], dependencies: [] };
}

interface Explained extends LoweredSource {
  readonly source: string;
  readonly settings: GenerateSettings;
}

/** For programs: everything that was worked out. */
async function jsonText({ source, settings, types, diagnostics }: Explained): Promise<string> {
  const [{ explain }, profile] = await Promise.all([import("../lower/explain.js"), profileOf(settings)]);
  const explained = types.map(({ document, lowering }) => {
    const { forms, changes } = explain(document, lowering, profile);
    const [one, list] = forms.map(({ limits, promptTokens }) => ({ limits, promptTokens }));
    return { name: document.name, one: { ...lowering.one, ...one }, list: { ...lowering.list, ...list }, plan: lowering.plan, changes };
  });
  const { optional, open, readOnly, mode } = settings;
  return JSON.stringify(
    { source, profile: profile.name, settings: { optional, open, readOnly, mode }, types: explained, diagnostics },
    null,
    2,
  );
}
