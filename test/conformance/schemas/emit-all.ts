import { fileShapes } from "../../../src/emit/file-shapes.js";
import { emitPartialTypes } from "../../../src/emit/partial-types.js";
import { typeNames } from "../../../src/emit/type-names.js";
import { emitTypes } from "../../../src/emit/types.js";
import { emitValidator, type ValidatorText } from "../../../src/emit/validator.js";
import { readJsonSchema } from "../../../src/read/json/read-json-schema.js";
import type { SchemaDocument } from "../../../src/read/schema-document.js";

/** What was made of one schema file. */
export interface Emitted {
  readonly document: SchemaDocument;
  /** TypeScript name of the root type. */
  readonly name: string;
  readonly types: string;
  readonly partialTypes: string;
  readonly validator: ValidatorText;
}

/** Reads and emits a schema as a file of its own; the text of the first error where that fails. */
export async function emitAll(schema: unknown): Promise<Emitted | { readonly failed: string }> {
  const text = JSON.stringify(schema);
  const { documents, diagnostics } = readJsonSchema("schemas/subject.json", {
    read: (path) => (path === "schemas/subject.json" ? text : undefined),
  });
  const error = diagnostics.find((one) => one.severity === "error");
  const document = documents[0];
  if (error || !document) return { failed: error ? `${error.code} ${error.message}` : "no document" };
  try {
    const names = typeNames([document]);
    const name = names.of(document).root;
    const shapes = fileShapes([document], names);
    const types = await emitTypes(shapes);
    const partialTypes = emitPartialTypes(shapes, new Set([name]));
    const validator = await emitValidator(document, name);
    return { document, name, types, partialTypes, validator };
  } catch (error) {
    return { failed: `emit: ${error instanceof Error ? error.message : String(error)}` };
  }
}
