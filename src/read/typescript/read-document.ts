import type { ts } from "ts-morph";
import type { Diagnostic, SourcePosition } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { ExtractSettings, SchemaDocument, SchemaObject } from "../schema-document.js";
import type { Compiler } from "./compiler.js";
import type { Conversion, TextSpan } from "./conversion.js";
import { convertBody } from "./convert-type.js";
import { DefinitionTable } from "./definition-table.js";
import { locator } from "./locate.js";
import { namedType } from "./named-type.js";

/** One exported type to make a document of. */
export interface RootType {
  readonly name: string;
  readonly exportName: string;
  readonly symbol: ts.Symbol;
  readonly settings: ExtractSettings;
}

/** The program a conversion works on. */
export interface ConversionRequest {
  readonly ts: Compiler;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly relative: (absolute: string) => string;
}

export interface DocumentRequest extends ConversionRequest {
  /** The source's path relative to the root. */
  readonly source: string;
  readonly root: RootType;
  /** How module specifiers end in this project. */
  readonly extension: "js" | "ts" | "none";
}

/** Makes the document of one exported type. Faults are reported and leave an empty schema in their place. */
export function readDocument(request: DocumentRequest): { readonly document: SchemaDocument; readonly diagnostics: readonly Diagnostic[] } {
  const { root, source, checker } = request;
  const { diagnostics, conversion, places } = makeConversion(request);
  const definitions = conversion.definitions;
  const own = definitions.define(conversion, {
    symbol: root.symbol,
    type: checker.getDeclaredTypeOfSymbol(root.symbol),
    typeArguments: [],
    hint: undefined,
  });
  const { schema, origin } = assemble(definitions, own?.name);
  const fallback = places.get(origin) ?? position(request, spanOf(rootNode(root)));
  return {
    document: {
      name: root.name,
      source,
      schema,
      settings: root.settings,
      locate: locator(schema, places, fallback),
      typeImport: { exportName: root.exportName, file: source, extension: request.extension },
    },
    diagnostics,
  };
}

interface TableConversion extends Conversion {
  readonly definitions: DefinitionTable;
}

/** A conversion with nothing converted yet, and the lists that it fills. */
export function makeConversion(request: ConversionRequest): {
  readonly conversion: TableConversion;
  readonly diagnostics: readonly Diagnostic[];
  readonly places: Map<object, SourcePosition>;
} {
  const places = new Map<object, SourcePosition>();
  const diagnostics: Diagnostic[] = [];
  const reported = new Set<string>();
  const definitions = new DefinitionTable();
  const add = (made: Diagnostic): void => {
    const key = `${made.code} ${made.at?.file}:${made.at?.line}:${made.at?.column} ${made.message}`;
    if (!reported.has(key)) diagnostics.push(made);
    reported.add(key);
  };
  const conversion: TableConversion = {
    ts: request.ts,
    checker: request.checker,
    definitions,
    isLib: (symbol) => symbol.declarations?.some((node) => request.program.isSourceFileDefaultLibrary(node.getSourceFile())) ?? false,
    convert(type, spot) {
      const named = namedType(conversion, type, spot.hint);
      return named ? definitions.reference(conversion, named) : convertBody(conversion, type, spot);
    },
    place: (schema, node) => void places.set(schema, position(request, spanOf(node))),
    report: (code, node, facts) => add(diagnostic(code, position(request, spanOf(node)), facts)),
    reportSpan: (code, span, facts) => add(diagnostic(code, position(request, span), facts)),
  };
  return { conversion, diagnostics, places };
}

/**
 * The root's definition becomes the document's schema, that of the type it is merely another name of included; both stay in
 * `$defs` where something else refers to them, and then the root refers to them too.
 */
function assemble(table: DefinitionTable, ownName: string | undefined): { readonly schema: SchemaObject; readonly origin: SchemaObject } {
  const own = table.all.find((definition) => definition.name === ownName);
  const origin = own?.schema ?? {};
  const target = table.all.find((definition) => origin.$ref === `#/$defs/${definition.name}`);
  const isOnlyHere = own?.references === 0 && target?.references === 1;
  const { $ref: _, ...beside } = origin;
  const body = own && own.references > 0 ? { $ref: `#/$defs/${own.name}` } : isOnlyHere ? { ...target.schema, ...beside } : origin;
  const kept = table.all.filter((definition) => definition.references > (isOnlyHere && definition === target ? 1 : 0));
  const $defs = Object.fromEntries(kept.map((definition) => [definition.name, definition.schema ?? {}]));
  return { schema: kept.length === 0 ? body : { ...body, $defs }, origin };
}

function rootNode(root: RootType): ts.Node {
  const [declaration] = root.symbol.declarations ?? [];
  if (!declaration) throw new Error(`An exported type without a declaration: ${root.name}`);
  return declaration;
}

function spanOf(node: ts.Node): TextSpan {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return { file, start, length: node.end - start };
}

/** Where a stretch of text begins; what runs over its first line is not underlined. */
export function position(of: { readonly relative: (absolute: string) => string }, span: TextSpan): SourcePosition {
  const { line, character } = span.file.getLineAndCharacterOfPosition(span.start);
  const [firstLine = ""] = span.file.text.slice(span.start, span.start + span.length).split("\n");
  return { file: of.relative(span.file.fileName), line: line + 1, column: character + 1, length: Math.max(1, firstLine.trimEnd().length) };
}
