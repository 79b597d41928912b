import { join } from "node:path";
import type { Job } from "../config/job.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { readBytes } from "../write/project-files.js";
import { showControls, showLine } from "./code-frame.js";
import { describeReason } from "./describe-reason.js";
import type { ParsedArguments } from "./command-table.js";
import type { JobReport, SourceReport } from "./job-report.js";
import { adviceOnNoSchemas } from "./no-schemas.js";
import { paletteFor, type Palette } from "./palette.js";
import type { GenerateReport, ProjectCheck } from "./project.js";
import type { Terminal } from "./terminal.js";
import { renderGithub, renderLine, renderPretty } from "./render-diagnostics.js";

/** Warnings of one code. */
const SHOWN_IN_FULL = 3;

interface PrintRequest<Report> {
  readonly report: Report;
  readonly root: string;
  readonly options: ParsedArguments["options"];
  readonly terminal: Terminal;
  /** Of the whole command. */
  readonly milliseconds: number;
}

/** Prints what `generate` did: diagnostics on stderr, one line per file and a summary on stdout. */
export function printGenerate({ report, root, options, terminal, milliseconds }: PrintRequest<GenerateReport>): void {
  if (options["format"] === "json") {
    printJson(terminal, {
      ...report,
      jobs: report.jobs.map(({ job, ...rest }) => ({ input: job.inputFolder, output: job.outputFolder, ...rest })),
      milliseconds,
    });
    return;
  }
  const palette = paletteFor(terminal.stdout, terminal.environment);
  printDiagnostics([...report.diagnostics, ...report.jobs.flatMap((job) => job.diagnostics)], { root, options, terminal });
  if (options["quiet"] === true) return;
  const verbose = options["verbose"] === true;
  const lines: string[] = [];
  for (const job of report.jobs) {
    for (const source of job.sources) {
      if (source.state === "fresh" && !verbose) continue;
      lines.push(
        sourceLine(source, palette) + (verbose && source.reason ? palette.dim(`  (${showLine(describeReason(source.reason))})`) : ""),
      );
    }
    for (const path of job.removed)
      lines.push(`${palette.red("-")} ${showLine(path)} ${palette.dim("removed: nothing leads to it any more")}`);
    // Of several jobs each has its own time.
    const spent = report.jobs.length === 1 ? milliseconds : Object.values(job.timings).reduce((sum, phase) => sum + phase, 0);
    lines.push(summary(job, { root, spent, verbose }));
    if (verbose || options["stats"] === true) lines.push(...statistics(job, palette));
  }
  if (lines.length > 0) terminal.stdout.write(`${lines.join("\n")}\n`);
}

/** Prints what `check` found. */
export function printCheck({ report, root, options, terminal, milliseconds }: PrintRequest<ProjectCheck>): void {
  if (options["format"] === "json") {
    const jobs = report.jobs.map(({ job, diffs, ...rest }) => ({
      input: job.inputFolder,
      output: job.outputFolder,
      ...rest,
      diffs: Object.fromEntries(diffs),
    }));
    printJson(terminal, { ...report, jobs, milliseconds });
    return;
  }
  const diagnostics = [...report.diagnostics, ...report.jobs.flatMap((job) => job.diagnostics)];
  printDiagnostics(diagnostics, { root, options, terminal, diffs: new Map(report.jobs.flatMap((job) => [...job.diffs])) });
  if (options["quiet"] === true) return;
  // That there is none in any job is told as an error.
  if (report.jobs.every(({ sources, diagnostics: own }) => sources === 0 && own.length === 0)) return;
  for (const { job, sources, diagnostics: own } of report.jobs) {
    const errors = own.filter((each) => each.severity === "error").length;
    terminal.stdout.write(
      sources === 0 && errors === 0
        ? `${noSchemas(root, job)}\n`
        : errors === 0
          ? `${sources} up to date in ${job.outputFolder}/ (${formatMilliseconds(milliseconds)})\n`
          : `${plural(errors, "finding")} in ${job.outputFolder}/. Run \`npx schemacast generate\`.\n`,
    );
  }
}

interface DiagnosticsContext {
  readonly root: string;
  readonly options: ParsedArguments["options"];
  readonly terminal: Terminal;
  readonly diffs?: ReadonlyMap<string, string>;
}

function printDiagnostics(diagnostics: readonly Diagnostic[], { root, options, terminal, diffs }: DiagnosticsContext): void {
  const shown = diagnostics.filter((each) => isShown(each.severity, options));
  if (options["format"] === "github") {
    // GitHub reads workflow commands from stdout.
    for (const each of shown) terminal.stdout.write(`${renderGithub(each)}\n`);
    return;
  }
  const palette = paletteFor(terminal.stderr, terminal.environment);
  const readFile = (path: string): string | undefined => readIfPossible(join(root, path));
  const brief = new Set(shown.filter(repetition(options)));
  for (const each of shown) {
    if (brief.has(each)) continue;
    const diff = each.at && diffs?.get(each.at.file);
    const text = renderPretty(each, { palette, readFile });
    terminal.stderr.write(`${text}${diff === undefined ? "" : `\n${paintDiff(diff, palette)}`}\n\n`);
  }
  if (brief.size === 0) return;
  const lines = [...brief].map((each) => renderLine(each, palette));
  terminal.stderr.write(
    `${lines.join("\n")}\n${palette.dim("Of a code that comes often, the first three are shown in full; --verbose shows all.")}\n\n`,
  );
}

