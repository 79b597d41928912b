import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { SchemaDocument, TypeImport } from "../schema-document.js";
import { readDocument } from "./read-document.js";
import { selectTypes } from "./select-types.js";
import { type ConversionRequest, sourceConversion } from "./source-conversion.js";

export interface SourceRequest extends ConversionRequest {
  /** Relative to the root. */
  readonly source: string;
  readonly file: ts.SourceFile;
  readonly extension: NonNullable<TypeImport["extension"]>;
}

/** The documents of one source file, in the order in which its types are exported. */
export function readSource(request: SourceRequest): {
  readonly documents: readonly SchemaDocument[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { source, file, extension, texts } = request;
  const conversion = sourceConversion(request);
  const start = { text: texts.of(file), start: 0, length: 1 };
  const roots = selectTypes(conversion, file);
  const documents: SchemaDocument[] = [];
  for (const root of roots) {
    conversion.extent.begin();
    documents.push(readDocument({ conversion, root, source, extension, start }));
    const { excess } = conversion.extent;
    // The source has an error now: what is left of it need not be read.
    if (excess !== undefined) {
      conversion.report("read/ts-too-large", root.node, { type: root.exportName, excess });
      break;
    }
  }
  return { documents, diagnostics: conversion.diagnostics };
}
