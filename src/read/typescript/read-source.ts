import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { SchemaDocument } from "../schema-document.js";
import type { Compiler } from "./compiler.js";
import { makeConversion, readDocument } from "./read-document.js";
import { selectTypes } from "./select-types.js";

export interface SourceRequest {
  readonly ts: Compiler;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Relative to the root. */
  readonly source: string;
  readonly file: ts.SourceFile;
  readonly relative: (absolute: string) => string;
  readonly extension: "js" | "ts" | "none";
}

/** The documents of one source file, in the order in which its types are exported. */
export function readSource(request: SourceRequest): {
  readonly documents: readonly SchemaDocument[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { conversion, diagnostics } = makeConversion(request);
  const roots = selectTypes(conversion, request.file);
  const made = roots.map((root) => readDocument({ ...request, root }));
  return {
    documents: made.map(({ document }) => document),
    diagnostics: unique([...diagnostics, ...made.flatMap((one) => one.diagnostics)]),
  };
}

/** Types that share a part share its faults. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