/** Of a code that warns often, what is not shown in full: a thousand schemas say the same a hundred times. Errors always are. */
function repetition(options: ParsedArguments["options"]): (each: Diagnostic) => boolean {
  const seen = new Map<string, number>();
  return ({ code, severity }) => {
    const before = seen.get(code) ?? 0;
    seen.set(code, before + 1);
    return severity === "warning" && before >= SHOWN_IN_FULL && options["verbose"] !== true;
  };
}

/** Notes tell what was done and ask for nothing: they are shown to those who ask, and to machines. */
function isShown(severity: Severity, options: ParsedArguments["options"]): boolean {
  if (options["quiet"] === true) return severity === "error";
  return severity !== "info" || options["verbose"] === true || options["format"] === "github";
}

/** A frame is a comfort: a file that can't be read has none. */
function readIfPossible(path: string): string | undefined {
  try {
    return readBytes(path)?.toString("utf8");
  } catch {
    return undefined;
  }
}

function paintDiff(diff: string, palette: Palette): string {
  return showControls(diff)
    .split("\n")
    .map((line) => `    ${line.startsWith("-") ? palette.red(line) : line.startsWith("+") ? palette.green(line) : palette.dim(line)}`)
    .join("\n");
}

function sourceLine({ source, state, types, outputs }: SourceReport, palette: Palette): string {
  const name = showLine(source);
  const output = showLine(outputs.find((path) => !path.includes(".codec.")) ?? "nothing");
  const to = `${name} → ${output}${types.length === 0 ? "" : ` (${types.join(", ")})`}`;
  switch (state) {
    case "fresh":
      return palette.dim(`= ${to}`);
    case "written":
      return `${palette.green("+")} ${to}`;
    case "unchanged":
      return `${palette.dim("=")} ${to} ${palette.dim("unchanged")}`;
    case "empty":
      return `${palette.dim("·")} ${name} ${palette.dim("holds nothing to extract")}`;
    case "part":
      return `${palette.dim("·")} ${name} ${palette.dim("only referred to by others")}`;
    case "failed":
      return `${palette.red("x")} ${name} ${palette.red("failed")}`;
    case "held-back":
      return `${palette.yellow("!")} ${name} ${palette.dim("not written, because others have errors (--keep-going writes it)")}`;
  }
}

interface SummaryContext {
  readonly root: string;
  readonly spent: number;
  readonly verbose: boolean;
}

function summary(report: JobReport, { root, spent, verbose }: SummaryContext): string {
  const count = (state: SourceReport["state"]): number => report.sources.filter((source) => source.state === state).length;
  const parts = [
    [count("written"), "written"],
    [count("unchanged"), "unchanged"],
    [count("fresh"), "up to date"],
    [count("empty"), "with nothing to extract"],
    [count("part"), "only referred to"],
    [count("held-back"), "held back"],
    [count("failed"), "failed"],
    [report.removed.length, "removed"],
    [report.diagnostics.filter((each) => each.severity === "error").length, "errors"],
    [report.diagnostics.filter((each) => each.severity === "warning").length, "warnings"],
    [report.diagnostics.filter((each) => each.severity === "info").length, verbose ? "notes" : "notes (--verbose shows them)"],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${number === 1 ? what.replace(/^(error|warning|note)s/, "$1") : what}`);
  if (told.length === 0) return noSchemas(root, report.job);
  return `${told.join(", ")} in ${report.job.outputFolder}/ (${formatMilliseconds(spent)})`;
}

function noSchemas(root: string, { inputFolder }: Job): string {
  const otherwise = "Put one there, run `npx schemacast init`, or name another folder with --root.";
  return `No schemas: ${inputFolder}/ holds no .json or .ts file. ${adviceOnNoSchemas(root, [inputFolder], otherwise)}`;
}

function statistics(report: JobReport, palette: Palette): readonly string[] {
  const phases = Object.entries(report.timings).map(([phase, spent]) => `${phase} ${formatMilliseconds(spent)}`);
  const files = report.sources.reduce((sum, source) => sum + source.outputs.length, 0);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const codecs = report.sources.flatMap(({ source, codecBytes }) => (codecBytes ? [{ source, codecBytes }] : []));
  const largest = codecs.toSorted((a, b) => b.codecBytes - a.codecBytes)[0];
  const all = codecs.reduce((sum, { codecBytes }) => sum + codecBytes, 0);
  const codecLine =
    largest && `codecs  ${all} bytes in ${plural(codecs.length, "file")}, largest ${largest.codecBytes} of ${showLine(largest.source)}`;
  return [
    palette.dim(`time    ${phases.join(", ")}`),
    palette.dim(`output  ${plural(files, "file")}, ${report.bytesWritten} bytes written, peak memory ${memory} MiB`),
    ...(codecLine === undefined ? [] : [palette.dim(codecLine)]),
  ];
}

function formatMilliseconds(spent: number): string {
  return spent < 1000 ? `${Math.round(spent)} ms` : `${(spent / 1000).toFixed(1)} s`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function printJson(terminal: Terminal, value: unknown): void {
  terminal.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
