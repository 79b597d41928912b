import { join, resolve } from "node:path";
import { createUnplugin, type UnpluginInstance } from "unplugin";
import { codeFrame } from "../cli/code-frame.js";
import { paletteFor } from "../cli/palette.js";
import { readTaskFiles } from "../cli/print-inputs.js";
import { generateInWebpack } from "./generate-in-webpack.js";
import { generateProject, type GenerateReport } from "../cli/project.js";
import { watchProject, type ProjectWatch } from "../cli/watch-project.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { readBytes } from "../write/project-files.js";

/** Options of the bundler plugins. */
export interface PluginOptions {
  /** Project root; the bundler's, or the working folder, when absent. */
  readonly root?: string;
  /** Configuration, relative to the root; found by its name when absent. */
  readonly config?: string;
}

/** An error as bundlers show it: with place and frame. */
interface PlacedError {
  readonly message: string;
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
  readonly plugin: string;
  readonly stack: string;
}

/** Generates at the start of every build; in Vite's dev server watches, and shows errors in the overlay. */
export const schemacastPlugin: UnpluginInstance<PluginOptions | undefined> = createUnplugin(
  (options: PluginOptions | undefined = {}, { framework }) => {
    let root = resolve(options.root ?? ".");
    let watching: ProjectWatch | undefined;
    const project = (): { root: string; config?: string } => ({ root, ...(options.config !== undefined && { config: options.config }) });
    return {
      name: "schemacast",
      async buildStart() {
        // Vite's dev server: the watch has generated already. webpack is here when it already resolves what is imported.
        if (watching !== undefined || framework === "webpack") return;
        const failure = failureOf(root, await generateProject(project()));
        // esbuild takes no files to watch at this point: run `schemacast watch` beside its watch mode.
        if (framework !== "esbuild") for (const path of await readTaskFiles(project())) this.addWatchFile(join(root, path));
        if (failure !== undefined) throw failure;
      },
      webpack(compiler) {
        if (options.root === undefined) root = compiler.context;
        generateInWebpack(compiler, async () => {
          const failure = failureOf(root, await generateProject(project()));
          return { failure, files: (await readTaskFiles(project())).map((path) => join(root, path)) };
        });
      },
      vite: {
        configResolved(config) {
          if (options.root === undefined) root = config.root;
        },
        async configureServer(server) {
          let isShown = false;
          watching = watchProject({
            ...project(),
            keepGoing: true,
            onTurn: ({ report }) => {
              const [first] = errorsOf(report);
              // An update takes the overlay away, and what is generated may be what it was, so that Vite has none to send.
              if (first === undefined && isShown) server.hot.send({ type: "update", updates: [] });
              isShown = first !== undefined;
              if (first === undefined) return;
              server.config.logger.error(plainText(first), { timestamp: true });
              server.hot.send({ type: "error", err: placedError(root, first) });
            },
          });
          server.httpServer?.once("close", () => void watching?.close());
          await watching.ready;
        },
        async closeBundle() {
          await watching?.close();
        },
      },
    };
  },
);

/** The first error of a run, to be thrown. */
function failureOf(root: string, report: GenerateReport): Error | undefined {
  const [first] = errorsOf(report);
  return first && Object.assign(new Error(plainText(first)), placedError(root, first));
}

function errorsOf(report: GenerateReport): readonly Diagnostic[] {
  return [...report.diagnostics, ...report.jobs.flatMap((job) => job.diagnostics)].filter((each) => each.severity === "error");
}

function plainText({ code, at, message, hint }: Diagnostic): string {
  const place = at === undefined ? "" : `${at.file}:${at.line}:${at.column} `;
  return `${place}${code}: ${message}\n${hint}`;
}

function placedError(root: string, each: Diagnostic): PlacedError {
  const { at } = each;
  if (at === undefined) return { message: plainText(each), plugin: "schemacast", stack: "" };
  const file = join(root, at.file);
  const text = readBytes(file)?.toString("utf8");
  return {
    message: plainText(each),
    id: file,
    // Bundlers count columns from 0.
    loc: { file, line: at.line, column: at.column - 1 },
    ...(text !== undefined && { frame: codeFrame(text, at, paletteFor({}, {})) }),
    plugin: "schemacast",
    stack: "",
  };
}
