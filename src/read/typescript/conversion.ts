import type { ts } from "ts-morph";
import type { DiagnosticCode } from "../../diagnostics/report.js";
import type { SchemaObject } from "../schema-document.js";
import type { Compiler } from "./compiler.js";

/** A type parameter's argument: what it is, and how it was written. */
export interface TypeArgument {
  readonly type: ts.Type | undefined;
  readonly hint: Hint | undefined;
}

/** Arguments of the type parameters in scope, by the parameter's symbol. */
export type TypeEnvironment = ReadonlyMap<ts.Symbol, TypeArgument>;

/**
 * How a type was written. The checker's type is the truth; the node only gives what the checker loses: the order of a union's
 * members (the checker sorts by when it first met each) and alias and enum names under `?` or `| null`.
 */
export interface Hint {
  readonly node: ts.TypeNode;
  readonly env: TypeEnvironment;
}

/** Where a type stands: the node to blame, and how it was written if it was. */
export interface Spot {
  readonly node: ts.Node;
  readonly hint?: Hint | undefined;
}

/** What the converting functions share while one document is made. */
export interface Conversion {
  readonly ts: Compiler;
  readonly checker: ts.TypeChecker;
  /** Whether a symbol comes from TypeScript's own lib. */
  readonly isLib: (symbol: ts.Symbol) => boolean;
  /** Whether a file is not the user's to change: of a package, or TypeScript's lib. */
  readonly isForeign: (file: ts.SourceFile) => boolean;
  /** The schema of a type; a `$ref` where the type has a name. */
  readonly convert: (type: ts.Type, spot: Spot) => SchemaObject;
  /** Makes the schema of a type with a name: at once, or when the type at hand is done where too much stands in one another already. */
  readonly soon: (make: () => void) => void;
  /** Remembers where a schema was written. */
  readonly place: (schema: SchemaObject, node: ts.Node) => void;
  readonly report: (code: DiagnosticCode, node: ts.Node, facts?: Readonly<Record<string, string | number>>) => void;
  /** As `report`, for a stretch of a file's text, such as a tag in a comment. */
  readonly reportSpan: (code: DiagnosticCode, span: TextSpan, facts?: Readonly<Record<string, string | number>>) => void;
}

/** A stretch of a source file's text, in UTF-16 units. */
export interface TextSpan {
  readonly file: ts.SourceFile;
  readonly start: number;
  readonly length: number;
}

export const noArguments: TypeEnvironment = new Map();
