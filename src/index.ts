// The package's face: the pipeline as a function. The command line is bin/schemacast.js, the emulator `schemacast/emulator`.
export { defineConfig } from "./config/config.js";
export type { Diagnostic, Severity, SourcePosition } from "./diagnostics/diagnostic.js";
export type { GeneratedFile } from "./emit/generated-file.js";
export { generate, type GeneratedSource, type GenerateRequest } from "./generate.js";
export type { FileReader } from "./read/schema-document.js";
