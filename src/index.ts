// The package's face: the pipeline as a function. The command line is bin/schemacast.js, the emulator `schemacast/emulator`.
export type { CheckReport } from "./cli/check-job.js";
export type { JobReport, SourceReport } from "./cli/job-report.js";
export { checkProject, generateProject, type GenerateReport, type ProjectCheck, type ProjectOptions } from "./cli/project.js";
export { watchProject, type ProjectWatch, type WatchOptions, type WatchTurn } from "./cli/watch-project.js";
export { defineConfig, type Config, type ConfigOverride, type ConfigSettings, type JobConfig } from "./config/config.js";
export type { Diagnostic, Severity, SourcePosition } from "./diagnostics/diagnostic.js";
export type { GeneratedFile } from "./emit/generated-file.js";
export { generate, type GeneratedSource, type GenerateRequest } from "./generate.js";
export type { FileReader } from "./read/schema-document.js";
