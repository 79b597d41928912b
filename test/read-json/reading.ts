import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import type { ReadJsonOptions } from "../../src/read/json/read-json-schema.js";
import type { ReadResult, SchemaDocument } from "../../src/read/schema-document.js";

/** Reads the first of some files, given as text or as what their JSON says. */
export function readFiles(files: Readonly<Record<string, unknown>>, options?: ReadJsonOptions): ReadResult {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [path, typeof content === "string" ? content : JSON.stringify(content)]),
  );
  return readJsonSchema(Object.keys(files)[0] ?? "", { read: (path) => texts.get(path) }, options);
}

/** As `readFiles`, for files that give one document. */
export function reading(
  files: Readonly<Record<string, unknown>>,
  options?: ReadJsonOptions,
): ReadResult & { readonly document: SchemaDocument } {
  const result = readFiles(files, options);
  const [document] = result.documents;
  if (!document) throw new Error(`nothing was read: ${JSON.stringify(result.diagnostics)}`);
  return { ...result, document };
}
